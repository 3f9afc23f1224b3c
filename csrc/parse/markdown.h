/* csrc/parse/markdown.h -- bodies: CommonMark through libcmark, in its safe mode. */
#ifndef NA_PARSE_MARKDOWN_H
#define NA_PARSE_MARKDOWN_H

#include "base/buffer.h"

/* libcmark 0.30.2 is quadratic in the last two; within these limits the worst known megabyte takes about a second. */
#define NA_MARKDOWN_BYTES_MAX    ((size_t)1 << 20)
#define NA_MARKDOWN_DEPTH_MAX    ((size_t)32)      /* containers (quotes, list items) around one line */
#define NA_MARKDOWN_BRACKETS_MAX ((size_t)1000)    /* '[' in one paragraph */
#define NA_MARKDOWN_MEMORY_MAX   ((size_t)1 << 30) /* of one parse: the worst known megabyte takes 350 MB */

/* Why a text is not parsed, and where. `code` is NULL where all is well, a constant otherwise. */
typedef struct na_markdown_problem {
  const char *code; /* "markdown-size", "markdown-depth", "markdown-brackets", "markdown-memory" */
  const char *message;
  size_t line; /* from 1 */
} na_markdown_problem;

/* Says whether `text` is within the limits that can be told without parsing it. Linear in its size. */
void na_markdown_check (na_slice text, na_markdown_problem *problem);

/*
** Appends the text as HTML that is safe in any page: raw HTML is left out, a link whose scheme is none that a reader may
** follow leads nowhere, images keep their alternative text. Headings become `shift` levels lower, at most h6.
** A text that passes a limit is appended as it is, escaped, in <pre>, and `problem` says which: nothing is lost.
** `text` should be UTF-8. Fails only for want of memory.
*/
na_status na_markdown_html (na_buffer *out, na_slice text, int shift, na_markdown_problem *problem);

/*
** Appends the words alone, blocks parted by '\n': for feeds, descriptions and search. Raw HTML is left out, an image
** gives its alternative text. A text that passes a limit is appended as it is. Fails only for want of memory.
*/
na_status na_markdown_plain (na_buffer *out, na_slice text, na_markdown_problem *problem);

/*
** The first heading that stands in no quote or list: appends its words to `out`; *from and *to are the bytes of `text`
** where its lines begin and end. Appends nothing where there is none or a limit is passed. Fails only for want of memory.
*/
na_status na_markdown_heading (na_buffer *out, na_slice text, size_t *from, size_t *to);

/* Parses and forgets: what parsing alone costs. Fails only for want of memory. */
na_status na_markdown_parse (na_slice text, na_markdown_problem *problem);

#endif
