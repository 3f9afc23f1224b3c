#include "text/trie.h"

#include <string.h>

#include "base/memory.h"

#define FIRST_CAPACITY ((size_t)64)
#define EDGES_MAX      ((size_t)INT32_MAX)

void na_trie_free (na_trie *trie) {
  na_free(trie->edges);
  *trie = (na_trie){ 0 };
}

/* The place of `key`, or the free one where it would go. */
static na_trie_edge *place_of (na_trie_edge *edges, size_t capacity, uint64_t key) {
  size_t i = na_trie_place(key, capacity);
  while (edges[i].key && edges[i].key != key)
    if (++i == capacity) i = 0;
  return &edges[i];
}

/* Room for `more` edges with a quarter of the places left free. */
static na_status reserve (na_trie *trie, size_t more) {
  if (trie->count + more > EDGES_MAX) return NA_LIMIT;
  if (trie->count + more <= trie->capacity / 4 * 3) return NA_OK;
  size_t capacity = FIRST_CAPACITY;
  while (trie->count + more > capacity / 4 * 3 || capacity <= trie->capacity) capacity += capacity / 4 * 3;
  na_trie_edge *edges = na_malloc(capacity * sizeof *edges);
  if (!edges) return NA_NOMEM;
  memset(edges, 0, capacity * sizeof *edges);
  for (size_t i = 0; i < trie->capacity; i++)
    if (trie->edges[i].key) *place_of(edges, capacity, trie->edges[i].key) = trie->edges[i];
  na_free(trie->edges);
  trie->edges = edges;
  trie->capacity = capacity;
  return NA_OK;
}

na_status na_trie_put (na_trie *trie, const uint64_t *numbers, size_t count, na_trie_edge **end) {
  NA_TRY(reserve(trie, count));
  na_trie_edge *edge = NULL;
  for (size_t i = 0; i < count; i++) {
    if (edge) edge->inner = 1;
    uint64_t key = na_trie_key(edge ? edge->node : NA_TRIE_ROOT, numbers[i]);
    edge = place_of(trie->edges, trie->capacity, key);
    if (edge->key) continue;
    *edge = (na_trie_edge){ .key = key, .node = (uint32_t)++trie->count & INT32_MAX, .value = NA_TRIE_NONE };
  }
  *end = edge;
  return NA_OK;
}
