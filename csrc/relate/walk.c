/*
** The walk over posting lists. Stories stand in order of date, so a list is walked from the asking story's day outward, up
** and down, in rings of days that grow with the distance. The nearest day of a ring bounds the decay of all in it, and with
** it what sum a story there needs to be among the best. Terms that cannot make such a sum even together are not looked up:
** their lists are never walked again on that side, for the bound only falls with the distance (MaxScore, with time as the
** bound). When no term is left, the side is done. What the other terms bring up is completed from the story's own list.
*/
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "relate/related.h"

void na_walk_close (na_walk *walk) {
  na_free(walk->sums);
  na_free(walk->touched);
  na_free(walk->weights);
  *walk = (na_walk){ 0 };
}

na_status na_walk_open (na_walk *walk, const na_related *related) {
  size_t stories = related->archive->count, terms = related->terms->count;
  *walk = (na_walk){ .related = related };
  walk->sums = na_malloc(stories * sizeof *walk->sums);
  walk->touched = na_malloc(stories * sizeof *walk->touched);
  walk->weights = na_malloc(terms * sizeof *walk->weights);
  if (!walk->sums || !walk->touched || !walk->weights) {
    na_walk_close(walk);
    return NA_NOMEM;
  }
  memset(walk->sums, 0, stories * sizeof *walk->sums);
  memset(walk->weights, 0, terms * sizeof *walk->weights);
  return NA_OK;
}

/* ---- what a story asks ---- */

/* The first place of an ascending list with an item of at least `item`. */
static size_t place_of (na_posting_list list, uint32_t item) {
  size_t low = 0, high = list.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (list.items[middle] < item)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The first story of at least that day. */
static uint32_t story_of_day (const na_archive *archive, int64_t day) {
  size_t low = 0, high = archive->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (archive->days[middle] < day)
      low = middle + 1;
    else
      high = middle;
  }
  return (uint32_t)low;
}

/* The stories that were written about the time of a story; for a walk back, those of twice that time before it. */
typedef struct era {
  uint32_t first, end;
} era;

static era era_of (const na_related *related, const na_related_query *query) {
  const na_archive *archive = related->archive;
  int64_t day = archive->days[query->story], window = (int64_t)related->weights.window;
  if (query->direction == NA_DIRECTION_BEFORE)
    return (era){ story_of_day(archive, day - 2 * window), story_of_day(archive, day + 1) };
  return (era){ story_of_day(archive, day - window), story_of_day(archive, day + window + 1) };
}

