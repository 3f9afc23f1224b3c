#include "index/bitmap.h"

#include <string.h>

static na_status add_impacts (na_bitmap *bitmap, na_arena *arena, na_posting_list list,
                              const uint8_t *impacts, size_t words) {
  uint32_t *before = na_arena_alloc(arena, words * sizeof *before);
  uint8_t *tops = na_arena_alloc(arena, words);
  if (!before || !tops) return NA_NOMEM;
  memset(tops, 0, words);
  for (size_t w = 0, i = 0; w < words; w++) {
    before[w] = (uint32_t)i;
    for (; i < list.count && list.items[i] / 64 == w; i++)
      if (impacts[i] > tops[w]) tops[w] = impacts[i];
  }
  bitmap->before = before;
  bitmap->tops = tops;
  return NA_OK;
}

na_status na_bitmap_make (na_bitmap *bitmap, na_arena *arena, na_posting_list list, const uint8_t *impacts,
                          size_t stories) {
  size_t count = stories / 64 + 1;
  uint64_t *words = na_arena_alloc(arena, count * sizeof *words);
  if (!words) return NA_NOMEM;
  memset(words, 0, count * sizeof *words);
  for (size_t i = 0; i < list.count; i++) words[list.items[i] / 64] |= (uint64_t)1 << list.items[i] % 64;
  *bitmap = (na_bitmap){ .words = words };
  return impacts ? add_impacts(bitmap, arena, list, impacts, count) : NA_OK;
}
