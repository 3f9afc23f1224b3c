/* csrc/base/arena.h -- memory that is given back all at once. */
#ifndef NA_BASE_ARENA_H
#define NA_BASE_ARENA_H

#include "base/slice.h"
#include "base/status.h"

/* All zero is a valid empty arena. What it gives stays in place until na_arena_free. */
typedef struct na_arena {
  struct na_arena_block *blocks; /* newest first */
  size_t used, bytes;            /* in the newest block; in all of them */
} na_arena;

/* Gives all back; the arena is empty and usable again. */
void na_arena_free (na_arena *arena);

/* The same, but for one block: for an arena that is filled again and again. */
void na_arena_clear (na_arena *arena);

/* `size` bytes aligned for any type, not cleared; NULL where memory ran out. */
void *na_arena_alloc (na_arena *arena, size_t size);

/* Copies `text` into the arena, with a NUL behind it. An absent slice stays absent. Fails only for want of memory. */
na_status na_arena_copy (na_arena *arena, na_slice text, na_slice *copy);

#endif
