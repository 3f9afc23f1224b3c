/* csrc/parse/wikitext_inline.c -- the text of an item: what stands between its brackets. */
#include "base/memory.h"
#include "parse/wikitext_parser.h"
#include "text/entity.h"

#define TAG_BYTES_MAX 1000 /* of an HTML tag; what is longer is text */

/* ---- HTML tags: they are dropped, what is in them stays ---- */

static bool is_known_tag (const char *name) {
  static const char *const tags[] = {
    "abbr",   "b",   "big",  "blockquote", "br",          "center",      "cite",    "code", "dd",
    "del",    "div", "dl",   "dt",         "em",          "font",        "gallery", "hr",   "i",
    "ins",    "li",  "math", "noinclude",  "onlyinclude", "includeonly", "ol",      "p",    "poem",
    "pre",    "q",   "ref",  "references", "s",           "section",     "small",   "span", "strike",
    "strong", "sub", "sup",  "table",      "tbody",       "td",          "th",      "tr",   "tt",
    "u",      "ul",  "wbr",  "nowiki",     "time",        "var",
  };
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
    if (strcmp(tags[i], name) == 0) return true;
  return false;
}

/* Bytes of a known tag at the start of `text`; 0 where there is none. A line break, or a block, parts words. */
static size_t tag_at (na_slice text, bool *parts) {
  char name[16];
  size_t at = 1, size = 0;
  if (at < text.size && text.data[at] == '/') at++;
  for (; at < text.size && na_is_letter(text.data[at]) && size + 1 < sizeof name; at++)
    name[size++] = (char)(text.data[at] | 32);
  name[size] = '\0';
  if (!size || !is_known_tag(name)) return 0;
  *parts = strcmp(name, "br") == 0 || strcmp(name, "li") == 0 || strcmp(name, "p") == 0 ||
           strcmp(name, "div") == 0;
  for (; at < text.size && at < TAG_BYTES_MAX; at++) {
    if (text.data[at] == '>') return at + 1;
    if (text.data[at] == '<') break;
  }
  return 0;
}

/* "__NOTOC__" and the like. */
static size_t switch_at (na_slice text) {
  size_t at = 2;
  if (text.size < 5 || text.data[1] != '_') return 0;
  while (at < text.size && at < 40 && text.data[at] >= 'A' && text.data[at] <= 'Z') at++;
  return at > 2 && at + 1 < text.size && text.data[at] == '_' && text.data[at + 1] == '_' ? at + 2 : 0;
}

/* ---- between the marks ---- */

static size_t run_of_apostrophes (na_slice text, size_t at) {
  size_t end = at;
  while (end < text.size && text.data[end] == '\'') end++;
  return end - at;
}

/* How telling it is that the three apostrophes at `at` are one and italic: best behind a word of one letter, as in "l'''". */
static int likeness_of_apostrophe (na_slice text, size_t from, size_t at) {
  if (at == from || text.data[at - 1] == ' ') return 1;
  return at - from >= 2 && text.data[at - 2] == ' ' ? 3 : 2;
}

size_t na_wt_odd_bold (na_slice text, size_t from, size_t to) {
  size_t italic = 0, bold = 0, found = NA_WIKITEXT_NONE, count;
  int best = 0;
  text.size = to;
  for (size_t at = from; (at = na_slice_find(text, '\'', at)) < to; at += count) {
    count = run_of_apostrophes(text, at);
    italic += count == 2 || count >= 5;
    bold += count >= 3;
    int likeness = count == 3 ? likeness_of_apostrophe(text, from, at) : 0;
    if (likeness > best) best = likeness, found = at;
  }
  return italic % 2 && bold % 2 ? found : NA_WIKITEXT_NONE;
}