/* How much rarer or more common a term is about that time than at large, to the power that the weights say. */
static double local_factor (const na_related *related, uint32_t term, era era) {
  if (related->weights.local <= 0) return 1;
  na_posting_list list = na_postings_list(&related->terms->stories, term);
  double with = (double)(place_of(list, era.end) - place_of(list, era.first));
  double local = log(1 + na_coarse((double)(era.end - era.first)) / (na_coarse(with) + 0.5));
  double at_large =
      log(1 + na_coarse((double)related->archive->count) / (na_coarse((double)list.count) + 0.5));
  return pow(local / at_large, related->weights.local);
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

static uint32_t weight_of (const na_related *related, uint32_t term, uint8_t impact, era era) {
  double weight = related->worth[term];
  if (weight <= 0) return 0;
  weight *= local_factor(related, term, era) * pow((double)impact / NA_IMPACT_ONE, related->weights.emphasis);
  return (uint32_t)fmin(lround(weight * NA_WEIGHT_ONE), NA_WEIGHT_MAX);
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

/* Fills `asking` with the story's terms by what they can add, and `weights`; `self` becomes the sum for itself. */
static void begin (na_walk *walk, const na_related_query *query) {
  const na_related *related = walk->related;
  const na_postings *lists = &related->terms->of_story;
  era era = era_of(related, query);
  walk->asking_count = 0;
  for (uint32_t k = lists->starts[query->story]; k < lists->starts[query->story + 1]; k++) {
    uint32_t term = lists->items[k];
    uint8_t impact = related->terms->of_story_impacts[k];
    uint32_t weight = weight_of(related, term, impact, era);
    if (weight)
      ask(walk, (na_asking){ .term = term, .weight = weight, .bound = weight * related->top[term] });
  }
  if (walk->asking_count) qsort(walk->asking, walk->asking_count, sizeof *walk->asking, compare_bounds);
  for (size_t i = 0; i < walk->asking_count; i++)
    walk->weights[walk->asking[i].term] = walk->asking[i].weight;
  walk->self = 0;
}

static void end (na_walk *walk) {
  for (size_t i = 0; i < walk->asking_count; i++) walk->weights[walk->asking[i].term] = 0;
}

/* The whole sum of a story, from its own list. */
static uint32_t sum_of (const na_walk *walk, uint32_t story) {
  const na_terms *terms = walk->related->terms;
  uint32_t sum = 0;
  for (uint32_t k = terms->of_story.starts[story]; k < terms->of_story.starts[story + 1]; k++)
    sum += walk->weights[terms->of_story.items[k]] * terms->of_story_impacts[k];
  return sum;
}

/* ---- the best so far ---- */

typedef struct best_list {
  const na_related *related;
  const na_related_query *query;
  na_scored *items;
  size_t count;
  double floor; /* a score below this is of no use */
} best_list;

static uint32_t days_between (const na_archive *archive, uint32_t a, uint32_t b) {
  int64_t days = (int64_t)archive->days[a] - archive->days[b];
  return (uint32_t)(days < 0 ? -days : days);
}

static double score_of (const na_related *related, uint32_t sum, int64_t days) {
  size_t at = (size_t)days < related->decay_count ? (size_t)days : related->decay_count - 1;
  return (double)sum * NA_SCORE_UNIT * related->decay[at];
}

static bool is_better (const best_list *best, na_scored a, na_scored b) {
  if (a.score != b.score) return a.score > b.score;
  const na_archive *archive = best->related->archive;
  uint32_t x = days_between(archive, a.story, best->query->story),
           y = days_between(archive, b.story, best->query->story);
  if (x != y) return x < y;
  return na_slice_compare(archive->stories[a.story]->id, archive->stories[b.story]->id) < 0;
}

static void offer (best_list *best, uint32_t story, uint32_t sum) {
  const na_archive *archive = best->related->archive;
  uint32_t days = days_between(archive, story, best->query->story);
  na_scored scored = { story, score_of(best->related, sum, days) };
  size_t limit = best->query->limit;
  if (story == best->query->story || !sum || scored.score < best->floor) return;
  if (best->count == limit) {
    if (!is_better(best, scored, best->items[limit - 1])) return;
  } else {
    best->count++;
  }
  size_t at = best->count - 1;
  for (; at > 0 && is_better(best, scored, best->items[at - 1]); at--) best->items[at] = best->items[at - 1];
  best->items[at] = scored;
  if (best->count == limit) best->floor = best->items[limit - 1].score;
}

static best_list start (na_walk *walk, const na_related_query *query, na_scored *out) {
  best_list best = { walk->related, query, out, 0, 0 };
  begin(walk, query);
  walk->self = sum_of(walk, query->story);
  best.floor = query->least * score_of(walk->related, walk->self, 0);
  return best;
}

/* ---- the walks ---- */

/* The stories that are asked for, and where the walks up and down begin: between `down` and `up` is nothing. */
typedef struct field {
  uint32_t first, end;
  int64_t near; /* the least distance that is asked for, in days */
} field;

static field field_of (const na_related *related, const na_related_query *query) {
  const na_archive *archive = related->archive;
  int64_t day = archive->days[query->story];
  field field = { 0, (uint32_t)archive->count, query->direction == NA_DIRECTION_ALL ? 0 : 1 };
  if (query->direction == NA_DIRECTION_BEFORE) field.end = story_of_day(archive, day);
  if (query->direction == NA_DIRECTION_AFTER) field.first = story_of_day(archive, day + 1);
  return field;
}

/* Adds a term's postings of stories [first, ...) downward from where its walk stands; gives the number of touched ones. */
static size_t walk_down (na_walk *walk, na_asking *asking, uint32_t first, size_t touched) {
  const na_terms *terms = walk->related->terms;
  const uint32_t *stories = terms->stories.items + terms->stories.starts[asking->term];
  const uint8_t *impacts = terms->impacts + terms->stories.starts[asking->term];
  size_t at = asking->before;
  for (; at > 0 && stories[at - 1] >= first; at--) {
    uint32_t story = stories[at - 1];
    if (!walk->sums[story]) walk->touched[touched++] = story;
    walk->sums[story] += asking->weight * impacts[at - 1];
  }
  asking->before = at;
  return touched;
}

/* The same upward, to stories [..., end). */
static size_t walk_up (na_walk *walk, na_asking *asking, uint32_t end, size_t touched) {
  const na_terms *terms = walk->related->terms;
  na_posting_list list = na_postings_list(&terms->stories, asking->term);
  const uint8_t *impacts = terms->impacts + terms->stories.starts[asking->term];
  size_t at = asking->after;
  for (; at < list.count && list.items[at] < end; at++) {
    uint32_t story = list.items[at];
    if (!walk->sums[story]) walk->touched[touched++] = story;
    walk->sums[story] += asking->weight * impacts[at];
  }
  asking->after = at;
  return touched;
}

/* Offers what was touched; `rest` is what the terms that were not walked could add at most. */
static void offer_touched (na_walk *walk, best_list *best, size_t touched, uint32_t rest) {
  for (size_t i = 0; i < touched; i++) {
    uint32_t story = walk->touched[i], sum = walk->sums[story];
    walk->sums[story] = 0;
    if (rest) {
      uint32_t days = days_between(best->related->archive, story, best->query->story);
      if (score_of(best->related, sum + rest, days) < best->floor) continue;
      sum = sum_of(walk, story);
    }
    offer(best, story, sum);
  }
}

/* How many of the terms, the least first, cannot together reach the floor at this distance; *rest is what they can add. */
static size_t count_idle (const na_walk *walk, const best_list *best, int64_t days, uint32_t *rest) {
  uint32_t sum = 0;
  size_t i = 0;
  for (; i < walk->asking_count; i++) {
    if (score_of(walk->related, sum + walk->asking[i].bound, days) >= best->floor) break;
    sum += walk->asking[i].bound;
  }
  *rest = sum;
  return i;
}

/* One ring, days [near, far) away, on one side of the story's day. False where nothing more can come from that side. */
static bool walk_ring (na_walk *walk, best_list *best, const field *field, int64_t near, int64_t far,
                       bool up) {
  const na_archive *archive = walk->related->archive;
  int64_t day = archive->days[best->query->story];
  uint32_t rest, edge = story_of_day(archive, up ? day + far : day - far + 1);
  size_t touched = 0, idle = count_idle(walk, best, near, &rest);
  if (idle == walk->asking_count) return false;
  for (size_t i = idle; i < walk->asking_count; i++)
    touched = up ? walk_up(walk, &walk->asking[i], edge, touched)
                 : walk_down(walk, &walk->asking[i], edge, touched);
  offer_touched(walk, best, touched, rest);
  return up ? edge < field->end : edge > field->first;
}

size_t na_related_find (na_walk *walk, const na_related_query *query, na_scored *out) {
  best_list best = start(walk, query, out);
  field field = field_of(walk->related, query);
  bool down = query->direction != NA_DIRECTION_AFTER, up = query->direction != NA_DIRECTION_BEFORE;
  const na_archive *archive = walk->related->archive;
  int64_t day = archive->days[query->story];
  uint32_t middle = story_of_day(archive, query->direction == NA_DIRECTION_BEFORE ? day : day + 1);
  for (size_t i = 0; query->limit && i < walk->asking_count; i++)
    walk->asking[i].before = walk->asking[i].after =
        place_of(na_postings_list(&walk->related->terms->stories, walk->asking[i].term), middle);
  if (!query->limit) down = up = false;
  for (int64_t near = field.near, far = near + 1; down || up; near = far, far = 2 * far + 1) {
    if (down) down = walk_ring(walk, &best, &field, near, far, false);
    if (up && near) up = walk_ring(walk, &best, &field, near, far, true);
  }
  end(walk);
  return best.count;
}

size_t na_related_find_slowly (na_walk *walk, const na_related_query *query, na_scored *out) {
  best_list best = start(walk, query, out);
  field field = field_of(walk->related, query);
  for (uint32_t story = field.first; query->limit && story < field.end; story++)
    offer(&best, story, sum_of(walk, story));
  end(walk);
  return best.count;
}
