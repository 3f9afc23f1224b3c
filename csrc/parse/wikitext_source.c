/* csrc/parse/wikitext_source.c -- external links: which are sources, what they are called. */
#include "base/memory.h"
#include "parse/wikitext_parser.h"
#include "text/language.h"

#define NAME_WORDS_MAX 6  /* a label of more words behind an unfinished sentence is part of it */
#define NAME_BYTES_MAX 80 /* of a name in parentheses behind an address whose bracket is never closed */

/* ---- what a label says ---- */

typedef struct label {
  na_slice name, language;
  bool enclosed;       /* it stood in parentheses */
  bool opened, closed; /* it has a parenthesis too much at that end */
} label;

/* Bytes of a parenthesis at `at`, full-width ones included; 0 where there is none. */
static size_t paren_at (na_slice text, size_t at, char which) {
  if (text.data[at] == which) return 1;
  if (text.size - at < 3 || memcmp(text.data + at, "\xEF\xBC", 2) != 0) return 0;
  return text.data[at + 2] == (which == '(' ? '\x88' : '\x89') ? 3 : 0;
}

/* Bytes of the closing parenthesis that the text ends with. */
static size_t closing_size (na_slice text) {
  if (text.size && text.data[text.size - 1] == ')') return 1;
  return text.size >= 3 && paren_at(text, text.size - 3, ')') ? 3 : 0;
}

/* Where the partner of the closing parenthesis that the text ends with is; `size` where it has none. */
static size_t partner_of_last (na_slice text) {
  size_t depth = 0;
  for (size_t at = text.size; at-- > 0;) {
    if (paren_at(text, at, ')'))
      depth++;
    else if (paren_at(text, at, '(') && --depth == 0)
      return at;
  }
  return text.size;
}

/* Where the parenthesis at the start is closed; `size` where it is not. */
static size_t partner_of_first (na_slice text) {
  size_t depth = 0;
  for (size_t at = 0; at < text.size; at++) {
    if (paren_at(text, at, '('))
      depth++;
    else if (paren_at(text, at, ')') && --depth == 0)
      return at;
  }
  return text.size;
}

/* Where " in " stands last, or `size`. */
static size_t last_in (na_slice text) {
  for (size_t at = text.size; at-- > 0;)
    if (na_slice_starts(na_slice_part(text, at, text.size), NA_LITERAL(" in "))) return at;
  return text.size;
}

/* "X (in Spanish)", "X in Spanish", "X（英文）". */
static void take_language (label *read) {
  na_slice name = read->name, said;
  size_t closing = closing_size(name), from = closing ? partner_of_last(name) : 0;
  if (from > 0 && from < name.size) {
    said = na_slice_trim(na_slice_part(name, from + paren_at(name, from, '('), name.size - closing));
    if (na_slice_starts(said, NA_LITERAL("in "))) said = na_slice_part(said, 3, said.size);
  } else {
    from = last_in(name);
    if (from == name.size) return;
    said = na_slice_part(name, from + 4, name.size);
  }
  read->language = na_language_of(said);
  if (!read->language.data) return;
  read->name = na_slice_trim(na_slice_part(name, 0, from));
  while (read->name.size && strchr(",;- ", read->name.data[read->name.size - 1])) read->name.size--;
}

/* Takes off the halves of parentheses that stand outside, and one pair that encloses all. */
static void take_parentheses (label *read) {
  size_t size;
  na_slice *name = &read->name;
  while ((size = closing_size(*name)) > 0 && partner_of_last(*name) == name->size) {
    name->size -= size;
    read->closed = true;
  }
  size_t first = name->size ? paren_at(*name, 0, '(') : 0;
  if (first) {
    size_t partner = partner_of_first(*name);
    size = closing_size(*name);
    read->opened = partner == name->size;
    read->enclosed = !read->opened && partner + size == name->size;
    if (read->enclosed) name->size -= size;
    if (read->opened || read->enclosed) *name = na_slice_part(*name, first, name->size);
  }
  *name = na_slice_trim(*name);
}

static label read_label (na_slice plain) {
  label read = { .name = na_slice_trim(plain) };
  while (read.name.size && strchr(",;", read.name.data[read.name.size - 1])) read.name.size--;
  take_language(&read);
  take_parentheses(&read);
  if (!read.language.data) take_language(&read);
  if (!read.name.size) read.name = NA_NONE;
  return read;
}

