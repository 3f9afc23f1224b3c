#include "text/lookup.h"

#include <string.h>

#include "base/memory.h"

#define FIRST_CAPACITY ((size_t)64)
#define SIEVE_BITS_MIN 8 /* words, as a power of two: 2 kB */
#define SIEVE_PER_WORD 4 /* sequences: 1 of 10 strangers passes when it is full */

void na_lookup_free (na_lookup *lookup) {
  na_free(lookup->keys);
  na_free(lookup->numbers);
  *lookup = (na_lookup){ 0 };
}

/* The place of `key`, or the free one where it would go. */
static size_t place_of (const na_lookup *lookup, uint64_t key) {
  size_t i = na_lookup_place(lookup, key);
  while (lookup->keys[i] && lookup->keys[i] != key)
    if (++i == lookup->capacity) i = 0;
  return i;
}

/* Twice the places, so that three of four are taken at most. */
static na_status grow (na_lookup *lookup) {
  na_lookup wider = { .count = lookup->count,
                      .capacity = lookup->capacity ? lookup->capacity * 2 : FIRST_CAPACITY };
  wider.keys = na_malloc(wider.capacity * sizeof *wider.keys);
  wider.numbers = na_malloc(wider.capacity * sizeof *wider.numbers);
  if (!wider.keys || !wider.numbers) {
    na_lookup_free(&wider);
    return NA_NOMEM;
  }
  memset(wider.keys, 0, wider.capacity * sizeof *wider.keys);
  for (size_t i = 0; i < lookup->capacity; i++) {
    if (!lookup->keys[i]) continue;
    size_t place = place_of(&wider, lookup->keys[i]);
    wider.keys[place] = lookup->keys[i];
    wider.numbers[place] = lookup->numbers[i];
  }
  na_lookup_free(lookup);
  *lookup = wider;
  return NA_OK;
}

na_status na_lookup_put (na_lookup *lookup, uint64_t key, uint32_t **number) {
  if (lookup->count >= lookup->capacity / 4 * 3) NA_TRY(grow(lookup));
  key += !key;
  size_t place = place_of(lookup, key);
  if (!lookup->keys[place]) {
    lookup->keys[place] = key;
    lookup->numbers[place] = NA_LOOKUP_NONE;
    lookup->count++;
  }
  *number = &lookup->numbers[place];
  return NA_OK;
}

na_status na_sieve_open (na_sieve *sieve, size_t count) {
  unsigned bits = SIEVE_BITS_MIN;
  while (((size_t)1 << bits) * SIEVE_PER_WORD <= count) bits++;
  size_t size = ((size_t)1 << bits) * sizeof *sieve->words;
  uint64_t *words = na_malloc(size);
  if (!words) return NA_NOMEM;
  memset(words, 0, size);
  *sieve = (na_sieve){ words, 64 - bits, ((size_t)1 << bits) * SIEVE_PER_WORD };
  return NA_OK;
}

void na_sieve_free (na_sieve *sieve) {
  na_free(sieve->words);
  *sieve = (na_sieve){ 0 };
}