/* Two, three and five apostrophes are italic and bold; four are one and bold, more than five are text and five. */
static na_status apostrophes (const na_wt_parser *parser, na_wt_text *out, na_slice text, size_t *size) {
  size_t count = *size = run_of_apostrophes(text, 0);
  bool odd = parser->odd_bold == (size_t)(text.data - parser->text.data);
  size_t shown = count == 1 || count == 4 || odd ? 1 : count > 5 ? count - 5 : 0;
  while (shown--) NA_TRY(na_wt_put(out, NA_LITERAL("'")));
  return NA_OK;
}

static na_status angle (na_wt_text *out, na_slice text, size_t *size) {
  bool parts = false;
  *size = tag_at(text, &parts);
  if (*size) {
    if (parts) na_wt_put_blank(out);
    return NA_OK;
  }
  *size = 1;
  bool note = text.size >= 4 && (text.data[1] | 32) == 'r' && (text.data[2] | 32) == 'e' &&
              (text.data[3] | 32) == 'f';
  return note ? NA_OK : na_wt_put(out, NA_LITERAL("<"));
}

static na_status reference (na_wt_text *out, na_slice text, size_t *size) {
  uint32_t c = na_entity_at(text, size);
  if (c) return na_wt_put_char(out, c);
  *size = 1;
  return na_wt_put(out, NA_LITERAL("&"));
}

static bool starts_address (na_slice text, size_t at) {
  if (text.size - at < 8 || (text.data[at + 1] | 32) != 't') return false;
  if (at > 0 && (na_is_letter(text.data[at - 1]) || na_is_digit(text.data[at - 1]))) return false;
  size_t size = na_wt_scheme(na_slice_part(text, at, text.size));
  return size >= strlen("http://") && (text.data[at] | 32) == 'h' && at + size < text.size;
}

/* What stands in [from, to), where there are no marks. */
static na_status between (na_wt_parser *parser, na_wt_text *out, size_t from, size_t to) {
  static const bool special[256] = {
    ['\''] = true, ['<'] = true, ['&'] = true, ['_'] = true, ['h'] = true, ['H'] = true
  };
  na_slice text = na_slice_part(parser->text, 0, to);
  size_t plain = from, at = from;
  while (at < to) {
    if (!special[(unsigned char)text.data[at]]) {
      at++;
      continue;
    }
    na_slice rest = na_slice_part(text, at, to);
    char c = text.data[at];
    bool address = (c == 'h' || c == 'H') && starts_address(text, at);
    size_t size = c == '_' ? switch_at(rest) : 0;
    if ((c == '_' && !size) || ((c == 'h' || c == 'H') && !address)) {
      at++;
      continue;
    }
    NA_TRY(na_wt_put(out, na_slice_part(text, plain, at)));
    if (c == '\'')
      NA_TRY(apostrophes(parser, out, rest, &size));
    else if (c == '<')
      NA_TRY(angle(out, rest, &size));
    else if (c == '&')
      NA_TRY(reference(out, rest, &size));
    if (address)
      NA_TRY(na_wt_bare_url(parser, out, at, to, &at));
    else
      at += size;
    plain = at;
  }
  return na_wt_put(out, na_slice_part(text, plain, to));
}

/* A closing mark, or one that opens and is never closed: it is not shown, the text behind it is. */
static na_status stray (na_wt_parser *parser, const na_wt_mark *mark, const char *code) {
  size_t to = mark->at + 40;
  return na_wt_problem(parser, code, mark->at, to < parser->text.size ? to : parser->text.size);
}

/* Whether a ']' is what is left of an address, or all that a link has for its end. */
static bool half_closes (const na_wt_marks *marks, const na_wt_mark *mark) {
  const na_wt_mark *open = &marks->items[mark->match];
  return open->kind == NA_WT_URL || open->match == NA_WT_UNMATCHED;
}

