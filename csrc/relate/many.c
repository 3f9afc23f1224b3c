#include "relate/many.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/memory.h"

#define TAKEN_AT_ONCE 64

/* Each worker takes the next stories that nobody has taken yet. */
typedef struct na_crew {
  const na_relate_job *job;
  na_scored *found;
  uint32_t *counts;
  atomic_size_t next;
} na_crew;

typedef struct na_worker {
  na_crew *crew;
  na_walk walk;
  pthread_t thread;
  bool started;
} na_worker;

static void *work (void *argument) {
  na_worker *worker = argument;
  const na_relate_job *job = worker->crew->job;
  for (;;) {
    size_t from = atomic_fetch_add(&worker->crew->next, TAKEN_AT_ONCE), to = from + TAKEN_AT_ONCE;
    if (from >= job->count) return NULL;
    for (size_t i = from; i < to && i < job->count; i++) {
      na_related_query query = job->query;
      query.story = job->stories ? job->stories[i] : job->first + (uint32_t)i;
      na_scored *out = worker->crew->found + i * query.limit;
      worker->crew->counts[i] = (uint32_t)na_related_find(&worker->walk, &query, out);
      if (job->selves) job->selves[i] = na_score_of(job->related, worker->walk.own, 0);
    }
  }
}

na_status na_relate_many (const na_relate_job *job, na_scored *found, uint32_t *counts) {
  size_t threads = job->threads, ready = 0;
  NA_TRY(na_related_unpack(job->related));
  na_crew crew = { .job = job, .found = found, .counts = counts };
  na_worker *workers = na_malloc(threads * sizeof *workers);
  if (!workers) return NA_NOMEM;
  memset(workers, 0, threads * sizeof *workers);
  while (ready < threads && na_walk_open(&workers[ready].walk, job->related) == NA_OK)
    workers[ready++].crew = &crew;
  for (size_t i = 1; i < ready; i++)
    workers[i].started = pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
  if (ready) work(&workers[0]);
  for (size_t i = 0; i < ready; i++) {
    if (workers[i].started) pthread_join(workers[i].thread, NULL);
    na_walk_close(&workers[i].walk);
  }
  na_free(workers);
  return ready ? NA_OK : NA_NOMEM;
}