/* "AP via the San Jose Mercury News": who wrote it, and where. */
static void take_via (na_source *source) {
  static const na_slice via = { " via ", 5 };
  na_slice name = source->name;
  for (size_t at = 1; at + via.size < name.size; at++) {
    if (!na_slice_starts(na_slice_part(name, at, name.size), via)) continue;
    source->publisher = na_slice_trim(na_slice_part(name, 0, at));
    source->via = na_slice_trim(na_slice_part(name, at + via.size, name.size));
    if (na_slice_starts(source->via, NA_LITERAL("the ")))
      source->via = na_slice_part(source->via, 4, source->via.size);
    return;
  }
}

/* ---- addresses ---- */

/* Where the address at `from` ends. */
static size_t address_end (const na_wt_parser *parser, size_t from, size_t to) {
  const char *s = parser->text.data;
  size_t at = from;
  for (; at < to; at++) {
    unsigned char c = (unsigned char)s[at];
    if (c <= ' ' || c == 0x7F || c == '[' || c == ']' || c == '<' || c == '>' || c == '"') break;
    if ((c == '\'' || c == '{' || c == '}') && at + 1 < to && s[at + 1] == s[at]) break;
    if (c == 0xC2 && at + 1 < to && (unsigned char)s[at + 1] == 0xA0) break;
    if (c == 0xE3 && at + 2 < to && memcmp(s + at, "\xE3\x80\x80", 3) == 0) break;
  }
  return at;
}

/* Where the address ends that an archive's address holds a copy of, or `size`. */
static size_t archived_at (na_slice url) {
  static const char *const hosts[] = { "web.archive.org/", "archive.is/", "archive.today/", "archive.ph/",
                                       "archive.li/",      "archive.fo/", "archive.vn/",    "archive.md/" };
  size_t at = na_wt_scheme(url);
  for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
    na_slice rest = na_slice_part(url, at, url.size), host = na_slice_z(hosts[i]);
    if (na_slice_starts(rest, NA_LITERAL("www."))) rest = na_slice_part(rest, 4, rest.size);
    if (!na_slice_starts(rest, host)) continue;
    at = (size_t)(rest.data - url.data) + host.size;
    if (na_slice_starts(na_slice_part(url, at, url.size), NA_LITERAL("web/"))) at += 4;
    size_t digits = at;
    while (at < url.size && (na_is_digit(url.data[at]) || url.data[at] == '*')) at++;
    while (at > digits && at < url.size &&
           (url.data[at] == '_' || (url.data[at] >= 'a' && url.data[at] <= 'z')))
      at++;
    if (at > digits && at < url.size && url.data[at] == '/') at++;
    na_slice original = na_slice_part(url, at, url.size);
    size_t scheme = na_wt_scheme(original);
    if (scheme > 2 && original.size > scheme) return at;
    return at > digits + 8 && memchr(original.data, '.', original.size) ? at : url.size;
  }
  return url.size;
}

/* Copies the address into the source, taken apart where it is that of an archived copy. */
static na_status take_address (na_wt_parser *parser, na_source *source, na_slice url) {
  size_t original = archived_at(url);
  NA_TRY(na_arena_copy(parser->arena, url, &source->url));
  if (original == url.size) return NA_OK;
  source->archive_url = source->url;
  source->url = na_slice_part(source->url, original, source->url.size);
  if (na_wt_scheme(source->url)) return NA_OK;
  char *whole = na_arena_alloc(parser->arena, source->url.size + 8);
  if (!whole) return NA_NOMEM;
  memcpy(whole, "http://", 7);
  memcpy(whole + 7, source->url.data, source->url.size);
  whole[source->url.size + 7] = '\0';
  source->url = na_slice_of(whole, source->url.size + 7);
  return NA_OK;
}

na_status na_wt_add_source (na_wt_parser *parser, na_source source, const char *style) {
  void *sources = parser->sources;
  if (!na_grow(&sources, &parser->source_capacity, parser->source_count, sizeof *parser->sources))
    return NA_NOMEM;
  parser->sources = sources;
  if (source.url.data) {
    na_slice archive = source.archive_url;
    NA_TRY(take_address(parser, &source, source.url));
    if (archive.data) source.archive_url = archive;
  }
  if (!source.language.data) source.language = parser->next_language;
  parser->next_language = NA_NONE;
  if (source.name.data && !source.publisher.data) take_via(&source);
  parser->sources[parser->source_count++] = (na_wt_source){ source, style };
  return NA_OK;
}

