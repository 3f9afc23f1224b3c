#include "index/bitmap.h"

#include <string.h>

na_bitmap na_bitmap_make (na_arena *arena, na_posting_list list, const uint8_t *impacts, size_t stories) {
  size_t count = stories / 64 + 1;
  if (list.count < stories / NA_BITMAP_SHARE) return (na_bitmap){ 0 };
  uint64_t *words = na_arena_alloc(arena, count * sizeof *words);
  uint32_t *before = na_arena_alloc(arena, count * sizeof *before);
  uint8_t *tops = na_arena_alloc(arena, count);
  if (!words || !before || !tops) return (na_bitmap){ 0 };
  memset(words, 0, count * sizeof *words);
  memset(tops, 0, count);
  for (size_t w = 0, i = 0; w < count; w++) {
    before[w] = (uint32_t)i;
    for (; i < list.count && list.items[i] / 64 == w; i++) {
      words[w] |= (uint64_t)1 << list.items[i] % 64;
      if (impacts[i] > tops[w]) tops[w] = impacts[i];
    }
  }
  return (na_bitmap){ words, before, tops };
}
