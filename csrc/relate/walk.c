/*
** The walk over posting lists. Stories stand in order of date, so a list is walked from the asking story's day outward, up
** and down, in rings of days that grow with the distance. The nearest day of a ring bounds the decay of all in it, and with
** it what sum a story there needs to be among the best. Lists of terms that cannot make such a sum even together are not
** walked for themselves again on that side, for the bound only falls with the distance (MaxScore, with time as the bound). When
** no term is left, the side is done. What the other terms bring up is completed, by whichever is cheaper: the next idle term's
** list within the ring, or the own lists of the stories that are still in question.
*/
#include "relate/walk.h"

#include <stdlib.h>

/* ---- what is asked for ---- */

static bool is_day_left_out (const na_related_query *query) {
  return query->direction != NA_DIRECTION_ALL && query->direction != NA_DIRECTION_PRECEDING;
}

static bool looks_back (const na_related_query *query) {
  return query->direction == NA_DIRECTION_BEFORE || query->direction == NA_DIRECTION_PRECEDING;
}

static bool looks_ahead (const na_related_query *query) {
  return query->direction == NA_DIRECTION_AFTER || query->direction == NA_DIRECTION_NEXT;
}

static na_best start (na_walk *walk, const na_related_query *query, na_scored *out, na_scored *today) {
  na_best best = { .related = walk->related, .query = query, .items = out, .today = today };
  na_walk_begin(walk, query->story);
  best.first = query->least * na_score_of(walk->related, walk->own, 0);
  best.floor = best.first;
  return best;
}

/* ---- the walks ---- */

#define COMPLETION_POSTINGS 40  /* postings that can be walked in the time that completing one story takes */
#define LOOKUP_POSTINGS     100 /* and in the time that finding a ring's part of a list takes */

/* The stories that are asked for, and where the walks up and down begin: between `down` and `up` is nothing. */
typedef struct scope {
  uint32_t first, end;
  int64_t near; /* the least distance that is asked for, in days */
} scope;

static scope scope_of (const na_related *related, const na_related_query *query) {
  const na_archive *archive = related->archive;
  int64_t day = archive->days[query->story];
  scope asked = { 0, (uint32_t)archive->count, 0 };
  if (query->direction == NA_DIRECTION_PRECEDING) asked.end = query->story;
  if (is_day_left_out(query)) asked.near = 1;
  if (query->direction == NA_DIRECTION_BEFORE) asked.end = na_story_of_day(archive, day);
  if (looks_ahead(query)) asked.first = na_story_of_day(archive, day + 1);
  return asked;
}

/*
** Adds postings [from, to) of a term to the sums; gives the number of touched stories. Whether a story is touched for the first
** time is a coin's throw that no processor foresees: so it is always written down, and counted where it is.
*/
static size_t add_postings (na_walk *walk, const na_asking *asking, size_t from, size_t to, size_t touched) {
  const na_term_list *list = na_terms_list(walk->related->terms, asking->term);
  const uint32_t *stories = list->items;
  const uint8_t *impacts = list->impacts;
  uint32_t *sums = walk->sums, *written = walk->touched, weight = asking->weight;
  for (size_t at = from; at < to; at++) {
    uint32_t story = stories[at], sum = sums[story];
    written[touched] = story;
    touched += !sum;
    sums[story] = sum + weight * impacts[at];
  }
  return touched;
}

/* Adds a term's postings of stories [first, ...) downward from where its walk stands; gives the number of touched ones. */
static size_t walk_down (na_walk *walk, na_asking *asking, uint32_t first, size_t touched) {
  size_t to = asking->before;
  na_posting_list left = { na_stories_of(walk->related->terms, asking->term).items, to };
  asking->before = na_postings_place_near(left, first, to);
  return add_postings(walk, asking, asking->before, to, touched);
}

/* The same upward, to stories [..., end). */
static size_t walk_up (na_walk *walk, na_asking *asking, uint32_t end, size_t touched) {
  size_t from = asking->after;
  asking->after = na_postings_place_near(na_stories_of(walk->related->terms, asking->term), end, from);
  return add_postings(walk, asking, from, asking->after, touched);
}

/* The least sum that reaches the floor at this distance. */
static uint32_t least_sum (const na_best *best, int64_t days) {
  double estimate = best->floor / na_score_of(best->related, 1, days);
  if (!(estimate < UINT32_MAX)) return UINT32_MAX;
  uint32_t sum = (uint32_t)estimate; /* off by one, as it may be rounded */
  while (sum > 0 && na_score_of(best->related, sum - 1, days) >= best->floor) sum--;
  while (na_score_of(best->related, sum, days) < best->floor) sum++;
  return sum;
}

/*
** Keeps of the touched stories, all at least `near` days away, those that may be among the best if they have `rest` more;
** gives their number. The sum alone decides, as if all were as near as that: to look up the day of each takes longer than
** what it would drop.
*/
static size_t keep_likely (na_walk *walk, const na_best *best, size_t touched, uint32_t rest, int64_t near) {
  size_t kept = 0;
  uint32_t least = least_sum(best, near), *sums = walk->sums, *stories = walk->touched;
  for (size_t i = 0; i < touched; i++) {
    uint32_t story = stories[i], sum = sums[story];
    bool is_likely = sum + rest >= least;
    stories[kept] = story;
    sums[story] = is_likely ? sum : 0;
    kept += is_likely;
  }
  return kept;
}

