#include "parse/wikitext.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/memory.h"
#include "parse/wikitext_parser.h"

#define RAW_BYTES_MAX    ((size_t)160) /* of what a problem shows */
#define RENDER_FACTOR    ((size_t)8)   /* patterns may show an argument again, but not without end */
#define RENDER_BYTES_MIN ((size_t)1 << 16)

const char *na_wikitext_role_name (na_wikitext_role role) {
  static const char *const names[] = { "event", "container", "stub", "topic" };
  return names[role];
}

const char *na_wikitext_wrapper_name (na_wikitext_wrapper wrapper) {
  static const char *const names[] = { "bare", "content", "sandwich", "header" };
  return names[wrapper];
}

const char *na_wikitext_explain (const char *code) {
  static const char *const codes[][2] = {
    { "wikitext-archive-without-source", "an archive's address without a source that it is a copy of" },
    { "wikitext-bad-target", "a link to what cannot be a page's title" },
    { "wikitext-category", "the page's own category, which is no news" },
    { "wikitext-cite-without-url", "a citation without an address" },
    { "wikitext-date", "the wrapper names no day of the calendar" },
    { "wikitext-date-mismatch", "the wrapper's date is not that of the title or file" },
    { "wikitext-dead-link-without-source", "a dead-link mark without a source before it" },
    { "wikitext-depth-jump", "an item deeper than what it stands under allows" },
    { "wikitext-dropped-template", "a template that is not shown held links" },
    { "wikitext-empty-item", "an item without text" },
    { "wikitext-encoding", "bytes that are not UTF-8 became U+FFFD" },
    { "wikitext-extra-brackets", "a link that begins with a link: the outer brackets are dropped" },
    { "wikitext-limit", "more than the reader takes in" },
    { "wikitext-nested-link", "a link inside a name, a label or a heading: its text is kept" },
    { "wikitext-nested-source", "a source inside a name, a label or a heading is not taken" },
    { "wikitext-no-date", "nothing tells the page's day" },
    { "wikitext-other-day", "the news of another day on the page" },
    { "wikitext-paragraph", "a line without a list marker, taken for a story" },
    { "wikitext-ref-without-source", "a note that holds no source" },
    { "wikitext-sources-alone", "a line of sources alone, taken for those of the item before" },
    { "wikitext-stray-close", "closing brackets that nothing opened" },
    { "wikitext-template", "a template that no rule knows is left out" },
    { "wikitext-unclosed-comment", "a comment that is never closed hides the rest of its line" },
    { "wikitext-unclosed-link", "a link that is not closed on its line" },
    { "wikitext-unclosed-ref", "a note that is never closed" },
    { "wikitext-unclosed-source", "an external link that is not closed on its line" },
    { "wikitext-unclosed-template", "a template that is never closed" },
    { "wikitext-unclosed-variant", "a -{ that is never closed" },
    { "wikitext-unknown-ref", "a note used again that was not there before" },
  };
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (strcmp(codes[i][0], code) == 0) return codes[i][1];
  return code;
}

/* ---- problems ---- */

/* Bytes taken out of the page before `at` of the clean text; cuts on the line in hand lie behind cut_at. */
static size_t bytes_cut (const na_wt_parser *parser, size_t at) {
  size_t i = parser->cut_at;
  while (i < parser->cut_count && parser->cuts[i].at <= at) i++;
  return i ? parser->cuts[i - 1].bytes : 0;
}

size_t na_wt_line_at (na_wt_parser *parser, size_t at) {
  na_slice before = na_slice_part(na_buffer_slice(&parser->clean), 0, at);
  if (at < parser->counted_to) parser->counted_to = parser->newlines = parser->cut_at = 0;
  while (parser->counted_to < at) {
    size_t next = na_slice_find(before, '\n', parser->counted_to);
    if (next < at) parser->newlines++;
    parser->counted_to = next < at ? next + 1 : at;
  }
  while (parser->cut_at < parser->cut_count && parser->cuts[parser->cut_at].at <= at) parser->cut_at++;
  return 1 + parser->newlines + (parser->cut_at ? parser->cuts[parser->cut_at - 1].lines : 0);
}

/* The beginning of [from, to), whole characters on one line. */
static na_slice shown (const na_wt_parser *parser, size_t from, size_t to) {
  if (to > parser->clean.size) to = parser->clean.size;
  if (from >= to) return NA_LITERAL("");
  na_slice raw = na_slice_part(na_buffer_slice(&parser->clean), from, to);
  if (raw.size > RAW_BYTES_MAX) raw.size = RAW_BYTES_MAX;
  raw.size = na_slice_find(raw, '\n', 0);
  while (raw.size && from + raw.size < parser->clean.size &&
         ((unsigned char)raw.data[raw.size] & 0xC0) == 0x80)
    raw.size--;
  return raw;
}

