/* csrc/base/map.h -- texts to small numbers. */
#ifndef NA_BASE_MAP_H
#define NA_BASE_MAP_H

#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

#define NA_MAP_NONE UINT32_MAX

/*
** An open-addressing hash map (linear probing, XXH3) from texts to numbers. All zero is a valid empty map.
** Keys are not copied: they must stay where they are as long as the map.
** It has no order of its own; whoever needs one keeps it beside, which is what the numbers are for.
*/
typedef struct na_map {
  struct na_map_slot *slots;
  size_t count, capacity;
} na_map;

void na_map_free (na_map *map);

/* The number of `key`, or NA_MAP_NONE. */
uint32_t na_map_get (const na_map *map, na_slice key);

/*
** Finds `key`, or puts it in with `value`. *stored is the place of its number, valid until the next put;
** where the key was there already, the number is left as it was and *fresh is false. Fails only for want of memory.
*/
na_status na_map_put (na_map *map, na_slice key, uint32_t value, uint32_t **stored, bool *fresh);

#endif
