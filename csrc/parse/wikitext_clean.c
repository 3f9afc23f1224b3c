/* csrc/parse/wikitext_clean.c -- the page without what the reader of a page never sees. */
#include "base/memory.h"
#include "parse/wikitext_parser.h"
#include "text/utf8.h"

static size_t lines_of (na_slice text) {
  size_t lines = 0;
  for (size_t at = 0; (at = na_slice_find(text, '\n', at)) < text.size; at++) lines++;
  return lines;
}

/* Notes that text[from, to) of the page is not in the clean text. */
static na_status cut (na_wt_parser *parser, na_slice text, size_t from, size_t to) {
  void *cuts = parser->cuts;
  if (!na_grow(&cuts, &parser->cut_capacity, parser->cut_count, sizeof *parser->cuts)) return NA_NOMEM;
  parser->cuts = cuts;
  na_wt_cut before = parser->cut_count ? parser->cuts[parser->cut_count - 1] : (na_wt_cut){ 0 };
  parser->cuts[parser->cut_count++] = (na_wt_cut){
    .at = parser->clean.size,
    .bytes = before.bytes + (to - from),
    .lines = before.lines + lines_of(na_slice_part(text, from, to)),
  };
  return NA_OK;
}

static bool starts_tag (na_slice text, size_t at, na_slice tag) {
  if (text.size - at < tag.size) return false;
  for (size_t i = 0; i < tag.size; i++) {
    char c = text.data[at + i];
    if ((c >= 'A' && c <= 'Z' ? c | 32 : c) != tag.data[i]) return false;
  }
  return true;
}

/* What stands in <nowiki> is text: its markup goes in as character references. */
static na_status append_literal (na_buffer *out, na_slice text) {
  for (size_t i = 0; i < text.size; i++) {
    char c = text.data[i];
    if (c == '\n')
      NA_TRY(na_buffer_byte(out, ' '));
    else if (strchr("[]{}'<>*#:;=|-_", c) && c)
      NA_TRY(na_buffer_format(out, "&#%d;", c));
    else
      NA_TRY(na_buffer_byte(out, c));
  }
  return NA_OK;
}

/* A comment at `from`; *to is behind it. One that is never closed ends with its line, so that it hides no news. */
static na_status comment (na_wt_parser *parser, na_slice text, size_t from, bool *unclosed, size_t *to) {
  size_t at = from + 4;
  while (!*unclosed) {
    at = na_slice_find(text, '>', at);
    if (at >= text.size)
      *unclosed = true;
    else if (at >= from + 6 && text.data[at - 1] == '-' && text.data[at - 2] == '-')
      break;
    else
      at++;
  }
  if (*unclosed) {
    at = na_slice_find(text, '\n', from);
    NA_TRY(na_wt_problem(parser, "wikitext-unclosed-comment", parser->clean.size, parser->clean.size));
  } else
    at++;
  *to = at;
  return cut(parser, text, from, at);
}

/* <nowiki> at `from`; *to is behind </nowiki>, or behind <nowiki> where that is missing. */
static na_status nowiki (na_wt_parser *parser, na_slice text, size_t from, bool *unclosed, size_t *to) {
  static const na_slice opening = { "<nowiki>", 8 }, closing = { "</nowiki>", 9 };
  size_t inside = from + opening.size, at = inside;
  while (!*unclosed && !starts_tag(text, at, closing)) {
    at = na_slice_find(text, '<', at + 1);
    if (at >= text.size) *unclosed = true;
  }
  *to = *unclosed ? inside : at + closing.size;
  NA_TRY(cut(parser, text, from, inside));
  if (*unclosed) return NA_OK;
  NA_TRY(append_literal(&parser->clean, na_slice_part(text, inside, at)));
  return cut(parser, text, at, at + closing.size);
}

static na_status strip (na_wt_parser *parser, na_slice text) {
  size_t from = 0, at = 0;
  bool no_comment_end = false, no_nowiki_end = false;
  while ((at = na_slice_find(text, '<', at)) < text.size) {
    bool is_comment = starts_tag(text, at, NA_LITERAL("<!--"));
    bool is_nowiki = !is_comment && starts_tag(text, at, NA_LITERAL("<nowiki"));
    if (!is_comment && !is_nowiki) {
      at++;
      continue;
    }
    NA_TRY(na_buffer_append(&parser->clean, na_slice_part(text, from, at)));
    if (is_comment)
      NA_TRY(comment(parser, text, at, &no_comment_end, &from));
    else if (starts_tag(text, at, NA_LITERAL("<nowiki>")))
      NA_TRY(nowiki(parser, text, at, &no_nowiki_end, &from));
    else { /* <nowiki/>, or a tag that is not one */
      from = at + 7;
      while (from < text.size && (text.data[from] == ' ' || text.data[from] == '/')) from++;
      if (from < text.size && text.data[from] == '>') from++;
      NA_TRY(cut(parser, text, at, from));
    }
    at = from;
  }
  return na_buffer_append(&parser->clean, na_slice_part(text, from, text.size));
}

/* Windows and old Macintosh line ends as '\n'. */
static void unify_line_ends (na_buffer *buffer) {
  size_t kept = 0;
  for (size_t i = 0; i < buffer->size; i++) {
    char c = buffer->data[i];
    if (c == '\r') {
      if (i + 1 < buffer->size && buffer->data[i + 1] == '\n') continue;
      c = '\n';
    }
    buffer->data[kept++] = c;
  }
  buffer->size = kept;
}

na_status na_wt_clean (na_wt_parser *parser, na_slice raw) {
  na_buffer mended = { 0 };
  na_status status = NA_OK;
  if (na_slice_starts(raw, NA_LITERAL("\xEF\xBB\xBF"))) raw = na_slice_part(raw, 3, raw.size);
  bool valid = na_utf8_valid(raw) == raw.size;
  if (!valid || (raw.size && memchr(raw.data, '\r', raw.size))) {
    status = na_utf8_append_mended(&mended, raw);
    if (status == NA_OK && mended.size) unify_line_ends(&mended);
    raw = na_buffer_slice(&mended);
  }
  if (status == NA_OK && !valid) status = na_wt_problem(parser, "wikitext-encoding", 0, 0);
  if (status == NA_OK) status = na_buffer_reserve(&parser->clean, raw.size + 1);
  if (status == NA_OK) status = strip(parser, raw);
  na_buffer_free(&mended);
  parser->text = na_buffer_slice(&parser->clean);
  return status;
}
