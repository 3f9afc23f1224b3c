/* csrc/search/query.h -- the query language: what somebody typed into a search box, taken apart. */
#ifndef NA_SEARCH_QUERY_H
#define NA_SEARCH_QUERY_H

#include <stdint.h>

#include "base/date.h"
#include "base/slice.h"

/*
**     rebels             stories with the word in any form that has its stem
**     "malian army"      the words one behind the other
**     tuar*              words that begin so
**     -peace  -"a b"     not these
**     entity:"Malian Army"  source:Reuters  topic:  category:    by name, whole or by some of its words
**     from:2012 to:2013-06                                       days, months or years, both inclusive
**
** in any combination. There is no wrong query: what cannot be understood is searched as words, and noted.
*/
typedef enum na_clause_kind {
  NA_CLAUSE_WORDS,
  NA_CLAUSE_PHRASE,
  NA_CLAUSE_PREFIX, /* of the last word; those before it are words */
  NA_CLAUSE_ENTITY,
  NA_CLAUSE_SOURCE,
  NA_CLAUSE_TOPIC,
  NA_CLAUSE_CATEGORY,
} na_clause_kind;

#define NA_CLAUSE_FIELDS 4 /* from NA_CLAUSE_ENTITY on */

typedef struct na_clause {
  na_clause_kind kind;
  na_slice text;
  bool negated;
} na_clause;

/* Something that was not taken as it may have been meant. */
typedef struct na_note {
  const char *code;    /* stable, lower case, words joined by '-'; always a constant */
  const char *message; /* always a constant */
  na_slice text;       /* what it is about */
} na_note;

#define NA_QUERY_BYTES_MAX   8192 /* of a text: longer than any headline */
#define NA_QUERY_CLAUSES_MAX 256  /* nobody types more; what is beyond is left out */
#define NA_QUERY_NOTES_MAX   16   /* the first ones tell what is wrong */

/* Texts are parts of what was parsed, which must live as long. All but the days all zero is empty: na_query_begin. */
typedef struct na_query {
  na_clause clauses[NA_QUERY_CLAUSES_MAX];
  size_t clause_count;
  na_note notes[NA_QUERY_NOTES_MAX];
  size_t note_count;
  na_day from, to; /* NA_DAY_NONE and INT32_MAX where nothing is said */
} na_query;

void na_query_begin (na_query *query);

/* Adds what `text` says; any bytes are fine. Linear in the text. */
void na_query_parse (na_query *query, na_slice text);

/* Adds one clause as it is; left out with a note where there are too many. */
void na_query_add (na_query *query, na_clause clause);

/* Narrows the days, `to` or else `from`; false where `text` is no day, month or year. */
bool na_query_narrow (na_query *query, na_slice text, bool to);

/* Left out where there are NA_QUERY_NOTES_MAX already. */
void na_query_note (na_query *query, const char *code, const char *message, na_slice text);

#endif
