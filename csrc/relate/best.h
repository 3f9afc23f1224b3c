/* csrc/relate/best.h -- a list of related stories in the making: the best of all, or what it became day by day. */
#ifndef NA_RELATE_BEST_H
#define NA_RELATE_BEST_H

#include "relate/related.h"

/* A related story and its score. */
typedef struct na_scored {
  uint32_t story;
  double score;
} na_scored;

typedef struct na_related_query {
  uint32_t story;
  size_t limit; /* 0 to NA_CONTEXT_LIMIT_MAX */
  na_direction direction;
  double least; /* only scores of at least this share of the story's score for itself */
  bool fold;    /* of stories that tell the same only one: na_related.originals must be there */
} na_related_query;

/*
** NA_DIRECTION_NEXT: the list as it grew while days were added behind the story. The best of a day come first; what stands
** there gives way only to what is so many times better. The first entry needs `least`, so that hardly a list stays empty,
** the others so many times more. Such a list seldom changes, and what it becomes follows from the days alone, not from how
** often it was made. Both figures keep a new story, at the median of the days, from changing more than 3 lists.
*/
#define NA_NEXT_MORE   2.0
#define NA_NEXT_MARGIN 1.5

typedef struct na_best {
  const na_related *related;
  const na_related_query *query;
  na_scored *items; /* the caller's, room for query->limit; best first */
  size_t count;
  double first,
      floor; /* the least score of a first entry; a score below the floor is of no use, and it never sinks */
  na_scored *today; /* NEXT: the best of the day at hand; the caller's, room for query->limit */
  size_t today_count;
} na_best;

/* What a score must reach to change the list as it stands: `floor`, from the items and `first`. */
double na_best_floor (const na_best *best);

/* Offers a story and its sum. NEXT: in order of date; what was offered counts when its day is over. */
void na_best_offer (na_best *best, uint32_t story, uint32_t sum);

/* NEXT: the day at hand is over. */
void na_best_end_day (na_best *best);

#endif