na_source *na_wt_last_source (na_wt_parser *parser) {
  return parser->source_count ? &parser->sources[parser->source_count - 1].source : NULL;
}

/* ---- source or part of the sentence ---- */

/* Skips what does not count when asking what follows a source: blanks, separators, italics. */
static size_t skip_separators (const na_wt_parser *parser, size_t at, size_t to, na_wt_class *met) {
  na_slice text = na_slice_part(parser->text, 0, to);
  while (at < to) {
    size_t size;
    na_wt_class class = na_wt_class_of(na_slice_part(text, at, to), &size);
    if (class == NA_WT_WORD && !(text.data[at] == '\'' && at + 1 < to && text.data[at + 1] == '\'')) break;
    if (class == NA_WT_STOP || (class == NA_WT_COMMA && *met == NA_WT_BLANK)) *met = class;
    at += size;
  }
  return at;
}

/* The mark at `at` that is a source, a note or a template; NULL where text stands there. */
static const na_wt_mark *apart_at (na_wt_parser *parser, size_t at, size_t to) {
  size_t i = na_wt_marks_index(&parser->marks, at);
  if (i == parser->marks.count || parser->marks.items[i].at != at || at >= to) return NULL;
  const na_wt_mark *mark = &parser->marks.items[i];
  if (mark->kind == NA_WT_REF_AGAIN) return mark;
  if (mark->match == NA_WT_UNMATCHED || mark->match < i) return NULL;
  if (mark->kind != NA_WT_URL && mark->kind != NA_WT_REF && mark->kind != NA_WT_TEMPLATE) return NULL;
  return &parser->marks.items[mark->match];
}

/*
** What follows the source that ends at `at`: NA_WT_WORD, or NA_WT_COMMA or NA_WT_STOP where that stands before more text;
** NA_WT_BLANK where only other sources follow. What follows a row of sources is found once for all of them.
*/
static na_wt_class ahead_of (na_wt_parser *parser, size_t at, size_t to) {
  na_wt_class met = NA_WT_BLANK, ignored = NA_WT_BLANK;
  at = skip_separators(parser, at, to, &met);
  const na_wt_mark *apart = apart_at(parser, at, to);
  if (apart && at >= parser->ahead_to) {
    while (apart) {
      at = skip_separators(parser, apart->at + apart->size, to, &ignored);
      apart = apart_at(parser, at, to);
    }
    parser->ahead_to = at;
    parser->ahead = at < to ? NA_WT_WORD : NA_WT_BLANK;
    if (at == to) return NA_WT_BLANK;
  } else if (apart) {
    if (parser->ahead == NA_WT_BLANK) return NA_WT_BLANK;
  } else if (at >= to)
    return NA_WT_BLANK;
  return met == NA_WT_BLANK ? NA_WT_WORD : met;
}

/* "the", "of" and the like just before: what follows belongs to the sentence. */
static bool ends_with_particle (na_slice text) {
  static const char *const particles[] = { "a",    "an",    "and",  "as",  "at",   "by",  "for",
                                           "from", "in",    "into", "its", "of",   "on",  "or",
                                           "that", "their", "the",  "to",  "with", "his", "her" };
  text = na_slice_trim(text);
  size_t from = text.size;
  while (from && (text.data[from - 1] | 32) >= 'a' && (text.data[from - 1] | 32) <= 'z' &&
         text.size - from < 8)
    from--;
  na_slice word = na_slice_part(text, from, text.size);
  for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
    if (na_slice_equal(word, na_slice_z(particles[i]))) return true;
  return false;
}

static size_t words_of (na_slice text) {
  size_t words = text.size > 0;
  for (size_t i = 0; i < text.size; i++) words += text.data[i] == ' ';
  return words;
}

/* Whether a link without parentheses is part of its sentence. */
static bool is_text_link (na_wt_parser *parser, const na_wt_text *out, const label *read, size_t from,
                          size_t at, size_t to) {
  if (!read->name.data || read->enclosed || read->opened || read->closed || parser->in_ref) return false;
  if (na_wt_text_opened(out) || na_wt_text_stopped(out)) return false;
  if (parser
          ->chinese) { /* names without parentheses are the rule; a sentence that runs on has no mark on either side */
    bool before = from > 0 && !out->blank && na_wt_ends_wide(na_buffer_slice(&out->bytes));
    size_t size;
    na_slice next = na_slice_part(parser->text, at, to);
    return before && next.size && na_wt_class_of(next, &size) == NA_WT_WORD && na_wt_is_wide(next) &&
           na_wt_class_of(na_slice_part(parser->text, from - 1, from), &size) != NA_WT_BLANK;
  }
  na_wt_class ahead = ahead_of(parser, at, to);
  if (ahead == NA_WT_WORD || ahead == NA_WT_COMMA) return true;
  bool small = read->name.data[0] >= 'a' && read->name.data[0] <= 'z' && ahead == NA_WT_STOP;
  return small || words_of(read->name) > NAME_WORDS_MAX || ends_with_particle(na_buffer_slice(&out->bytes));
}

