/* csrc/relate/asking.h -- what a story asks other stories for: its terms with their weights at its time. */
#ifndef NA_RELATE_ASKING_H
#define NA_RELATE_ASKING_H

#include "relate/related.h"

/* Stories [first, end). */
typedef struct na_era {
  uint32_t first, end;
} na_era;

/* A term of the story that asks. */
typedef struct na_asking {
  uint32_t term, weight, bound; /* bound: the most that it can add to a sum */
  size_t before, after;         /* places in the term's list: the walks up and down */
} na_asking;

/* Where a term's list was entered: at the begin of a story's time, and behind its day. The next story begins near there. */
typedef struct na_entered {
  uint32_t from, end;
} na_entered;

/* What one walk needs; one for each thread, used again and again. All zero is valid and closed. */
typedef struct na_walk {
  const na_related *related;
  uint32_t *sums, *touched; /* of each story; sums are 0 between queries */
  uint32_t *weights;        /* of each term; 0 between queries */
  na_entered *entered;      /* of each term */
  na_asking asking[NA_RELATED_TERMS];
  size_t asking_count;
  uint32_t own; /* the sum of the story that asks for itself */
} na_walk;

void na_walk_close (na_walk *walk);
na_status na_walk_open (na_walk *walk, const na_related *related);

/*
** Fills `asking` with the weightiest terms of the story, ascending by what they can add, each `after` its stories up to that
** day, and `weights` and `own`.
** Must be followed by na_walk_end.
*/
void na_walk_begin (na_walk *walk, uint32_t story);
void na_walk_end (na_walk *walk);

/* The sum of another story, from its own list of terms. */
uint32_t na_walk_sum (const na_walk *walk, uint32_t story);

uint32_t na_days_between (const na_archive *archive, uint32_t a, uint32_t b);

/* The score of a sum at a distance of `days`. */
double na_score_of (const na_related *related, uint32_t sum, int64_t days);

#endif
