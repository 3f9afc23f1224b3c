/*
** csrc/parse/context.h -- the Markdown of "the Context", a news archive of 2017 to 2019 whose form this project can take
** over: story pages, day pages, front pages, with English and Chinese words.
**
** Titles stand in these pages as they are, brackets included, so that a Markdown parser would take many links for
** something else. What is read here are the lines, by the places that the grammar gives their parts.
*/
#ifndef NA_PARSE_CONTEXT_H
#define NA_PARSE_CONTEXT_H

#include "parse/report.h"

/*
** Reads one story page. Titles, topic and description keep their blanks; the id is the day and the file's name, `url` the
** page's own address without the edition's prefix, `related` what the page declares, `context` all entities that these
** relations name. Old addresses ("### Changes:") become aliases. A day page or front page is counted as a file and gives
** no story. A na_reader.
*/
na_status na_read_context (na_report *report, na_slice text, const na_read_options *options);

/* One headline of a day page or front page. */
typedef struct na_context_record {
  na_slice title, topic; /* as written; the topic holds until the next one, empty before the first */
  na_slice path;         /* of the story page: "news/2007/09/1/the-slug.md" */
  na_slice day;          /* the section's date as an ISO 8601 date; absent where its link tells none */
  size_t order;          /* within the section, from 1 */
} na_context_record;

/* What a day page or front page lists. Texts are parts of the page. */
typedef struct na_context_list {
  na_records records; /* of na_context_record */
  na_slice day;       /* of the first section */
  na_slice previous;  /* path of the page that "previous day" leads to; absent where there is none */
  na_slice language;  /* "en" or "zh", as that link's word tells; absent where it does not */
} na_context_list;

/* Reads a day page or front page; days are put into `arena`. A page of another kind gives an empty list. Fails only for
** want of memory. */
na_status na_context_list_read (na_arena *arena, na_slice text, na_context_list *list);

#endif
