/* csrc/search/snippet.h -- the part of a story that shows best why it was found. */
#ifndef NA_SEARCH_SNIPPET_H
#define NA_SEARCH_SNIPPET_H

#include "search/plan.h"

#define NA_SNIPPET_BYTES     240 /* two or three lines of a terminal */
#define NA_SNIPPET_BYTES_MAX 65536
#define NA_SNIPPET_SPANS_MAX 128 /* words marked in one snippet */

/* Bytes [first, last) of a text. */
typedef struct na_snippet_span {
  size_t first, last;
} na_snippet_span;

typedef struct na_snippet {
  const char *field;                           /* "title", "description" or "body" */
  na_slice text;                               /* part of the story's text */
  bool begins, ends;                           /* whether the part has the begin and the end of the whole */
  na_snippet_span spans[NA_SNIPPET_SPANS_MAX]; /* in `text`, ascending, apart */
  size_t span_count;
} na_snippet;

/*
** The part of at most `bytes` bytes (a title is never cut) in which the words of the plan that weigh most stand, of the
** title, the description or the body; where they are alike, of the first of these, and the first part. Linear in the texts.
*/
void na_snippet_make (const na_plan *plan, uint32_t story, size_t bytes, na_snippet *snippet);

#endif
