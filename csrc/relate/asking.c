#include "relate/asking.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

void na_walk_close (na_walk *walk) {
  na_free(walk->sums);
  na_free(walk->touched);
  na_free(walk->weights);
  na_free(walk->entered);
  *walk = (na_walk){ 0 };
}

na_status na_walk_open (na_walk *walk, const na_related *related) {
  size_t stories = related->archive->count, terms = related->terms->count;
  *walk = (na_walk){ .related = related };
  walk->sums = na_malloc(stories * sizeof *walk->sums);
  walk->touched = na_malloc((stories + 1) * sizeof *walk->touched); /* the last is written and never counts */
  walk->weights = na_malloc(terms * sizeof *walk->weights);
  walk->entered = na_malloc(terms * sizeof *walk->entered);
  if (!walk->sums || !walk->touched || !walk->weights || !walk->entered) {
    na_walk_close(walk);
    return NA_NOMEM;
  }
  memset(walk->sums, 0, stories * sizeof *walk->sums);
  memset(walk->weights, 0, terms * sizeof *walk->weights);
  memset(walk->entered, 0, terms * sizeof *walk->entered);
  return NA_OK;
}

/* ---- what a story asks ---- */

/* The stories of the time before a story and of its day: what is added later leaves its weights as they are. */
static na_era era_of (const na_related *related, uint32_t story) {
  const na_archive *archive = related->archive;
  int64_t day = archive->days[story], window = (int64_t)related->weights.window;
  return (na_era){ na_story_of_day(archive, day - window), na_story_of_day(archive, day + 1) };
}

/* So many stories of a time, or more, tell what everybody writes about in it. */
#define LOCAL_STORIES 100

/*
** How much rarer or more common a term is about that time than at large, to the power that the weights say; to less where the
** time has few stories, of which each makes its own words common. `with`: how many of its stories have the term.
*/
static double local_factor (const na_related *related, uint32_t term, na_era era, size_t with) {
  if (related->weights.local <= 0) return 1;
  double stories = (double)(era.end - era.first);
  double local = log(1 + na_coarse(stories) / (na_coarse((double)with) + 0.5));
  return pow(local / na_related_weigh(related, term).rarity,
             related->weights.local * stories / (stories + LOCAL_STORIES));
}

static int compare_weights (const void *a, const void *b) {
  const na_asking *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  return (x->term > y->term) - (x->term < y->term);
}

static int compare_bounds (const void *a, const void *b) {
  const na_asking *x = a, *y = b;
  if (x->bound != y->bound) return x->bound < y->bound ? -1 : 1;
  return (x->term > y->term) - (x->term < y->term);
}

static uint32_t weight_of (const na_related *related, uint32_t term, uint8_t impact, na_era era,
                           size_t with) {
  double weight = na_related_weigh(related, term).worth;
  weight *=
      local_factor(related, term, era, with) * pow((double)impact / NA_IMPACT_ONE, related->weights.emphasis);
  return (uint32_t)fmin(round(weight * NA_WEIGHT_ONE), NA_WEIGHT_MAX);
}

/* Keeps the weightiest where there are too many; `more` is the newest of them. */
static void ask (na_walk *walk, na_asking more) {
  if (walk->asking_count < NA_RELATED_TERMS) {
    walk->asking[walk->asking_count++] = more;
    return;
  }
  size_t least = 0;
  for (size_t i = 1; i < NA_RELATED_TERMS; i++)
    if (compare_weights(&walk->asking[i], &walk->asking[least]) > 0) least = i;
  if (compare_weights(&more, &walk->asking[least]) < 0) walk->asking[least] = more;
}

static na_entered enter (na_walk *walk, uint32_t term, na_posting_list stories, na_era era) {
  na_entered *at = &walk->entered[term];
  at->from = (uint32_t)na_postings_place_near(stories, era.first, at->from);
  at->end = (uint32_t)na_postings_place_near(stories, era.end, at->end);
  return *at;
}

void na_walk_begin (na_walk *walk, uint32_t story) {
  const na_related *related = walk->related;
  na_era era = era_of(related, story);
  na_story_terms own = na_terms_of(related->terms, story);
  walk->asking_count = 0;
  for (size_t k = 0; k < own.count; k++) {
    uint32_t term = own.items[k];
    if (na_related_weigh(related, term).worth <= 0) continue;
    const na_term_list *list = na_terms_list(related->terms, term);
    na_entered at = enter(walk, term, (na_posting_list){ list->items, list->count }, era);
    uint32_t weight = weight_of(related, term, own.impacts[k], era, at.end - at.from);
    if (!weight) continue;
    ask(walk, (na_asking){ .term = term, .weight = weight, .bound = weight * list->top, .after = at.end });
  }
  if (walk->asking_count) qsort(walk->asking, walk->asking_count, sizeof *walk->asking, compare_bounds);
  for (size_t i = 0; i < walk->asking_count; i++)
    walk->weights[walk->asking[i].term] = walk->asking[i].weight;
  walk->own = na_walk_sum(walk, story);
}

void na_walk_end (na_walk *walk) {
  for (size_t i = 0; i < walk->asking_count; i++) walk->weights[walk->asking[i].term] = 0;
}

uint32_t na_walk_sum (const na_walk *walk, uint32_t story) {
  na_story_terms own = na_terms_of(walk->related->terms, story);
  uint32_t sum = 0;
  for (size_t k = 0; k < own.count; k++) sum += walk->weights[own.items[k]] * own.impacts[k];
  return sum;
}

/* ---- scores ---- */

uint32_t na_days_between (const na_archive *archive, uint32_t a, uint32_t b) {
  int64_t days = (int64_t)archive->days[a] - archive->days[b];
  return (uint32_t)(days < 0 ? -days : days);
}

double na_score_of (const na_related *related, uint32_t sum, int64_t days) {
  size_t at = (size_t)days < related->decay_count ? (size_t)days : related->decay_count - 1;
  return (double)sum * NA_SCORE_UNIT * related->decay[at];
}
