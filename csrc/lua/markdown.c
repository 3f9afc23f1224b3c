/***
csrc/lua/markdown.c -- CommonMark as HTML and as words; the lists of the reference's pages.
@module newsarchive.core
*/
#include "lua/lna.h"
#include "parse/context.h"
#include "parse/markdown.h"
#include "text/utf8.h"

#define HEADING_SHIFT 1 /* a page has one h1, the story's title */

/* Pushes the text, and where a limit was passed its details. */
static int push_result (lua_State *L, na_buffer *out, const na_markdown_problem *problem) {
  lna_push_buffer(L, out);
  if (!problem->code) return 1;
  lua_createtable(L, 0, 3);
  lna_set_string(L, "code", problem->code);
  lna_set_string(L, "message", problem->message);
  lna_set_integer(L, "line", (lua_Integer)problem->line);
  return 2;
}

/***
CommonMark as HTML or as plain text. The HTML is safe in any page: raw HTML is left out, links of other schemes than
http, https, mailto and ftp lead nowhere. A text that passes a limit (1 MiB, 32 quotes and lists in each other, 1,000 opening
brackets in a paragraph) comes out as it is, escaped in `<pre>` for HTML, and a second value says which limit.
@function markdown
@tparam string text UTF-8; other bytes raise
@tparam[opt] table options `format`: `"html"` (the default) or `"plain"`, the words alone, blocks parted by line ends;
`shift`: levels by which headings become lower in HTML, 0 to 5, 1 where it is left out
@treturn string
@treturn ?table `code` ("markdown-size", "markdown-depth", "markdown-brackets", "markdown-memory"), `message`, `line`
*/
static int l_markdown (lua_State *L) {
  static const char *const names[] = { "format", "shift", NULL };
  na_slice text = lna_check_utf8(L, 1);
  lna_check_options(L, 2, names);
  na_slice format = lna_opt_field(L, 2, "format");
  lua_Integer shift = lna_opt_integer_field(L, 2, "shift", HEADING_SHIFT);
  bool plain = na_slice_equal(format, NA_LITERAL("plain"));
  luaL_argcheck(L, plain || !format.data || na_slice_equal(format, NA_LITERAL("html")), 2,
                "field 'format': 'html' or 'plain' expected");
  luaL_argcheck(L, shift >= 0 && shift <= 5, 2, "field 'shift': 0 to 5 expected");
  na_buffer *out = lna_scratch(L);
  na_markdown_problem problem;
  lna_check_status(L, plain ? na_markdown_plain(out, text, &problem)
                            : na_markdown_html(out, text, (int)shift, &problem));
  return push_result(L, out, &problem);
}

static void push_record (lua_State *L, const na_context_record *record) {
  lua_createtable(L, 0, 5);
  lna_set_integer(L, "order", (lua_Integer)record->order);
  lna_set_text(L, "title", record->title);
  lna_set_text(L, "topic", record->topic);
  lna_set_text(L, "path", record->path);
  lna_set_text(L, "day", record->day);
}

/***
What a day page or front page of the reference's Markdown lists.
@function parse_context_day
@tparam string text UTF-8; what is no character becomes U+FFFD
@treturn {table,...} in the page's order, each with `order` (within its day, from 1), `title` and `topic` as written (the
topic is "" where there is none), `path` ("news/2007/09/1/slug.md") and `day` (ISO 8601). The list itself has `day`,
`previous` (the path of the page for the day before) and `language`, each where the page tells it. Empty for another page
*/
static int l_parse_context_day (lua_State *L) {
  na_slice text = lna_check_slice(L, 1);
  na_buffer *mended = lna_scratch(L);
  na_arena *arena = lna_scratch_arena(L);
  if (na_utf8_valid(text) != text.size) {
    lna_check_status(L, na_utf8_append_mended(mended, text));
    text = na_buffer_slice(mended);
  }
  na_context_list list;
  lna_check_status(L, na_context_list_read(arena, text, &list));
  lua_createtable(L, (int)list.records.count, 3);
  for (size_t i = 0; i < list.records.count; i++) {
    push_record(L, (const na_context_record *)list.records.items + i);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lna_set_text(L, "day", list.day);
  lna_set_text(L, "previous", list.previous);
  lna_set_text(L, "language", list.language);
  return 1;
}

static const luaL_Reg functions[] = {
  { "markdown", l_markdown },
  { "parse_context_day", l_parse_context_day },
  { NULL, NULL },
};

void lna_open_markdown (lua_State *L) {
  luaL_setfuncs(L, functions, 0);
}