/* ---- links ---- */

/* "[http://... (BBC)" without its end: the name in parentheses is taken all the same. */
static size_t unclosed_label_end (const na_wt_parser *parser, size_t at, size_t to) {
  size_t from = at;
  while (at < to && parser->text.data[at] == ' ') at++;
  if (at == to || parser->text.data[at] != '(') return from;
  for (size_t end = at; end < to && end - at < NAME_BYTES_MAX; end++) {
    if (parser->text.data[end] == ')') return end + 1;
    if (strchr("[]{}\n", parser->text.data[end])) break;
  }
  return from;
}

static const char *style_of (const na_wt_parser *parser, const na_wt_text *out, const label *read) {
  if (parser->in_ref) return "ref-bare";
  if (read->opened || read->closed) return "paren-crossed";
  if (!read->name.data) return "bare-bracket";
  if (read->enclosed) return "bracket";
  return na_wt_text_opened(out) ? "paren" : "bracket-noparen";
}

static na_status show_text_link (na_wt_parser *parser, na_wt_text *out, na_source *source, size_t from,
                                 size_t to) {
  source->title = source->name;
  source->name = NA_NONE;
  NA_TRY(na_wt_add_source(parser, *source, "inline-text"));
  parser->muted++;
  na_status status = na_wt_render(parser, out, from, to);
  parser->muted--;
  return status;
}

na_status na_wt_url (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to, size_t *at) {
  const na_wt_mark *open = &parser->marks.items[i];
  bool closed = open->match != NA_WT_UNMATCHED && parser->marks.items[open->match].at < to;
  size_t limit = closed ? parser->marks.items[open->match].at : to, url = open->at + open->size;
  size_t url_end = address_end(parser, url, limit);
  size_t end = closed ? limit : unclosed_label_end(parser, url_end, limit);
  size_t from = open->at, label_from = url_end;
  na_slice plain;
  while (label_from < end && parser->text.data[label_from] == ' ') label_from++;
  *at = closed ? limit + parser->marks.items[open->match].size : end;
  if (!closed) NA_TRY(na_wt_problem(parser, "wikitext-unclosed-source", from, end));
  if (parser->muted) {
    NA_TRY(na_wt_problem(parser, "wikitext-nested-source", from, *at));
    return na_wt_render(parser, out, label_from, end);
  }
  NA_TRY(na_wt_plain(parser, label_from, end, &plain));
  label read = read_label(plain);
  na_source source = { .url = na_slice_part(parser->text, url, url_end),
                       .name = read.name,
                       .language = read.language };
  if (is_text_link(parser, out, &read, from, *at, to))
    return show_text_link(parser, out, &source, label_from, end);
  if (parser->in_ref && !read.enclosed && words_of(read.name) > NAME_WORDS_MAX - 2) {
    source.title = source.name;
    source.name = NA_NONE;
  }
  const char *style = style_of(parser, out, &read);
  na_wt_text_source(out, read.opened, read.closed);
  return na_wt_add_source(parser, source, style);
}

na_status na_wt_bare_url (na_wt_parser *parser, na_wt_text *out, size_t from, size_t to, size_t *at) {
  size_t end = address_end(parser, from, to);
  for (size_t i = from; i < end; i++) /* Chinese runs on without a blank */
    if ((unsigned char)parser->text.data[i] >= 0xE2 && na_wt_is_wide(na_slice_part(parser->text, i, end)))
      end = i;
  bool open = memchr(parser->text.data + from, '(', end - from) != NULL;
  while (end > from && strchr(open ? ".,;:!?" : ".,;:!?)", parser->text.data[end - 1])) end--;
  *at = end;
  if (parser->muted) return NA_OK;
  na_wt_text_source(out, false, false);
  na_source source = { .url = na_slice_part(parser->text, from, end) };
  return na_wt_add_source(parser, source, parser->in_ref ? "ref-bare" : "bare");
}
