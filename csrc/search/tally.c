#include "search/tally.h"

#include "search/rank.h"

#define FIRST_ROOM 1024

na_status na_tally_gather (na_plan *plan, uint32_t **stories, size_t *count) {
  size_t room = 0;
  uint32_t story;
  *stories = NULL;
  *count = 0;
  na_rank_begin(plan);
  while (na_rank_next(plan, &story)) {
    if (*count == room) { /* what is left behind in the arena is less than what is kept */
      size_t more = room ? room * 2 : FIRST_ROOM;
      uint32_t *moved = na_arena_alloc(&plan->arena, more * sizeof *moved);
      if (!moved) return NA_NOMEM;
      if (room) memcpy(moved, *stories, room * sizeof *moved);
      *stories = moved;
      room = more;
    }
    (*stories)[(*count)++] = story;
  }
  return NA_OK;
}

/* Puts a value in its place among the first `count`, where there is one; gives their new number. */
static size_t insert (na_tally *out, size_t count, size_t limit, na_tally more) {
  size_t place = count;
  while (place && (out[place - 1].stories < more.stories ||
                   (out[place - 1].stories == more.stories && out[place - 1].value > more.value)))
    place--;
  if (place == limit) return count;
  if (count == limit) count--;
  memmove(out + place + 1, out + place, (count - place) * sizeof *out);
  out[place] = more;
  return count + 1;
}

size_t na_tally_top (const na_search_index *index, na_clause_kind kind, const uint32_t *stories, size_t count,
                     na_tally *out, size_t limit) {
  const na_postings *values = &na_search_facet(index, kind)->values;
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    na_posting_list list = na_postings_list(values, stories[i]);
    for (size_t k = 0; k < list.count; k++) index->counts[list.items[k]]++;
  }
  for (size_t i = 0; i < count; i++) {
    na_posting_list list = na_postings_list(values, stories[i]);
    for (size_t k = 0; k < list.count; k++) {
      uint32_t *of_value = &index->counts[list.items[k]];
      if (*of_value && limit) found = insert(out, found, limit, (na_tally){ list.items[k], *of_value });
      *of_value = 0;
    }
  }
  return found;
}
