/* csrc/relate/related.h -- related stories by relevance: shared words, names and entities, nearness in time. */
#ifndef NA_RELATE_RELATED_H
#define NA_RELATE_RELATED_H

#include "index/terms.h"
#include "relate/context.h"
#include "relate/weights.h"

/*
** The score of a story d for the story q:
**
**     score(q, d) = (1 + days between)^-decay * SUM over shared terms t of  weight(q, t) * impact(t, d)
**     weight(q, t) = worth(t) * (local idf / idf)^local * impact(t, q)^emphasis
**     worth(t) = weight of its kind * idf * (idf / highest idf)^sharpness, less for words that come with a neighbour
**
** Weights and impacts are whole numbers, so that the sum is the same in whatever order it is made, and a pruned walk can be
** compared with an exhaustive one to the last bit. Counts go in rounded to quarters of a power of two: a new story moves
** hardly any weight, and old lists stay.
*/
#define NA_WEIGHT_ONE    256   /* steps of a weight */
#define NA_WEIGHT_MAX    65535 /* so that NA_RELATED_TERMS * NA_WEIGHT_MAX * 255 fits 32 bits */
#define NA_RELATED_TERMS 256   /* the weightiest terms of a story ask; only long bodies have more */
#define NA_RELATED_LIMIT 10
#define NA_SCORE_UNIT    (1.0 / ((double)NA_WEIGHT_ONE * NA_IMPACT_ONE))

/* What is the same for all queries. All zero is valid and empty. The archive and its terms must live as long. */
typedef struct na_related {
  const na_archive *archive;
  const na_terms *terms;
  na_weights weights;
  float *worth, *idf; /* of each term; a worth of 0 never asks */
  uint8_t *top;       /* the highest impact in the term's list */
  double *decay;      /* by days between, up to the longest distance in the archive */
  size_t decay_count;
} na_related;

void na_related_free (na_related *related);

/* Linear in terms, postings and days. Fails only for want of memory. */
na_status na_related_build (na_related *related, const na_archive *archive, const na_terms *terms,
                            const na_weights *weights);

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
} na_related_query;

/* A term of the story that asks. */
typedef struct na_asking {
  uint32_t term, weight, bound; /* bound: the most that it can add to a sum */
  size_t before, after;         /* places in the term's list: the walks up and down */
} na_asking;

/* What one walk needs; one for each thread, used again and again. All zero is valid and closed. */
typedef struct na_walk {
  const na_related *related;
  uint32_t *sums, *touched; /* of each story; sums are 0 between queries */
  uint32_t *weights;        /* of each term; 0 between queries */
  na_asking asking[NA_RELATED_TERMS];
  size_t asking_count;
  uint32_t self; /* the story's sum for itself */
} na_walk;

void na_walk_close (na_walk *walk);
na_status na_walk_open (na_walk *walk, const na_related *related);

/*
** The best stories for the query into `out`, which has room for `limit` of them; gives their number. Order: score, then
** the nearest date, then the id. Exact: what is skipped cannot be among the best.
*/
size_t na_related_find (na_walk *walk, const na_related_query *query, na_scored *out);

/* The same without skipping anything: what na_related_find is checked and measured against. */
size_t na_related_find_slowly (na_walk *walk, const na_related_query *query, na_scored *out);

/* ---- reasons ---- */

/* What one shared term adds to the score. */
typedef struct na_reason {
  uint32_t term;
  double share;
} na_reason;

#define NA_REASONS_MAX NA_RELATED_TERMS

/*
** Why `other` is related to `story`: the shared terms, the largest share first, into `reasons` with room for
** NA_REASONS_MAX; gives their number. The shares add up to the score, which is put into *score.
*/
size_t na_related_why (na_walk *walk, uint32_t story, uint32_t other, na_reason *reasons, double *score);

/* The score of a story for itself: what its relations can be compared with. */
double na_related_self (na_walk *walk, uint32_t story);

/* ---- many at once ---- */

#define NA_THREADS_MAX 64

typedef struct na_relate_job {
  const na_related *related;
  const uint32_t *stories; /* that ask; NULL for all from `first` on */
  uint32_t first;
  size_t count;
  na_related_query query; /* but for the story */
  size_t threads;         /* 1 to NA_THREADS_MAX; the result is the same */
} na_relate_job;

/*
** The relations of `count` stories: those of the i-th are found[i * limit] and behind, counts[i] of them.
** Fails only for want of memory (for threads that cannot be started, fewer do the work).
*/
na_status na_relate_many (const na_relate_job *job, na_scored *found, uint32_t *counts);

#endif
