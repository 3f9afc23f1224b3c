/* csrc/parse/dayfile.h -- YAML files of one day of news, of the two schemas of the English day archive. */
#ifndef NA_PARSE_DAYFILE_H
#define NA_PARSE_DAYFILE_H

#include "parse/report.h"

/*
** Reads a day file. A na_reader. Other keys than those named here are not read.
**
** First schema: `Date`, and `Intelligence_Payload`: lists of texts by category. A category that names a section (section.h)
** becomes the `category` in that section's name; any other is a topic of all that it holds. `raw_category` keeps what was
** written where that is not the category; "Uncategorized" is none. Every item of a list is counted once, as
**
**   a story     a sentence and the sources behind it (citation.h). A lead before a colon is its `lead` and its last topic.
**   a heading   a topic of what follows (heading.h). The lists have lost how deep their items were nested, so this much is
**               taken for certain: headings that follow each other without a story between lead inwards and are the path of the
**               next story. A later story keeps the path down to the innermost heading whose topic it speaks of; the first
**               one that speaks of none ends them all, until the next heading: of the stories further down, more belong to
**               no heading than to the last.
**   rejected    empty, or no text: with a problem.
**
** The `context` of a story is its topics, lists of headings taken apart, until entities are found in its words.
**
** Second schema: `date`, and `events`: maps with `headline`, `summary`, `category`, `topics`, `entities` (`people`,
** `organizations`, `states`: the context) and `sources.external` (`outlet`, `url`). Each is a story, counted in
** `report->events` and not among the items; one without a headline is a rejected item.
**
** Stories are of the file's own date; where that is no day, of the date in the options, and where there is none either, all
** items are rejected and there is one problem.
*/
na_status na_read_dayfile (na_report *report, na_slice text, const na_read_options *options);

#endif