/* Adds a term's postings [from, to) to the stories that are touched already. */
static void add_to_touched (na_walk *walk, const na_asking *asking, size_t from, size_t to) {
  const na_term_list *list = na_terms_list(walk->related->terms, asking->term);
  const uint32_t *stories = list->items;
  const uint8_t *impacts = list->impacts;
  uint32_t *sums = walk->sums, weight = asking->weight;
  for (size_t at = from; at < to; at++) {
    uint32_t story = stories[at], sum = sums[story], more = weight * impacts[at];
    sums[story] = sum + (sum ? more : 0);
  }
}

static int compare_stories (const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/*
** Completes the sums of the touched stories, all of `range` and at least `near` days away, by the `idle` terms, which can
** add `rest` at most, and offers them.
*/
static void offer_touched (na_walk *walk, na_best *best, na_era range, size_t touched, size_t idle,
                           uint32_t rest, int64_t near) {
  bool is_behind = range.first > best->query->story;
  touched = keep_likely(walk, best, touched, rest, near);
  while (idle > 0 && touched > 0) {
    const na_asking *next = &walk->asking[idle - 1];
    na_posting_list list = na_stories_of(walk->related->terms, next->term);
    if (touched * COMPLETION_POSTINGS < LOOKUP_POSTINGS) break;
    size_t from = na_postings_place_near(list, range.first, is_behind ? next->after : next->before);
    size_t to = na_postings_place_near(list, range.end, from);
    if (touched * COMPLETION_POSTINGS < to - from + LOOKUP_POSTINGS) break;
    add_to_touched(walk, next, from, to);
    rest -= next->bound;
    idle--;
    touched = keep_likely(walk, best, touched, rest, near);
  }
  bool in_turn = best->query->direction == NA_DIRECTION_NEXT;
  if (in_turn && touched) qsort(walk->touched, touched, sizeof *walk->touched, compare_stories);
  for (size_t i = 0; i < touched; i++) {
    uint32_t story = walk->touched[i];
    na_best_offer(best, story, idle ? na_walk_sum(walk, story) : walk->sums[story]);
    walk->sums[story] = 0;
  }
  if (in_turn) na_best_end_day(best);
}

/* How many of the terms, the least first, cannot together reach the floor at this distance; *rest is what they can add. */
static size_t count_idle (const na_walk *walk, const na_best *best, int64_t days, uint32_t *rest) {
  uint32_t sum = 0;
  size_t i = 0;
  for (; i < walk->asking_count; i++) {
    if (na_score_of(walk->related, sum + walk->asking[i].bound, days) >= best->floor) break;
    sum += walk->asking[i].bound;
  }
  *rest = sum;
  return i;
}

/* One ring, days [near, far) away, on one side of the story's day. False where nothing more can come from that side. */
static bool walk_ring (na_walk *walk, na_best *best, const scope *asked, int64_t near, int64_t far, bool up) {
  const na_archive *archive = walk->related->archive;
  int64_t day = archive->days[best->query->story];
  uint32_t rest;
  size_t touched = 0, idle = count_idle(walk, best, near, &rest);
  if (idle == walk->asking_count) return false;
  na_era ring =
      up ? (na_era){ na_story_of_day(archive, day + near), na_story_of_day(archive, day + far) }
         : (na_era){ na_story_of_day(archive, day - far + 1), na_story_of_day(archive, day - near + 1) };
  for (size_t i = idle; i < walk->asking_count; i++)
    touched = up ? walk_up(walk, &walk->asking[i], ring.end, touched)
                 : walk_down(walk, &walk->asking[i], ring.first, touched);
  offer_touched(walk, best, ring, touched, idle, rest, near);
  return up ? ring.end < asked->end : ring.first > asked->first;
}

/* Where the walks of a term begin: behind the story's day, but not behind `end`, which is on that day or later. */
static void begin_between (const na_walk *walk, na_asking *asking, uint32_t end) {
  na_posting_list seen = { na_stories_of(walk->related->terms, asking->term).items, asking->after };
  asking->before = asking->after = na_postings_place_near(seen, end, asking->after);
}

size_t na_related_find (na_walk *walk, const na_related_query *query, na_scored *out) {
  na_scored today[NA_CONTEXT_LIMIT_MAX];
  na_best best = start(walk, query, out, today);
  scope asked = scope_of(walk->related, query);
  bool down = query->limit && !looks_ahead(query), up = query->limit && !looks_back(query);
  for (size_t i = 0; i < walk->asking_count; i++) begin_between(walk, &walk->asking[i], asked.end);
  for (int64_t near = asked.near, far = near + 1; down || up; near = far, far = 2 * far + 1) {
    if (down) down = walk_ring(walk, &best, &asked, near, far, false);
    if (up && near) up = walk_ring(walk, &best, &asked, near, far, true);
  }
  na_walk_end(walk);
  return best.count;
}

size_t na_related_find_slowly (na_walk *walk, const na_related_query *query, na_scored *out) {
  na_scored today[NA_CONTEXT_LIMIT_MAX];
  na_best best = start(walk, query, out, today);
  scope asked = scope_of(walk->related, query);
  for (uint32_t story = asked.first; query->limit && story < asked.end; story++)
    na_best_offer(&best, story, na_walk_sum(walk, story));
  na_best_end_day(&best);
  na_walk_end(walk);
  return best.count;
}
