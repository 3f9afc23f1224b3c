/* csrc/relate/walk.h -- the best related stories: an exact walk over posting lists, from the story's day outward. */
#ifndef NA_RELATE_WALK_H
#define NA_RELATE_WALK_H

#include "relate/asking.h"
#include "relate/best.h"

/*
** The best stories for the query into `out`, which has room for `limit` of them; gives their number. Order: score, then
** the nearest date, then the id. With NA_DIRECTION_NEXT the list as it grew (best.h). Exact: what is skipped cannot be
** among them.
*/
size_t na_related_find (na_walk *walk, const na_related_query *query, na_scored *out);

/* The same without skipping anything: what na_related_find is checked and measured against. */
size_t na_related_find_slowly (na_walk *walk, const na_related_query *query, na_scored *out);

#endif
