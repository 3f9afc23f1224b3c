/* csrc/index/bitmap.h -- a long posting list as bits, one of each story: a story is looked up at once, wherever it is. */
#ifndef NA_INDEX_BITMAP_H
#define NA_INDEX_BITMAP_H

#include <stdbool.h>

#include "base/arena.h"
#include "index/postings.h"

/* Of each 64 stories their bits, and what their items have. All zero is valid: there is none. */
typedef struct na_bitmap {
  const uint64_t *words;
  const uint32_t *before; /* how many items the list has before the first of them */
  const uint8_t *tops;    /* the highest impact of those that are in the list */
} na_bitmap;

/*
** Makes the bitmap, in the arena, of an ascending list of stories below `stories` with impacts beside its items; where these are
** NULL it has `words` alone. Fails only for want of memory.
*/
na_status na_bitmap_make (na_bitmap *bitmap, na_arena *arena, na_posting_list list, const uint8_t *impacts,
                          size_t stories);

static inline bool na_bitmap_has (const na_bitmap *bitmap, uint32_t story) {
  return bitmap->words[story / 64] >> story % 64 & 1;
}

/* How many items of the list are up to and with `story`. */
static inline size_t na_bitmap_place (const na_bitmap *bitmap, uint32_t story) {
  uint64_t passed = bitmap->words[story / 64] << (63 - story % 64);
  return bitmap->before[story / 64] + (size_t)__builtin_popcountll(passed);
}

#endif
