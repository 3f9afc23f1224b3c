#include "text/likeness.h"

#include <stdlib.h>
#include <xxhash.h>

#include "text/words.h"

static int compare_hashes (const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static size_t sort_unique (uint32_t *hashes, size_t count) {
  if (!count) return 0;
  qsort(hashes, count, sizeof *hashes, compare_hashes);
  size_t kept = 1;
  for (size_t i = 1; i < count; i++)
    if (hashes[i] != hashes[kept - 1]) hashes[kept++] = hashes[i];
  return kept;
}

na_status na_word_set_of (na_arena *arena, const na_fold_table *fold, na_slice text, na_word_set *set) {
  uint32_t hashes[NA_WORD_SET_MAX] = { 0 };
  size_t count = 0;
  na_words words;
  na_word word;
  na_words_begin(&words, fold, text);
  while (count < NA_WORD_SET_MAX && na_words_next(&words, &word))
    hashes[count++] = (uint32_t)XXH3_64bits(word.text.data, word.text.size);
  *set = (na_word_set){ .count = sort_unique(hashes, count) };
  set->hashes = na_arena_alloc(arena, set->count * sizeof *hashes);
  if (!set->hashes) return NA_NOMEM;
  memcpy(set->hashes, hashes, set->count * sizeof *hashes);
  return NA_OK;
}

double na_word_likeness (na_word_set a, na_word_set b) {
  size_t common = 0;
  for (size_t i = 0, k = 0; i < a.count && k < b.count;) {
    uint32_t x = a.hashes[i], y = b.hashes[k];
    common += x == y;
    i += x <= y;
    k += y <= x;
  }
  return common ? 2.0 * (double)common / (double)(a.count + b.count) : 0;
}
