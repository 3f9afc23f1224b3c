/* csrc/text/trie.h -- sequences of numbers, kept as the edges of a tree in one hash table. */
#ifndef NA_TEXT_TRIE_H
#define NA_TEXT_TRIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define NA_TRIE_ROOT 0u
#define NA_TRIE_NONE UINT32_MAX

/* From one node to the next over one number. An edge is found by a hash of 64 bits that stands for node and number. */
typedef struct na_trie_edge {
  uint64_t key;       /* 0 where the place is free */
  uint32_t node : 31; /* where it leads; nodes count from 1 */
  uint32_t inner : 1; /* edges lead on from there */
  uint32_t value;     /* of the sequence that ends there, or NA_TRIE_NONE */
} na_trie_edge;

/* All zero is a valid empty trie. */
typedef struct na_trie {
  na_trie_edge *edges; /* open addressing, linear probing */
  size_t count, capacity;
} na_trie;

void na_trie_free (na_trie *trie);

/*
** Puts the sequence of `count` numbers (at least one) in, and gives the edge at its end, valid until the next put. A new
** one has the value NA_TRIE_NONE. Fails for want of memory (NA_NOMEM) and beyond 2^31 - 1 edges (NA_LIMIT).
*/
na_status na_trie_put (na_trie *trie, const uint64_t *numbers, size_t count, na_trie_edge **end);

static inline uint64_t na_trie_key (uint32_t node, uint64_t number) {
  uint64_t key = (number + node * 0xD6E8FEB86659FD93u) * 0xFF51AFD7ED558CCDu;
  key ^= key >> 32;
  return key ? key : 1;
}

/* The place of `key` among `capacity` places, by its upper half, which is the better mixed one. */
static inline size_t na_trie_place (uint64_t key, size_t capacity) {
  return (size_t)((key >> 32) * capacity >> 32);
}

/* The edge over `number` from `node`, or NULL. The trie must not be empty. */
static inline const na_trie_edge *na_trie_find (const na_trie *trie, uint32_t node, uint64_t number) {
  uint64_t key = na_trie_key(node, number);
  for (size_t i = na_trie_place(key, trie->capacity);;) {
    const na_trie_edge *edge = &trie->edges[i];
    if (edge->key == key) return edge;
    if (!edge->key) return NULL;
    if (++i == trie->capacity) i = 0;
  }
}

#endif
