#include "base/map.h"

#include <xxhash.h>

#include "base/memory.h"

#define FIRST_CAPACITY 64 /* a power of two, as every capacity is */

typedef struct na_map_slot {
  na_slice key; /* absent where the slot is free */
  uint32_t hash, value;
} na_map_slot;

void na_map_free (na_map *map) {
  na_free(map->slots);
  *map = (na_map){ 0 };
}

static uint32_t hash_of (na_slice key) {
  return (uint32_t)XXH3_64bits(key.data, key.size);
}

/* The slot of `key`, or the free one where it would go. The map is never full. */
static na_map_slot *find (na_map_slot *slots, size_t capacity, na_slice key, uint32_t hash) {
  size_t i = hash & (capacity - 1);
  while (slots[i].key.data && !(slots[i].hash == hash && na_slice_equal(slots[i].key, key)))
    i = (i + 1) & (capacity - 1);
  return &slots[i];
}

uint32_t na_map_get (const na_map *map, na_slice key) {
  if (!map->count) return NA_MAP_NONE;
  const na_map_slot *slot = find(map->slots, map->capacity, key, hash_of(key));
  return slot->key.data ? slot->value : NA_MAP_NONE;
}

static na_status grow (na_map *map) {
  size_t capacity = map->capacity ? map->capacity * 2 : FIRST_CAPACITY;
  na_map_slot *slots =
      capacity <= SIZE_MAX / sizeof(na_map_slot) ? na_malloc(capacity * sizeof(na_map_slot)) : NULL;
  if (!slots) return NA_NOMEM;
  memset(slots, 0, capacity * sizeof(na_map_slot));
  for (size_t i = 0; i < map->capacity; i++) {
    na_map_slot *old = &map->slots[i];
    if (old->key.data) *find(slots, capacity, old->key, old->hash) = *old;
  }
  na_free(map->slots);
  map->slots = slots;
  map->capacity = capacity;
  return NA_OK;
}

na_status na_map_put (na_map *map, na_slice key, uint32_t value, uint32_t **stored, bool *fresh) {
  if (map->count >= map->capacity / 4 * 3) NA_TRY(grow(map));
  if (!key.data) key.data = "";
  uint32_t hash = hash_of(key);
  na_map_slot *slot = find(map->slots, map->capacity, key, hash);
  *fresh = !slot->key.data;
  if (*fresh) {
    *slot = (na_map_slot){ .key = key, .hash = hash, .value = value };
    map->count++;
  }
  *stored = &slot->value;
  return NA_OK;
}
