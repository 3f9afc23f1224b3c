/* csrc/index/save.h -- an archive as a file. */
#ifndef NA_INDEX_SAVE_H
#define NA_INDEX_SAVE_H

#include "index/archive.h"

/* Writes sections that are not the index's own; `context` is the caller's. Fails as na_image_append does. */
typedef na_status na_section_maker (void *context, na_image_writer *image);

/*
** Writes a sealed archive with its terms and facets to `path`: beside it, and then in its place. What the archive's file has is
** copied, the rest is made; `more` makes what the index knows nothing of, or is NULL: then that is copied, too. The same
** stories give the same bytes. NA_NOMEM; NA_LIMIT beyond 2^32 - 2 of anything; NA_BAD where the archive's own file is damaged;
** NA_IO with errno.
*/
na_status na_archive_save (const na_archive *archive, const char *path, na_section_maker *more,
                           void *context);

#endif
