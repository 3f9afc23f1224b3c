/* csrc/parse/mediawiki_api.h -- answers of MediaWiki's action API, as JSON, through libjansson. */
#ifndef NA_PARSE_MEDIAWIKI_API_H
#define NA_PARSE_MEDIAWIKI_API_H

#include "parse/report.h"

/* Of one file: an answer holds at most 500 pages, and as a tree twice its bytes. */
#define NA_WIKI_API_BYTES ((size_t)256 << 20)

/*
** Reads one or more answers, one after another or in an array: `action=query&prop=revisions` and
** `action=parse&prop=wikitext`, formatversion 1 and 2, with and without slots. Of several revisions the
** newest is taken. Missing pages, hidden texts, errors, warnings and answers that have a continuation are
** problems. A na_reader.
*/
na_status na_read_mediawiki_json (na_report *report, na_slice text, const na_read_options *options);

#endif
