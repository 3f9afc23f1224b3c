/* csrc/base/memory.h -- the only door to the heap, so that a test can make any allocation fail. */
#ifndef NA_BASE_MEMORY_H
#define NA_BASE_MEMORY_H

#include <stddef.h>

/*
** Like malloc, realloc and free. NULL means that memory ran out (a size of 0 is served as 1).
** Built with -DNA_FAULTS, the call number `na_fault_at` (counted in `na_fault_count`) fails: spec/support/faults.c.
*/
void *na_malloc (size_t size);
void *na_realloc (void *old, size_t size);
void na_free (void *block);

/*
** Room for `count + 1` items of `size` bytes in *items, growing by half; *capacity is kept beside.
** Gives 0 and leaves all as it was where memory ran out, 1 otherwise.
*/
int na_grow (void **items, size_t *capacity, size_t count, size_t size);

#ifdef NA_FAULTS
extern size_t na_fault_count, na_fault_at;
#endif

#endif
