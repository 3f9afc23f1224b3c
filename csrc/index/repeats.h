/* csrc/index/repeats.h -- the same or nearly the same story told again. */
#ifndef NA_INDEX_REPEATS_H
#define NA_INDEX_REPEATS_H

#include "index/archive.h"

/*
** MinHash over runs of words: each story is kept as so many least hashes of its runs. Two stories whose sets of runs are
** alike share a hash about as often as they share runs.
*/
#define NA_REPEAT_RUN    3  /* words of a run: order counts, a changed word costs three runs */
#define NA_REPEAT_HASHES 32 /* estimates a likeness to about 0.09 */
#define NA_REPEAT_BAND \
  2 /* hashes that must agree for two stories to be compared: misses 1 in 1,000,000 at a likeness of 0.75 */
#define NA_REPEAT_ALIKE 19 /* hashes of 32 that make a repeat: a likeness of about 0.6 */
#define NA_REPEAT_WORDS 4  /* a shorter text is not unlike enough to others to be a repeat */

/*
** Puts into first[i], for each story, the earliest one that it repeats, or i itself: as the archive's file has it, or else
** linear in the texts, with NA_REPEAT_HASHES * 4 bytes of memory for each story. NA_NOMEM, or NA_BAD where the file is damaged.
*/
na_status na_repeats_find (const na_archive *archive, uint32_t *first);

/* Writes the section of repeats. Fails as na_repeats_find and na_image_append do. */
na_status na_repeats_write (na_image_writer *image, const na_archive *archive);

#endif
