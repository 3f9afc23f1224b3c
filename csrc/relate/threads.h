/* csrc/relate/threads.h -- stories that tell one running story. */
#ifndef NA_RELATE_THREADS_H
#define NA_RELATE_THREADS_H

#include "relate/many.h"

/*
** One pass in order of date: a story joins the thread whose stories are most like it, by the sum of the squares of
** score(story, d) / sqrt(score(story, story) * score(d, d)) over its best neighbours d before it, or begins a thread. So a
** thread is the same after stories were added behind it. A topic that an editor gave goes before likeness.
** The figures were chosen on a judged set of English headlines, both halves of its labels seen.
*/
#define NA_THREAD_NEIGHBOURS 20
#define NA_THREAD_JOIN       0.045 /* the least sum of squares for joining */
#define NA_THREAD_DAYS       365 /* a neighbour farther back does not count, and a topic is taken up no more */
#define NA_THREAD_TITLE      2   /* entities, names or words in the title of a thread without a topic */

/* Threads in order of their first story. All zero is valid and empty. Texts belong to the archive. */
typedef struct na_threads {
  uint32_t *of_story;  /* story -> thread */
  na_postings stories; /* thread -> stories, ascending; the first one's id is the thread's */
} na_threads;

void na_threads_free (na_threads *threads);

/* Finds the threads of all stories, the neighbours on `jobs` OS threads. Fails only for want of memory. */
na_status na_threads_build (na_threads *threads, const na_related *related, size_t jobs);

/*
** The title of a thread into `title`: the first topic that its stories were filed under, or else what most of its stories
** share and few others have. Fails only for want of memory.
*/
na_status na_thread_title (na_buffer *title, const na_threads *threads, const na_related *related,
                           uint32_t thread);

#endif
