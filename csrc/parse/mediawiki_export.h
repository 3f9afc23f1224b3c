/* csrc/parse/mediawiki_export.h -- MediaWiki's XML exports and dumps (schema 0.10 and 0.11), streamed through libexpat. */
#ifndef NA_PARSE_MEDIAWIKI_EXPORT_H
#define NA_PARSE_MEDIAWIKI_EXPORT_H

#include "parse/report.h"

#define NA_EXPORT_BLOCK_BYTES \
  ((size_t)64 << 10) /* expat starts an unfinished token anew at each block: few blocks, few starts */
#define NA_EXPORT_TOKEN_BYTES \
  ((size_t)1 << 20)            /* of one tag or comment: an export's longest tags are some hundred bytes */
#define NA_EXPORT_DEPTH_MAX 32 /* of elements: an export nests six */

/*
** An export that is fed in pieces of any size; only one page at a time is in memory, and only the text of the portal's
** days. Document types that declare entities, and references to any but XML's five, end it with a problem, as does every
** error of syntax; the pages before it are read. Columns of its problems count characters, as expat does.
*/
typedef struct na_export na_export;

/*
** *export is NULL where memory ran out. The report must live as long as the export, the options are copied.
** na_export_free may be called at any time, also with NULL.
*/
na_status na_export_new (na_export **export, na_report *report, const na_read_options *options);
void na_export_free (na_export *export);

/* Reads on. After a problem that ends it, and after na_export_finish, this does nothing. Fails only for want of memory. */
na_status na_export_feed (na_export *export, na_slice chunk);

/* Says that there is no more: an export that is cut is a problem. Fails only for want of memory. */
na_status na_export_finish (na_export *export);

/* Whether there is no use in feeding more. */
bool na_export_ended (const na_export *export);

/* Reads a whole export. A na_reader. */
na_status na_read_mediawiki_xml (na_report *report, na_slice text, const na_read_options *options);

#endif
