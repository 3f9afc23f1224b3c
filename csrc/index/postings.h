/* csrc/index/postings.h -- lists of numbers side by side: the entities of stories, the stories of entities. */
#ifndef NA_INDEX_POSTINGS_H
#define NA_INDEX_POSTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* `count` lists in one block: list i is items[starts[i]] up to, not including, items[starts[i + 1]]. All zero is valid. */
typedef struct na_postings {
  uint32_t *starts, *items;
  size_t count;
} na_postings;

/* One list. */
typedef struct na_posting_list {
  const uint32_t *items;
  size_t count;
} na_posting_list;

void na_postings_free (na_postings *postings);

/* Room for `count` lists with `items` numbers in all; starts[0] is 0, the rest is the caller's to fill. */
na_status na_postings_alloc (na_postings *postings, size_t count, size_t items);

static inline na_posting_list na_postings_list (const na_postings *postings, size_t i) {
  return (na_posting_list){ postings->items + postings->starts[i],
                            postings->starts[i + 1] - postings->starts[i] };
}

/* The first place of an ascending list with an item of at least `item`. */
size_t na_postings_place (na_posting_list list, uint32_t item);

/* The same, galloping from the place `near`, which may be anywhere: what is asked for in order costs what is passed. */
size_t na_postings_place_near (na_posting_list list, uint32_t item, size_t near);

/* The other way round: list j of `columns` lists in `out` has, ascending, every i whose list in `in` holds j. */
na_status na_postings_transpose (na_postings *out, const na_postings *in, size_t columns);

#endif
