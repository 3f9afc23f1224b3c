/* csrc/parse/mediawiki.h -- pages as a wiki hands them out, whatever they come wrapped in. */
#ifndef NA_PARSE_MEDIAWIKI_H
#define NA_PARSE_MEDIAWIKI_H

#include "base/map.h"
#include "parse/report.h"

/* Of one page: MediaWiki's own limit is 2 MiB, some wikis raise it. */
#define NA_WIKI_TEXT_BYTES ((size_t)16 << 20)

/*
** Pages on their way into a report: the portal's days are read as wikitext, everything else is counted and
** noted once. Problems carry the title of the page in their message, and the line inside the page.
*/
typedef struct na_wiki {
  na_report *report;
  na_read_options options; /* its texts must live as long as this */
  na_arena arena;
  na_map titles;  /* of the days that were taken */
  size_t others;  /* pages that are no day of the portal */
  na_slice other; /* the title of the first of them */
} na_wiki;

/* Starts a file. What it fills must be freed. */
void na_wiki_start (na_wiki *wiki, na_report *report, const na_read_options *options);
void na_wiki_free (na_wiki *wiki);

/* Says whether `title` is a day of the portal, and counts it where it is not. Fails only for want of memory. */
na_status na_wiki_wants (na_wiki *wiki, na_slice title, bool *wanted);

/*
** Reads the text of a page that is wanted. A page that was taken before, a redirect and a text beyond
** NA_WIKI_TEXT_BYTES are problems. Fails only for want of memory.
*/
na_status na_wiki_take (na_wiki *wiki, na_slice title, na_slice text);

/*
** Notes a problem of a whole page, or of the file where `title` is absent; the message as for
** na_report_problem. Fails only for want of memory.
*/
na_status na_wiki_problem (na_wiki *wiki, na_slice title, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Ends the file: notes how many pages were none of the portal's days. Fails only for want of memory. */
na_status na_wiki_finish (na_wiki *wiki);

#endif
