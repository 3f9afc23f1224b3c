/* csrc/relate/many.h -- the relations of many stories, on several threads. */
#ifndef NA_RELATE_MANY_H
#define NA_RELATE_MANY_H

#include "relate/walk.h"

#define NA_THREADS_MAX 64

typedef struct na_relate_job {
  const na_related *related;
  const uint32_t *stories; /* that ask; NULL for all from `first` on */
  uint32_t first;
  size_t count;
  na_related_query query; /* but for the story */
  size_t threads;         /* 1 to NA_THREADS_MAX; the result is the same */
  double *selves;         /* NULL, or room for the score of each of these stories for itself */
} na_relate_job;

/*
** The relations of `count` stories: those of the i-th are found[i * limit] and behind, counts[i] of them.
** Fails only for want of memory (for threads that cannot be started, fewer do the work).
*/
na_status na_relate_many (const na_relate_job *job, na_scored *found, uint32_t *counts);

#endif
