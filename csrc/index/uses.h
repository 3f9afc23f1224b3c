/* csrc/index/uses.h -- which terms each story uses, on their way into the file: in memory up to a limit. */
#ifndef NA_INDEX_USES_H
#define NA_INDEX_USES_H

#include "base/spill.h"
#include "index/cursor.h"
#include "index/wording.h"

/* That a story uses a term, and how much, which is at least 1. */
typedef struct na_use {
  uint32_t term, units;
} na_use;

/* The uses of stories, one story behind the other. All zero is valid and empty; the spill's limit may be set before. */
typedef struct na_uses {
  na_spill bytes;
  na_buffer story; /* the one that is packed */
} na_uses;

void na_uses_free (na_uses *uses);

/* Appends what the next story uses, ascending by term, each once, units at most a byte. NA_NOMEM; NA_IO with errno. */
na_status na_uses_add (na_uses *uses, const na_use *items, size_t count);

/* A walk over all stories. `items` are those of the story at hand, for the walker to change. */
typedef struct na_uses_walk {
  na_uses *uses;
  na_cursor cursor;
  na_use *items;
  size_t count, capacity;
  size_t walked; /* stories */
} na_uses_walk;

/* Begins before the first story; to be freed in any case. The uses stay as they are meanwhile. NA_IO with errno. */
na_status na_uses_begin (na_uses_walk *walk, na_uses *uses);
void na_uses_walk_free (na_uses_walk *walk);

/* Goes to the next story, which must be there. Fails only for want of memory. */
na_status na_uses_next (na_uses_walk *walk);

#define NA_USE_BYTES (NA_VARINT_BYTES + 1) /* most of one */

/*
** Writes a use as posting lists have it: the distance from the one before, and the units, at most a byte, where they are not
** the usual ones. Gives the bytes.
*/
static inline size_t na_use_put (uint8_t out[NA_USE_BYTES], uint32_t distance, uint32_t units) {
  size_t size = na_varint_put(out, (uint64_t)distance << 1 | (units != NA_TITLE_UNITS));
  if (units != NA_TITLE_UNITS) out[size++] = (uint8_t)units;
  return size;
}

#endif
