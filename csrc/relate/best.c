#include "relate/best.h"

#include "relate/asking.h"

/* By score, then the nearest date, then the id. */
static bool is_better (const na_best *best, na_scored a, na_scored b) {
  if (a.score != b.score) return a.score > b.score;
  const na_archive *archive = best->related->archive;
  uint32_t x = na_days_between(archive, a.story, best->query->story),
           y = na_days_between(archive, b.story, best->query->story);
  if (x != y) return x < y;
  return na_archive_compare_ids(archive, a.story, b.story) < 0;
}

/* The place of the one that tells the same as `story`, or `count`. */
static size_t place_of_same (const na_best *best, const na_scored *items, size_t count, uint32_t story) {
  const uint32_t *originals = best->related->originals;
  size_t at = best->query->fold ? 0 : count;
  while (at < count && originals[items[at].story] != originals[story]) at++;
  return at;
}

/* Puts `scored` in its place, over the item at `at`, which is the last one or beside those that are not worse. */
static void put (const na_best *best, na_scored *items, size_t at, na_scored scored) {
  for (; at > 0 && is_better(best, scored, items[at - 1]); at--) items[at] = items[at - 1];
  items[at] = scored;
}

/* Keeps the `limit` best of what is offered, best first. */
static void keep_best (const na_best *best, na_scored *items, size_t *count, na_scored scored) {
  size_t same = place_of_same(best, items, *count, scored.story), at = *count;
  if (same < *count) {
    if (is_better(best, scored, items[same])) put(best, items, same, scored);
    return;
  }
  if (*count < best->query->limit)
    ++*count;
  else if (!is_better(best, scored, items[--at]))
    return;
  put(best, items, at, scored);
}

/* ---- day by day ---- */

double na_best_floor (const na_best *best) {
  if (best->query->direction != NA_DIRECTION_NEXT)
    return best->count && best->count == best->query->limit ? best->items[best->count - 1].score
                                                            : best->first;
  if (!best->count) return best->first;
  double instead = NA_NEXT_MARGIN * best->items[best->count - 1].score, more = NA_NEXT_MORE * best->first;
  return best->count < best->query->limit && more < instead ? more : instead;
}

static void grow (na_best *best, na_scored scored) {
  double more = best->count ? NA_NEXT_MORE * best->first : best->first;
  if (best->count < best->query->limit && scored.score >= more)
    put(best, best->items, best->count++, scored);
  else if (best->count && scored.score > NA_NEXT_MARGIN * best->items[best->count - 1].score)
    put(best, best->items, best->count - 1, scored);
  best->floor = na_best_floor(best);
}

void na_best_end_day (na_best *best) {
  for (size_t i = 0; i < best->today_count; i++) grow(best, best->today[i]);
  best->today_count = 0;
}

static void offer_next (na_best *best, na_scored scored) {
  const na_day *days = best->related->archive->days;
  if (best->today_count && days[best->today[0].story] != days[scored.story]) na_best_end_day(best);
  if (place_of_same(best, best->items, best->count, scored.story) == best->count)
    keep_best(best, best->today, &best->today_count, scored);
}

void na_best_offer (na_best *best, uint32_t story, uint32_t sum) {
  uint32_t days = na_days_between(best->related->archive, story, best->query->story);
  na_scored scored = { story, na_score_of(best->related, sum, days) };
  if (story == best->query->story || !sum || scored.score < best->floor) return;
  if (best->query->direction == NA_DIRECTION_NEXT) {
    offer_next(best, scored);
    return;
  }
  keep_best(best, best->items, &best->count, scored);
  best->floor = na_best_floor(best);
}