static na_status add_problem (na_wt_parser *parser, const char *code, size_t from, size_t to) {
  na_wikitext_page *page = parser->page;
  void *problems = page->problems;
  if (!na_grow(&problems, &page->problem_capacity, page->problem_count, sizeof *page->problems))
    return NA_NOMEM;
  page->problems = problems;
  na_wikitext_problem problem = { .line = parser->line, .code = code };
  if (!parser->line)
    problem.line = na_wt_line_at(parser, from < parser->clean.size ? from : parser->clean.size);
  else if (from >= parser->line_at)
    problem.column =
        1 + from - parser->line_at + bytes_cut(parser, from) - bytes_cut(parser, parser->line_at);
  NA_TRY(na_arena_copy(parser->arena, shown(parser, from, to), &problem.raw));
  page->problems[page->problem_count++] = problem;
  return NA_OK;
}

na_status na_wt_problem (na_wt_parser *parser, const char *code, size_t from, size_t to) {
  return parser->problems++ < NA_WIKITEXT_PROBLEMS_MAX ? add_problem(parser, code, from, to) : NA_OK;
}

/* ---- roles ---- */

/* Takes the ':' off that a topic ends with, unless it is part of a link. */
static void drop_colon (na_wikitext_item *item) {
  na_slice text = item->text;
  if (na_slice_ends(text, NA_LITERAL("：")) && text.size - 3 >= item->label_end) text.size -= 3;
  while (text.size > item->label_end && (text.data[text.size - 1] == ':' || text.data[text.size - 1] == ' '))
    text.size--;
  if (text.size) item->text = text;
}

static void decide_role (na_wikitext_item *item) {
  bool colon = na_slice_ends(item->text, NA_LITERAL(":")) || na_slice_ends(item->text, NA_LITERAL("："));
  bool source = item->sources.count > 0;
  if (item->has_children) {
    bool sentence = na_wt_ends_sentence(item->text) &&
                    item->label_end < item->text.size; /* a link's dot is no full stop */
    item->role = source || (sentence && !colon) ? NA_WIKITEXT_CONTAINER : NA_WIKITEXT_TOPIC;
  } else {
    item->role = !source && (item->links_only || colon) ? NA_WIKITEXT_STUB : NA_WIKITEXT_EVENT;
  }
  if (item->role == NA_WIKITEXT_TOPIC || item->role == NA_WIKITEXT_STUB) drop_colon(item);
}

/* ---- a page ---- */

static na_slice variant_of (const na_wikitext_options *options) {
  return options->variant.data ? options->variant : options->language;
}

static na_status parse_into (na_wt_parser *parser, na_slice text) {
  na_wikitext_page *page = parser->page;
  if (text.size > NA_WIKITEXT_BYTES_MAX) {
    NA_TRY(na_wt_problem(parser, "wikitext-limit", 0, 0));
    text.size = NA_WIKITEXT_BYTES_MAX;
    while (text.size && ((unsigned char)text.data[text.size] & 0xC0) == 0x80) text.size--;
  }
  parser->render_max = RENDER_FACTOR * text.size + RENDER_BYTES_MIN;
  NA_TRY(na_wt_clean(parser, text));
  NA_TRY(na_wt_unwrap(parser));
  NA_TRY(na_wt_read_lines(parser));
  bool limited = parser->rendered > parser->render_max || parser->marks.too_deep;
  if (limited || parser->problems > NA_WIKITEXT_PROBLEMS_MAX)
    NA_TRY(add_problem(parser, "wikitext-limit", 0, 0));
  for (size_t i = 0; i < page->item_count; i++) decide_role(&page->items[i]);
  return NA_OK;
}

na_status na_wikitext_parse (na_arena *arena, na_slice text, const na_wikitext_options *options,
                             na_wikitext_page *page) {
  na_map names = { 0 };
  na_wt_parser *parser =
      na_malloc(sizeof *parser); /* its scratch texts are too many for the stack of a thread */
  if (!parser) return NA_NOMEM;
  *parser =
      (na_wt_parser){ .arena = arena, .page = page, .options = options, .names = &names, .day = NA_DAY_NONE };
  parser->chain = na_wt_variant_chain(variant_of(options));
  parser->chinese = na_slice_starts(options->language, NA_LITERAL("zh"));
  page->day = NA_DAY_NONE;
  na_status status = parse_into(parser, text.data ? text : NA_LITERAL(""));
  na_map_free(&names);
  na_buffer_free(&parser->clean);
  na_buffer_free(&parser->words.bytes);
  for (size_t i = 0; i < NA_WT_NEST_MAX; i++) na_buffer_free(&parser->scratch[i].bytes);
  na_free(parser->cuts);
  na_free(parser->marks.items);
  na_free(parser->mentions);
  na_free(parser->sources);
  na_free(parser->named);
  na_free(parser);
  return status;
}

void na_wikitext_page_free (na_wikitext_page *page) {
  na_free(page->items);
  na_free(page->media);
  na_free(page->problems);
  *page = (na_wikitext_page){ 0 };
}
