/* csrc/search/plan.h -- a query as posting lists: which stories it means and what each word adds to a score. */
#ifndef NA_SEARCH_PLAN_H
#define NA_SEARCH_PLAN_H

#include "search/phrase.h"

/*
** The score of a story d is BM25:
**
**     score(d) = SUM over words t of the query that d has  idf(t) * impact(t, d)
**     idf(t) = ln(1 + (N - n + 0.5) / (n + 0.5))    N stories, n of them with the word
**
** with the impacts of index/terms.h, in which a word of the title counts twice. Weights and impacts are whole numbers, so that
** a sum is the same in whatever order it is made. A word is counted once however often the query has it.
*/
#define NA_SEARCH_WEIGHT_ONE 256
#define NA_SEARCH_SCORE_UNIT (1.0 / ((double)NA_SEARCH_WEIGHT_ONE * NA_IMPACT_ONE))

#define NA_PLAN_WORDS_MAX   128 /* words that a query looks for; as sums they fit 32 bits many times over */
#define NA_PLAN_UNKNOWN_MAX 8   /* words not found that are kept to ask "did you mean" */

/* A posting list that is walked from its end, the newest story, to its begin. */
typedef struct na_plan_list {
  const uint32_t *items;
  const uint8_t *impacts;    /* NULL where the list scores nothing */
  const uint8_t *block_tops; /* the highest impact of each block; NULL where there are none */
  na_bitmap bitmap;          /* where the list is long */
  size_t count, left;        /* all items; those that were not passed yet */
  uint32_t term;             /* NA_MAP_NONE where several make the list */
  uint32_t weight, bound;    /* the bound: what the list adds at most */
} na_plan_list;

/* A word to be marked in snippets: of a term, or any that begins with a text or, for a single character, has it. */
typedef struct na_plan_mark {
  uint32_t term; /* NA_MAP_NONE: by its text */
  uint32_t weight;
  na_slice text;
  bool inside; /* anywhere in the word, not only at its begin */
} na_plan_mark;

/* All zero is valid and empty. */
typedef struct na_plan {
  na_search_index *index;
  na_arena arena;
  na_plan_list words[NA_PLAN_WORDS_MAX]; /* each adds to the score */
  na_plan_list filters[NA_PLAN_WORDS_MAX], excluded[NA_PLAN_WORDS_MAX];
  na_phrase phrases[NA_PLAN_WORDS_MAX];
  na_plan_mark marks[NA_PLAN_WORDS_MAX];
  na_slice unknown[NA_PLAN_UNKNOWN_MAX]; /* words that no story has, as the query writes them */
  size_t word_count, filter_count, excluded_count, phrase_count, mark_count, unknown_count;
  uint32_t first, end; /* stories [first, end) are of the query's days */
  bool any;            /* one of the words is enough */
  bool nothing;        /* no story can be meant */
  uint32_t at;         /* of a walk: the stories before this one are still to come */
} na_plan;

void na_plan_free (na_plan *plan);

/*
** Replaces the plan by that of the query, whose texts it shares; what the archive does not know is noted in the query.
** `any`: a story needs one of the words outside quotations; otherwise all. Fails only for want of memory.
*/
na_status na_plan_make (na_plan *plan, na_search_index *index, na_query *query, bool any);

#endif
