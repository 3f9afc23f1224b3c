#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef NA_FAULTS
size_t na_fault_count, na_fault_at = SIZE_MAX;
#define FAULT (na_fault_count++ == na_fault_at)
#else
#define FAULT 0
#endif

void *na_malloc (size_t size) {
  return FAULT ? NULL : malloc(size ? size : 1);
}

void *na_realloc (void *old, size_t size) {
  return FAULT ? NULL : realloc(old, size ? size : 1);
}

void na_free (void *block) {
  free(block);
}

int na_grow (void **items, size_t *capacity, size_t count, size_t size) {
  if (count < *capacity) return 1;
  size_t wanted = count + count / 2 + 8;
  if (wanted > SIZE_MAX / size) return 0;
  void *grown = na_realloc(*items, wanted * size);
  if (!grown) return 0;
  *items = grown;
  *capacity = wanted;
  return 1;
}
