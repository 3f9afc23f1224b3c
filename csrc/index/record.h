/* csrc/index/record.h -- a story as bytes. */
#ifndef NA_INDEX_RECORD_H
#define NA_INDEX_RECORD_H

#include "base/map.h"
#include "index/rows.h"
#include "parse/story.h"

/*
** A record is a number whose bit i says that field i of the shape is there, and then these fields in the shape's order:
** of a text its size and its bytes, or the number of a text in its field's pool; of a list the count and the items; whole
** numbers with the sign as the lowest bit; of what is true, nothing. All numbers are as in cursor.h.
**
** Before the story stands one byte of flags. A date that is no more than the story's day is left out, and so is the day and the
** '/' where the id begins with them.
*/
enum { NA_RECORD_DATED = 1, NA_RECORD_OF_DAY = 2 };

/* Appends the story. Without `numbers` (of texts, for each pool) all texts stand in it. Fails only for want of memory. */
na_status na_story_pack (na_buffer *out, const na_story *story, const na_map *numbers);

/*
** Reads a story back. Its texts stay where they are: in `bytes`, in the pools (NULL where no text is there), or, of the date
** and the id, in `arena`, as lists do. `day` is the story's. NA_BAD where the bytes are no story, else NA_NOMEM.
*/
na_status na_story_unpack (na_slice bytes, const na_rows *pools, na_day day, na_arena *arena,
                           na_story *story);

/* The id of a story in two parts, as it is kept: what follows from the story's day, "2007-09-01/" or nothing, and the rest. */
typedef struct na_story_id {
  char day[NA_DATE_BYTES];
  size_t day_size;
  na_slice rest;
} na_story_id;

/* Reads the id alone, without memory. NA_BAD where the bytes are no story; the id is empty then. */
na_status na_story_unpack_id (na_slice bytes, const na_rows *pools, na_day day, na_story_id *id);

/* As na_slice_compare of the whole ids. */
int na_story_id_compare (const na_story_id *a, const na_story_id *b);

/* Calls `visit` for every text of a record that belongs into a pool. Ends with the first failure. */
typedef na_status na_text_visitor (void *context, na_pool pool, na_slice text);
na_status na_record_visit (const na_shape *shape, const void *record, na_text_visitor *visit, void *context);

/*
** Calls `visit` for the number of every text of a pool that the bytes of a story have, and for the size of every text that
** stands in them. Ends with the first failure; NA_BAD where the bytes are no story.
*/
typedef na_status na_number_visitor (void *context, na_pool pool, uint32_t number);
na_status na_story_scan (na_slice bytes, const na_rows *pools, na_number_visitor *visit, void *context);

#endif
