/* csrc/parse/frontmatter.h -- the head of a Markdown file, as Hugo, Jekyll, Zola and Eleventy users write it. */
#ifndef NA_PARSE_FRONTMATTER_H
#define NA_PARSE_FRONTMATTER_H

#include "parse/report.h"

#define NA_FRONT_BYTES_MAX ((size_t)64 << 10) /* no head of a story comes near it */

typedef enum na_front_kind { NA_FRONT_NONE, NA_FRONT_YAML, NA_FRONT_TOML, NA_FRONT_JSON } na_front_kind;

/* A file in two. A byte order mark belongs to neither. */
typedef struct na_front {
  na_front_kind kind;
  na_slice head, body; /* `head` without the lines of "---" around it; absent where they are not closed */
  size_t head_line, body_line; /* where they begin, from 1 */
} na_front;

/*
** Tells head and body apart. YAML stands between a first line "---" and a line "---" or "..."; "+++" is TOML; JSON is
** an object at the very beginning, whose end its parser finds: `head` is then all the text.
*/
void na_front_split (na_slice text, na_front *front);

/*
** Puts the fields of a YAML or JSON head into `story`; for JSON, it moves `front->body` behind the object. What no field takes
** goes to `story->params`. A field that cannot be used is a problem and is left out. NA_BAD where the head as a whole cannot be
** used: that problem is noted too. NA_NOMEM.
*/
na_status na_front_read (na_report *report, const na_read_options *options, na_front *front, na_story *story);

#endif
