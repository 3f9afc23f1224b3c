/* csrc/text/lookup.h -- numbers of 64 bits that stand for sequences, and what is known of them. */
#ifndef NA_TEXT_LOOKUP_H
#define NA_TEXT_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define NA_LOOKUP_NONE UINT32_MAX

/* Keys, which must be well mixed, with a number to each: open addressing, linear probing. All zero is valid and empty. */
typedef struct na_lookup {
  uint64_t *keys; /* 0 where the place is free */
  uint32_t *numbers;
  size_t count, capacity;
} na_lookup;

void na_lookup_free (na_lookup *lookup);

/* The place of the number of `key`, valid until the next put; NA_LOOKUP_NONE is in a new one. Fails only for want of memory. */
na_status na_lookup_put (na_lookup *lookup, uint64_t key, uint32_t **number);

/* Where the search for `key` begins. */
static inline size_t na_lookup_place (const na_lookup *lookup, uint64_t key) {
  return (size_t)((key >> 32) * lookup->capacity >> 32);
}

/* The number of `key`, or NA_LOOKUP_NONE. The lookup must not be empty. */
static inline uint32_t na_lookup_find (const na_lookup *lookup, uint64_t key) {
  key += !key;
  for (size_t i = na_lookup_place(lookup, key);;) {
    if (lookup->keys[i] == key) return lookup->numbers[i];
    if (!lookup->keys[i]) return NA_LOOKUP_NONE;
    if (++i == lookup->capacity) i = 0;
  }
}

/* Has the memory fetched that the search for `key` begins with. */
static inline void na_lookup_fetch (const na_lookup *lookup, uint64_t key) {
  __builtin_prefetch(&lookup->keys[na_lookup_place(lookup, key)]);
}

/*
** Two questions about a key that one look into memory answers, seldom wrongly with yes and never with no: does a sequence
** end there, and does one go on? It turns away most of what a text is made of.
*/
typedef struct na_sieve {
  uint64_t *words;
  unsigned shift;
  size_t room; /* sequences for which it is large enough */
} na_sieve;

typedef struct na_sieve_answer {
  bool ends, goes_on;
} na_sieve_answer;

/* Makes an empty sieve for more than `count` sequences, at most twice as many. Fails only for want of memory. */
na_status na_sieve_open (na_sieve *sieve, size_t count);
void na_sieve_free (na_sieve *sieve);

static inline void na_sieve_put_end (na_sieve *sieve, uint64_t key) {
  sieve->words[key >> sieve->shift] |= (uint64_t)1 << (key & 31);
}

static inline void na_sieve_put_prefix (na_sieve *sieve, uint64_t key) {
  sieve->words[key >> sieve->shift] |= (uint64_t)1 << (32 + (key >> 5 & 31));
}

static inline na_sieve_answer na_sieve_ask (const na_sieve *sieve, uint64_t key) {
  uint64_t word = sieve->words[key >> sieve->shift];
  return (na_sieve_answer){ word >> (key & 31) & 1, word >> (32 + (key >> 5 & 31)) & 1 };
}

#endif
