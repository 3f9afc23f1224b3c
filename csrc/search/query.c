#include "search/query.h"

#include <strings.h>

#include "text/utf8.h"

void na_query_begin (na_query *query) {
  query->clause_count = query->note_count = 0;
  query->from = NA_DAY_NONE;
  query->to = INT32_MAX;
}

void na_query_note (na_query *query, const char *code, const char *message, na_slice text) {
  if (query->note_count < NA_QUERY_NOTES_MAX)
    query->notes[query->note_count++] = (na_note){ .code = code, .message = message, .text = text };
}

void na_query_add (na_query *query, na_clause clause) {
  if (query->clause_count < NA_QUERY_CLAUSES_MAX)
    query->clauses[query->clause_count++] = clause;
  else
    na_query_note(query, "too-many-clauses", "the query has too many parts: this one was left out",
                  clause.text);
}

bool na_query_narrow (na_query *query, na_slice text, bool to) {
  na_day first, last;
  if (!na_day_span(text, &first, &last)) return false;
  if (to && last < query->to) query->to = last;
  if (!to && first > query->from) query->from = first;
  return true;
}

/* ---- signs ---- */

/* Quotation marks as they are typed, and as word processors and Chinese keyboards make of them. */
static const struct {
  const char *opens, *closes;
} quotes[] = { { "\"", "\"" },         { "\u201C", "\u201D" }, { "\u201E", "\u201C" },
               { "\u00AB", "\u00BB" }, { "\u300C", "\u300D" }, { "\u300E", "\u300F" } };

#define QUOTES (sizeof quotes / sizeof *quotes)

static bool starts_at (na_slice text, size_t at, const char *sign) {
  return na_slice_starts(na_slice_part(text, at, text.size), na_slice_z(sign));
}

/* Which quotation opens at `at`, or QUOTES. */
static size_t quote_at (na_slice text, size_t at) {
  size_t i = 0;
  while (i < QUOTES && !starts_at(text, at, quotes[i].opens)) i++;
  return i;
}

#define IDEOGRAPHIC_SPACE "\u3000"

/* The size of the blank at `at`, or 0. */
static size_t blank_at (na_slice text, size_t at) {
  if (na_is_space(text.data[at])) return 1;
  return starts_at(text, at, IDEOGRAPHIC_SPACE) ? strlen(IDEOGRAPHIC_SPACE) : 0;
}

/* ---- clauses ---- */

/*
** The quotation that begins at *at, without its marks; *at moves behind it. One that nothing closes goes to the end.
*/
static na_slice quotation (na_query *query, na_slice text, size_t *at, size_t quote) {
  size_t first = *at + strlen(quotes[quote].opens), last = first;
  while (last < text.size && !starts_at(text, last, quotes[quote].closes)) last++;
  na_slice inside = na_slice_part(text, first, last);
  if (last == text.size)
    na_query_note(query, "unclosed-quote", "the quotation has no end: taken up to the end of the query",
                  inside);
  *at = last < text.size ? last + strlen(quotes[quote].closes) : last;
  return inside;
}

/* What goes from *at to the next blank or quotation; *at moves behind it. */
static na_slice chunk (na_slice text, size_t *at) {
  size_t first = *at;
  while (*at < text.size && !blank_at(text, *at) && (*at == first || quote_at(text, *at) == QUOTES)) (*at)++;
  return na_slice_part(text, first, *at);
}

static const char *const fields[] = { "entity", "source", "topic", "category", "from", "to" };

enum { FIELD_FROM = NA_CLAUSE_FIELDS, FIELD_TO, FIELDS };

/* The field whose name stands before the colon at `colon`, or FIELDS. */
static size_t field_of (na_slice name) {
  size_t i = 0;
  while (i < FIELDS && !(strlen(fields[i]) == name.size && strncasecmp(fields[i], name.data, name.size) == 0))
    i++;
  return i;
}

static bool is_name (na_slice name) {
  for (size_t i = 0; i < name.size; i++)
    if ((name.data[i] | 0x20) < 'a' || (name.data[i] | 0x20) > 'z') return false;
  return name.size > 0;
}

static void add (na_query *query, na_clause_kind kind, na_slice text, bool negated) {
  na_query_add(query, (na_clause){ .kind = kind, .text = text, .negated = negated });
}

/* `field:value`, both there; `whole` is both as they are written. */
static void add_field (na_query *query, size_t field, na_slice value, na_slice whole, bool negated) {
  if (field < NA_CLAUSE_FIELDS) {
    add(query, (na_clause_kind)(NA_CLAUSE_ENTITY + field), value, negated);
  } else if (negated || !na_query_narrow(query, value, field == FIELD_TO)) {
    na_query_note(query, "bad-date", "not a day, a month or a year: searched as words", whole);
    add(query, NA_CLAUSE_WORDS, value, negated);
  }
}

/* A chunk with a colon inside, which begins at `first`; *at is behind it and moves behind a quoted value. */
static void parse_field (na_query *query, na_slice text, size_t first, size_t colon, size_t *at,
                         bool negated) {
  na_slice name = na_slice_part(text, first, colon);
  size_t field = field_of(name);
  size_t value = colon + 1;
  na_slice whole = na_slice_part(text, first, *at);
  if (field == FIELDS) {
    if (is_name(name) && value < *at && text.data[value] != '/')
      na_query_note(query, "unknown-field", "no such field: searched as words", whole);
    add(query, NA_CLAUSE_WORDS, whole, negated);
    return;
  }
  size_t quote = value < text.size ? quote_at(text, value) : QUOTES;
  na_slice given = na_slice_part(text, value, *at);
  if (quote < QUOTES) {
    *at = value;
    given = quotation(query, text, at, quote);
    whole = na_slice_part(text, first, *at);
  }
  if (na_slice_trim(given).size) {
    add_field(query, field, na_slice_trim(given), whole, negated);
    return;
  }
  na_query_note(query, "no-value", "the field says nothing: searched as words", whole);
  add(query, NA_CLAUSE_WORDS, whole, negated);
}

static void parse_clause (na_query *query, na_slice text, size_t *at) {
  bool negated = text.data[*at] == '-' && *at + 1 < text.size && !blank_at(text, *at + 1);
  if (negated) ++*at;
  size_t first = *at, quote = quote_at(text, first);
  if (quote < QUOTES) {
    add(query, NA_CLAUSE_PHRASE, quotation(query, text, at, quote), negated);
    return;
  }
  na_slice word = chunk(text, at);
  size_t colon = na_slice_find(word, ':', 0);
  if (colon < word.size)
    parse_field(query, text, first, first + colon, at, negated);
  else if (word.size > 1 && word.data[word.size - 1] == '*')
    add(query, NA_CLAUSE_PREFIX, na_slice_part(word, 0, word.size - 1), negated);
  else
    add(query, NA_CLAUSE_WORDS, word, negated);
}

void na_query_parse (na_query *query, na_slice text) {
  if (text.size > NA_QUERY_BYTES_MAX) {
    text.size = NA_QUERY_BYTES_MAX;
    while (text.size && ((unsigned char)text.data[text.size] & 0xC0) == 0x80) text.size--;
    na_query_note(query, "too-long", "the query is too long: what is behind this was left out", text);
  }
  size_t valid = na_utf8_valid(text);
  if (valid < text.size)
    na_query_note(query, "encoding", "not valid UTF-8 from here on", na_slice_part(text, valid, text.size));
  for (size_t at = 0, blank; at < text.size;) {
    if ((blank = blank_at(text, at)) > 0)
      at += blank;
    else
      parse_clause(query, text, &at);
  }
}
