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

/* So many stories of a time, or more, tell what everybody writes about in it. */
#define LOCAL_STORIES 100

/* The stories of the time before a story and of its day: what is added later leaves its weights as they are. */
typedef struct na_time {
  na_era era;
  double coarse, power; /* how many they are; and how much it matters what they write about */
} na_time;

static double coarse (const na_related *related, size_t count) {
  return count < NA_RELATED_COARSE ? related->coarse[count] : na_coarse((double)count);
}

static na_time time_of (const na_related *related, uint32_t story) {
  const na_archive *archive = related->archive;
  int64_t day = archive->days[story], window = (int64_t)related->weights.window;
  na_time now = { .era = { na_story_of_day(archive, day - window), na_story_of_day(archive, day + 1) } };
  double stories = (double)(now.era.end - now.era.first);
  now.coarse = na_coarse(stories);
  now.power = related->weights.local * stories / (stories + LOCAL_STORIES);
  return now;
}

/*
** How much rarer or more common a term is about that time than at large, to the power that the weights say; to less where the
** time has few stories, of which each makes its own words common. `with`: how many of its stories have the term.
*/
static double local_factor (const na_related *related, double rarity, const na_time *now, size_t with) {
  if (related->weights.local <= 0) return 1;
  double local = log(1 + now->coarse / (coarse(related, with) + 0.5));
  return pow(local / rarity, now->power);
}

static int compare_weights (const void *a, const void *b) {
  const na_asking *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  return (x->term > y->term) - (x->term < y->term);
}

/* Ascending by what they can add. Nearly all stories have few terms, and for few nothing is faster. */
static void sort_by_bound (na_asking *asking, size_t count) {
  for (size_t i = 1; i < count; i++) {
    na_asking moved = asking[i];
    size_t at = i;
    for (; at > 0 && (moved.bound < asking[at - 1].bound ||
                      (moved.bound == asking[at - 1].bound && moved.term < asking[at - 1].term));
         at--)
      asking[at] = asking[at - 1];
    asking[at] = moved;
  }
}

static uint32_t weight_of (const na_related *related, na_weighed term, uint8_t impact, const na_time *now,
                           size_t with) {
  double weight = term.worth;
  weight *= local_factor(related, term.rarity, now, with) * related->stress[impact];
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
  na_time now = time_of(related, story);
  na_story_terms own = na_terms_of(related->terms, story);
  walk->asking_count = 0;
  for (size_t k = 0; k < own.count; k++) {
    uint32_t term = own.items[k];
    na_weighed weighed = na_related_weigh(related, term);
    if (weighed.worth <= 0) continue;
    const na_term_list *list = na_terms_list(related->terms, term);
    na_entered at = enter(walk, term, (na_posting_list){ list->items, list->count }, now.era);
    uint32_t weight = weight_of(related, weighed, own.impacts[k], &now, at.end - at.from);
    if (!weight) continue;
    ask(walk, (na_asking){ .term = term, .weight = weight, .bound = weight * list->top, .after = at.end });
  }
  sort_by_bound(walk->asking, walk->asking_count);
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
