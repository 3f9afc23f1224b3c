/* csrc/index/runs.h -- which stories use each term, made of which terms each story uses: in sorted runs, which are merged. */
#ifndef NA_INDEX_RUNS_H
#define NA_INDEX_RUNS_H

#include "index/uses.h"

/* A posting before it is sorted. */
typedef struct na_posting {
  uint32_t term;
  uint32_t use; /* how far its story is behind the first of the run, and below that a byte of units */
} na_posting;

/* A run: of each term that it has, ascending, the stories. */
typedef struct na_run {
  uint64_t begin, end; /* in `bytes` */
  na_cursor cursor;    /* behind the number of the term that comes next */
  uint64_t next;       /* that term, or UINT64_MAX */
} na_run;

/*
** Postings come story by story and wait in memory. When they reach the limit of `bytes` they are sorted by term and become a
** run, which waits there: in memory up to the limit once more, then in a file. All zero is valid; the limit may be set before
** na_runs_open.
*/
typedef struct na_runs {
  na_spill bytes;
  size_t terms;
  na_posting *postings;
  size_t count, capacity;
  uint32_t first;   /* story of these postings */
  uint32_t *starts; /* where those of each term begin, when they are sorted */
  na_buffer list;
  na_run *runs;
  size_t run_count, run_capacity;
  size_t read; /* bytes that were merged since the last rest */
} na_runs;

/* Begins with no postings of so many terms. Fails only for want of memory. */
na_status na_runs_open (na_runs *runs, size_t terms);
void na_runs_free (na_runs *runs);

/* Takes what a story uses, in any order, each term once. Stories come ascending. NA_NOMEM; NA_IO with errno. */
na_status na_runs_add (na_runs *runs, uint32_t story, const na_use *uses, size_t count);

/* Ends the adding, and begins the merging. NA_NOMEM; NA_IO with errno. */
na_status na_runs_begin (na_runs *runs);

/*
** Appends the stories of a term: of each, as na_use_put does it, the distance from the one before, of the first from -1. To
** be called for ascending terms. Fails only for want of memory.
*/
na_status na_runs_append (na_runs *runs, uint32_t term, na_buffer *out);

#endif
