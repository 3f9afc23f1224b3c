#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

/* Large enough that the list of blocks is short, small enough for one story. */
#define BLOCK_BYTES ((size_t)64 * 1024)
#define ALIGNMENT   _Alignof(max_align_t)

typedef struct na_arena_block {
  struct na_arena_block *next;
  size_t size;
  _Alignas(max_align_t) char bytes[];
} na_arena_block;

void na_arena_free (na_arena *arena) {
  for (na_arena_block *block = arena->blocks; block;) {
    na_arena_block *next = block->next;
    na_free(block);
    block = next;
  }
  *arena = (na_arena){ 0 };
}

void na_arena_clear (na_arena *arena) {
  na_arena_block *kept = arena->blocks;
  if (!kept) return;
  na_arena rest = { .blocks = kept->next };
  na_arena_free(&rest);
  kept->next = NULL;
  arena->used = 0;
  arena->bytes = kept->size;
}

/* A block of its own for what is large, put behind the newest so that this one's room is not lost. */
static void *alloc_block (na_arena *arena, size_t size) {
  bool large = size > BLOCK_BYTES / 4;
  size_t room = large ? size : BLOCK_BYTES;
  if (room > SIZE_MAX - sizeof(na_arena_block)) return NULL;
  na_arena_block *block = na_malloc(sizeof(na_arena_block) + room);
  if (!block) return NULL;
  block->size = room;
  arena->bytes += room;
  if (large && arena->blocks) {
    block->next = arena->blocks->next;
    arena->blocks->next = block;
  } else {
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used = size;
  }
  return block->bytes;
}

static void *alloc_aligned (na_arena *arena, size_t size, size_t alignment) {
  size_t start = (arena->used + alignment - 1) & ~(alignment - 1);
  if (!arena->blocks || start > arena->blocks->size || size > arena->blocks->size - start)
    return alloc_block(arena, size);
  arena->used = start + size;
  return arena->blocks->bytes + start;
}

void *na_arena_alloc (na_arena *arena, size_t size) {
  return alloc_aligned(arena, size, ALIGNMENT);
}

na_status na_arena_copy (na_arena *arena, na_slice text, na_slice *copy) {
  *copy = NA_NONE;
  if (!text.data) return NA_OK;
  char *bytes = text.size < SIZE_MAX ? alloc_aligned(arena, text.size + 1, 1) : NULL;
  if (!bytes) return NA_NOMEM;
  if (text.size) memcpy(bytes, text.data, text.size);
  bytes[text.size] = '\0';
  *copy = (na_slice){ bytes, text.size };
  return NA_OK;
}
