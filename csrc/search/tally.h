/* csrc/search/tally.h -- what the stories of a whole result have, counted. */
#ifndef NA_SEARCH_TALLY_H
#define NA_SEARCH_TALLY_H

#include "search/plan.h"

/* Puts all stories that the plan means into *stories, newest first, in the plan's arena. Fails only for want of memory. */
na_status na_tally_gather (na_plan *plan, uint32_t **stories, size_t *count);

typedef struct na_tally {
  uint32_t value, stories; /* of the facet; how many have it */
} na_tally;

#define NA_TALLY_LIMIT     10
#define NA_TALLY_LIMIT_MAX 1000

/*
** The values that most of the stories have into `out`, which has room for `limit` of them; gives their number. Values with
** as many stories stand in order of name. Linear in the stories' values.
*/
size_t na_tally_top (na_search_index *index, na_clause_kind kind, const uint32_t *stories, size_t count,
                     na_tally *out, size_t limit);

#endif
