/* csrc/index/lists.h -- ascending numbers as bytes: posting lists in an archive file. */
#ifndef NA_INDEX_LISTS_H
#define NA_INDEX_LISTS_H

#include "index/postings.h"
#include "index/rows.h"

/*
** A list: how many numbers it has, then the distance of each from the one before, of the first from -1; all numbers as in
** cursor.h. Appends one. Fails only for want of memory.
*/
na_status na_list_pack (na_buffer *out, na_posting_list list);

/* How many numbers the list has; at most the bytes that it takes. */
size_t na_list_count (na_slice bytes);

/*
** Reads na_list_count numbers below `limit` into `items`. False where the bytes are no such list: then the rest of `items` is
** not written.
*/
bool na_list_unpack (na_slice bytes, uint32_t limit, uint32_t *items);

/* Writes a section of lists, and reads one: list i below `limit` from row i. NA_BAD where the file is damaged. */
na_status na_lists_write (na_image_writer *image, na_section section, const na_postings *lists);
na_status na_lists_read (na_postings *lists, const na_rows *rows, uint32_t limit);

#endif
