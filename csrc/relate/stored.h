/* csrc/relate/stored.h -- relations and threads in an archive file, so that nobody need find them twice. */
#ifndef NA_RELATE_STORED_H
#define NA_RELATE_STORED_H

#include "relate/threads.h"
#include "relate/walk.h"

/*
** The row of a story in the section of relations: how many there are, at most NA_RELATED_LIMIT, the best first; of each the
** distance of its number from the story's, with the sign as the lowest bit, and its sum (related.h). All numbers are as in
** cursor.h. The section of threads is a column: of each story its thread. Both are made with NA_WEIGHTS_DEFAULT, and serve no
** others.
*/

/*
** Finds all relations and threads, on `jobs` OS threads, and writes the sections. Fails as na_relate_many and na_image_append
** do.
*/
na_status na_stored_write (na_image_writer *image, const na_related *related, size_t jobs);

/*
** Answers a query from the archive's file: all directions, NA_RELATED_LIMIT or fewer, nothing folded, no least score. False
** where it cannot, or where the file is damaged.
*/
bool na_stored_find (const na_related *related, const na_related_query *query, na_scored *out, size_t *count);

/* Whether the file has threads for these weights; and reads them. NA_NOMEM, or NA_BAD where they are damaged. */
bool na_stored_has_threads (const na_related *related);
na_status na_stored_threads (na_threads *threads, const na_related *related);

#endif
