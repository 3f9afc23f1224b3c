/* csrc/parse/article.h -- Markdown files with or without front matter: one story each. */
#ifndef NA_PARSE_ARTICLE_H
#define NA_PARSE_ARTICLE_H

#include "parse/report.h"

/*
** Reads one Markdown file: front matter (parse/frontmatter.h) and body. What the front matter does not say is taken from
** elsewhere: the title from the first heading, which then leaves the body, or from the file's name; the date from the
** path ("2007-09-01-name.md", "2007/09/01/name.md", "2007/9/1/name.md", also of the folder around an "index.md"), or
** from the options. Without front matter the slug is the file's name. A body that passes a limit of parse/markdown.h is
** a problem, and kept. A na_reader.
*/
na_status na_read_markdown (na_report *report, na_slice text, const na_read_options *options);

#endif