static na_status render_mark (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to, size_t *at) {
  const na_wt_mark *mark = &parser->marks.items[i];
  bool closed = mark->match != NA_WT_UNMATCHED && mark->match > i && parser->marks.items[mark->match].at < to;
  *at = mark->at + mark->size;
  switch (mark->kind) {
  case NA_WT_LINK:
    return closed ? na_wt_link(parser, out, i, to, at) : stray(parser, mark, "wikitext-unclosed-link");
  case NA_WT_URL: return na_wt_url(parser, out, i, to, at);
  case NA_WT_TEMPLATE:
    return closed ? na_wt_template(parser, out, i, to, at) : na_wt_unclosed_template(parser, i, to, at);
  case NA_WT_VARIANT:
    if (closed) return na_wt_variant(parser, out, i, to, at);
    NA_TRY(stray(parser, mark, "wikitext-unclosed-variant"));
    return na_wt_put(out, NA_LITERAL("-"));
  case NA_WT_REF:
    return closed ? na_wt_ref(parser, out, i, to, at) : stray(parser, mark, "wikitext-unclosed-ref");
  case NA_WT_REF_AGAIN: return na_wt_ref(parser, out, i, to, at);
  case NA_WT_LINK_END:
  case NA_WT_TEMPLATE_END:
  case NA_WT_VARIANT_END:
  case NA_WT_REF_END: return stray(parser, mark, "wikitext-stray-close");
  case NA_WT_URL_END: return half_closes(&parser->marks, mark) ? NA_OK : na_wt_put(out, NA_LITERAL("]"));
  case NA_WT_NEWLINE: na_wt_put_blank(out); return NA_OK;
  }
  return NA_OK;
}

na_status na_wt_render (na_wt_parser *parser, na_wt_text *out, size_t from, size_t to) {
  na_wt_marks *marks = &parser->marks;
  size_t i = na_wt_marks_index(marks, from);
  while (from < to &&
         parser->rendered <= parser->render_max) { /* what is too much is reported at the end of the page */
    while (i < marks->count && marks->items[i].at < from) i++;
    size_t next = i < marks->count && marks->items[i].at < to ? marks->items[i].at : to;
    parser->rendered += next - from + 1;
    if (next > from) NA_TRY(between(parser, out, from, next));
    from = next;
    if (next < to) NA_TRY(render_mark(parser, out, i, to, &from));
  }
  return NA_OK;
}

/* ---- texts of their own ---- */

na_wt_text *na_wt_borrow (na_wt_parser *parser) {
  if (parser->scratch_used == NA_WT_NEST_MAX) return NULL;
  na_wt_text *text = &parser->scratch[parser->scratch_used++];
  na_wt_text_reset(text);
  return text;
}

void na_wt_give_back (na_wt_parser *parser) {
  parser->scratch_used--;
}

na_status na_wt_plain (na_wt_parser *parser, size_t from, size_t to, na_slice *plain) {
  *plain = NA_NONE;
  na_wt_text *text = na_wt_borrow(parser);
  if (!text) return NA_OK;
  parser->muted++;
  na_slice all = NA_NONE;
  na_status status = na_wt_render(parser, text, from, to);
  if (status == NA_OK) status = na_wt_text_end(text, &all);
  parser->muted--;
  na_wt_give_back(parser);
  return status == NA_OK && all.size ? na_arena_copy(parser->arena, all, plain) : status;
}

na_status na_wt_add_mention (na_wt_parser *parser, na_wt_text *out, na_mention mention, size_t from,
                             size_t same) {
  size_t to = out->bytes.size;
  while (from < to && out->bytes.data[from] == ' ') from++;
  while (to > from && out->bytes.data[to - 1] == ' ') to--;
  out->fixed = out->bytes.size;
  void *mentions = parser->mentions;
  if (!na_grow(&mentions, &parser->mention_capacity, parser->mention_count, sizeof *parser->mentions))
    return NA_NOMEM;
  parser->mentions = mentions;
  parser->mentions[parser->mention_count++] = (na_wt_mention){ mention, from, to, same };
  return NA_OK;
}
