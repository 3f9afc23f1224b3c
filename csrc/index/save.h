/* csrc/index/save.h -- an archive as a file. */
#ifndef NA_INDEX_SAVE_H
#define NA_INDEX_SAVE_H

#include "index/archive.h"

/*
** Writes a sealed archive with its terms and facets to `path`: beside it, and then in its place. What the archive's file has is
** copied, the rest is made. The same stories give the same bytes. NA_NOMEM; NA_LIMIT beyond 2^32 - 2 of anything; NA_BAD where
** the archive's own file is damaged; NA_IO with errno.
*/
na_status na_archive_save (const na_archive *archive, const char *path);

#endif
