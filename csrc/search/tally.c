#include "search/tally.h"

#include "search/rank.h"

#define FIRST_ROOM 1024
/* Values of a story in which repeats are looked for: more sources than one ever cites. */
#define REPEATS_MAX 64

na_status na_tally_gather (na_plan *plan, uint32_t **stories, size_t *count) {
  size_t room = 0;
  uint32_t story;
  *stories = NULL;
  *count = 0;
  na_rank_begin(plan);
  while (na_rank_next(plan, &story)) {
    if (*count == room) { /* what is left behind in the arena is less than what is kept */
      size_t more = room ? room * 2 : FIRST_ROOM;
      uint32_t *moved = na_arena_alloc(&plan->arena, more * sizeof *moved);
      if (!moved) return NA_NOMEM;
      if (room) memcpy(moved, *stories, room * sizeof *moved);
      *stories = moved;
      room = more;
    }
    (*stories)[(*count)++] = story;
  }
  return NA_OK;
}

/* Puts a value in its place among the first `count`, where there is one; gives their new number. */
static size_t insert (na_tally *out, size_t count, size_t limit, na_tally more) {
  size_t place = count;
  while (place && (out[place - 1].stories < more.stories ||
                   (out[place - 1].stories == more.stories && out[place - 1].value > more.value)))
    place--;
  if (place == limit) return count;
  if (count == limit) count--;
  memmove(out + place + 1, out + place, (count - place) * sizeof *out);
  out[place] = more;
  return count + 1;
}

/* Counts the values of one facet; `found` is how many different ones there are so far. */
typedef struct counting {
  const na_search_index *index;
  na_pool pool;
  uint32_t last[REPEATS_MAX]; /* values of the story at hand, which counts once for each */
  size_t last_count;
} counting;

static na_status count_value (void *context, na_pool pool, uint32_t value) {
  counting *c = context;
  if (pool != c->pool) return NA_OK;
  for (size_t i = 0; i < c->last_count; i++)
    if (c->last[i] == value) return NA_OK;
  if (c->last_count < REPEATS_MAX) c->last[c->last_count++] = value;
  c->index->counts[value]++;
  return NA_OK;
}

/* The best so far, in order. */
typedef struct choosing {
  const na_search_index *index;
  na_pool pool;
  na_tally *out;
  size_t found, limit;
} choosing;

static na_status choose_value (void *context, na_pool pool, uint32_t value) {
  choosing *c = context;
  if (pool != c->pool) return NA_OK;
  uint32_t *stories = &c->index->counts[value];
  if (*stories && c->limit) c->found = insert(c->out, c->found, c->limit, (na_tally){ value, *stories });
  *stories = 0;
  return NA_OK;
}

static void scan (na_search_index *index, uint32_t story, na_number_visitor *visit, void *context) {
  const na_archive *archive = index->archive;
  na_status status = na_story_scan(na_rows_get(&archive->records, story), archive->pools, visit, context);
  if (status != NA_OK && index->status == NA_OK) index->status = status;
}

size_t na_tally_top (na_search_index *index, na_clause_kind kind, const uint32_t *stories, size_t count,
                     na_tally *out, size_t limit) {
  na_pool pool = na_search_facet(index, kind)->pool;
  counting all = { .index = index, .pool = pool };
  choosing best = { .index = index, .pool = pool, .out = out, .limit = limit };
  for (size_t i = 0; i < count; i++) {
    all.last_count = 0;
    scan(index, stories[i], count_value, &all);
  }
  for (size_t i = 0; i < count; i++) scan(index, stories[i], choose_value, &best);
  return best.found;
}
