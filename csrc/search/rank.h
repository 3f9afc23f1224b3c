/* csrc/search/rank.h -- the stories that a plan means: the best, the newest, or all of them. */
#ifndef NA_SEARCH_RANK_H
#define NA_SEARCH_RANK_H

#include "search/plan.h"

typedef struct na_hit {
  uint32_t story;
  double score; /* in steps of NA_SEARCH_SCORE_UNIT */
} na_hit;

typedef enum na_search_order { NA_ORDER_RELEVANCE, NA_ORDER_NEWEST, NA_ORDER_OLDEST } na_search_order;

#define NA_SEARCH_LIMIT     10
#define NA_SEARCH_LIMIT_MAX 1000

/*
** Recency multiplies a score by 1 + recency * 2^(-age / half-life), where the age is that before the archive's newest story:
** the same archive always gives the same order.
*/
#define NA_RECENCY_HALF_LIFE_DAYS 365
#define NA_RECENCY_MAX            100

typedef struct na_search_options {
  size_t limit; /* 0 to NA_SEARCH_LIMIT_MAX */
  na_search_order order;
  double recency; /* 0 to NA_RECENCY_MAX; 0 counts words alone */
} na_search_options;

/*
** The first stories in the order asked for into `hits`, which has room for `limit` of them; gives their number. Relevance
** goes by score, then the newest day, then the id; dates go by day, then the order of adding. Without words it goes by date.
** Exact: what is skipped cannot be among the best.
*/
size_t na_rank_find (na_plan *plan, const na_search_options *options, na_hit *hits);

/* By relevance without skipping anything: what na_rank_find is checked and measured against. */
size_t na_rank_find_slowly (const na_plan *plan, const na_search_options *options, na_hit *hits);

/* A walk over all stories that a plan means, from the newest on: na_rank_begin, then na_rank_next until it says false. */
void na_rank_begin (na_plan *plan);
bool na_rank_next (na_plan *plan, uint32_t *story);

#endif
