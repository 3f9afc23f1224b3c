/* csrc/parse/mediawiki_export.h -- MediaWiki's XML exports and dumps (0.10 and 0.11), streamed through libexpat. */
#ifndef NA_PARSE_MEDIAWIKI_EXPORT_H
#define NA_PARSE_MEDIAWIKI_EXPORT_H

#include "parse/report.h"

/*
** Bytes that expat gets at once: it begins an unfinished tag anew with each block, so blocks must not be
** small. Bytes of one tag or comment, and depth of elements: an export's longest tags have some hundred
** bytes, and it nests six deep.
*/
#define NA_EXPORT_BLOCK_BYTES ((size_t)64 << 10)
#define NA_EXPORT_TOKEN_BYTES ((size_t)1 << 20)
#define NA_EXPORT_DEPTH_MAX   32

/*
** An export that is fed in pieces of any size; only one page at a time is in memory, and only the text of the
** portal's days. Document types that declare entities, and references to any but XML's five, end it with a
** problem, as does every error of syntax; the pages before it are read. Columns of its problems count
** characters, as expat does.
*/
typedef struct na_export na_export;

/*
** *made is NULL where memory ran out. The report must live as long as the export, and so must the templates
** and categories of options->wikitext; the rest of the options is copied. na_export_free may be called at any
** time, also with NULL.
*/
na_status na_export_new (na_export **made, na_report *report, const na_read_options *options);
void na_export_free (na_export *export);

/* Reads on; does nothing once the export has ended. Fails only for want of memory. */
na_status na_export_feed (na_export *export, na_slice chunk);

/* Says that there is no more: an export that is cut is a problem. Fails only for want of memory. */
na_status na_export_finish (na_export *export);

/* Whether there is no use in feeding more: after na_export_finish, or a problem that ends it. */
bool na_export_ended (const na_export *export);

/* Reads a whole export. A na_reader. */
na_status na_read_mediawiki_xml (na_report *report, na_slice text, const na_read_options *options);

#endif
