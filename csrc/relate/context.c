#include "relate/context.h"

#include <stdlib.h>

#include "base/memory.h"
#include "text/slug.h"

void na_context_index_free (na_context_index *index) {
  na_free(index->story_of);
  na_free(index->rank_of);
  na_free(index->shared);
  na_free(index->touched);
  na_postings_free(&index->mentions);
  *index = (na_context_index){ 0 };
}

/* ---- ranks ---- */

na_status na_context_path (na_buffer *out, const na_story *story, bool chinese) {
  if (na_slice_starts(story->url, NA_LITERAL("/news/")) && na_slice_ends(story->url, NA_LITERAL(".md")))
    return na_buffer_append(out, na_slice_part(story->url, 1, story->url.size));
  int year, month, day;
  na_day_split(na_story_day(story), &year, &month, &day);
  NA_TRY(na_buffer_format(out, "news/%04d/%02d/%d/", year, month, day));
  NA_TRY(chinese ? na_slug_append_context_zh(out, story->title)
                 : na_slug_append_context_en(out, story->title));
  return na_buffer_append(out, NA_LITERAL(".md"));
}

typedef struct ranked {
  na_slice path;
  uint32_t story;
} ranked;

static int compare_ranked (const void *a, const void *b) {
  const ranked *x = a, *y = b;
  int order = na_slice_compare(x->path, y->path);
  return order ? order : (x->story > y->story) - (x->story < y->story);
}

static na_status sort_paths (const na_archive *archive, bool chinese, na_arena *arena, ranked *order) {
  na_buffer path = { 0 };
  na_arena scratch = { 0 };
  na_status status = NA_OK;
  for (size_t i = 0; status == NA_OK && i < archive->count; i++) {
    na_story story;
    path.size = 0;
    order[i].story = (uint32_t)i;
    na_arena_clear(&scratch);
    status = na_archive_story(archive, i, &scratch, &story);
    if (status == NA_OK) status = na_context_path(&path, &story, chinese);
    if (status == NA_OK) status = na_arena_copy(arena, na_buffer_slice(&path), &order[i].path);
  }
  na_buffer_free(&path);
  na_arena_free(&scratch);
  if (status == NA_OK) qsort(order, archive->count, sizeof *order, compare_ranked);
  return status;
}

static void number_ranks (na_context_index *index, const ranked *order, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i == 0 || !na_slice_equal(order[i].path, order[i - 1].path)) index->rank_count++;
    index->story_of[index->rank_count - 1] = order[i].story; /* the last of one path stays */
    index->rank_of[order[i].story] = index->rank_count - 1;
  }
}

/* The entities of the ranks, turned round. */
static na_status list_ranks (na_context_index *index, const na_archive *archive) {
  na_postings entities;
  size_t mentions = archive->context.starts ? archive->context.starts[archive->count] : 0;
  NA_TRY(na_postings_alloc(&entities, index->rank_count, mentions));
  uint32_t end = 0;
  for (uint32_t r = 0; r < index->rank_count; r++) {
    na_posting_list list = na_postings_list(&archive->context, index->story_of[r]);
    for (size_t k = 0; k < list.count; k++) entities.items[end++] = list.items[k];
    entities.starts[r + 1] = end;
  }
  na_status status = na_postings_transpose(&index->mentions, &entities, archive->entity_count);
  na_postings_free(&entities);
  return status;
}

static na_status build (na_context_index *index, const na_archive *archive, bool chinese, ranked *order) {
  na_arena arena = { 0 };
  na_status status = sort_paths(archive, chinese, &arena, order);
  if (status == NA_OK) {
    number_ranks(index, order, archive->count);
    status = list_ranks(index, archive);
  }
  na_arena_free(&arena);
  return status;
}

na_status na_context_index_build (na_context_index *index, na_archive *archive, bool chinese) {
  na_context_index_free(index);
  NA_TRY(na_archive_index(archive));
  size_t count = archive->count;
  ranked *order = na_malloc(count * sizeof *order);
  index->story_of = na_malloc(count * sizeof *index->story_of);
  index->rank_of = na_malloc(count * sizeof *index->rank_of);
  index->touched = na_malloc(count * sizeof *index->touched);
  index->shared = na_malloc(count * sizeof *index->shared);
  na_status status = NA_NOMEM;
  if (order && index->story_of && index->rank_of && index->touched && index->shared) {
    memset(index->shared, 0, count * sizeof *index->shared);
    status = build(index, archive, chinese, order);
  }
  na_free(order);
  if (status != NA_OK) na_context_index_free(index);
  return status;
}

/* ---- the walk ---- */

/* The query at hand, with a list of the best seen so far: more shared entities first, then the higher rank. */
typedef struct context_walk {
  na_context_index *index;
  const na_archive *archive;
  const na_context_query *query;
  uint32_t self;      /* the story's own rank */
  na_relation *items; /* `story` holds the rank until the end */
  size_t count;
} context_walk;

static bool is_better (na_relation a, na_relation b) {
  return a.shared != b.shared ? a.shared > b.shared : a.story > b.story;
}

static bool is_asked_for (const context_walk *walk, uint32_t rank) {
  if (rank == walk->self) return false;
  na_direction direction = walk->query->direction;
  if (direction == NA_DIRECTION_ALL) return true;
  na_day own = walk->archive->days[walk->query->story],
         other = walk->archive->days[walk->index->story_of[rank]];
  return direction == NA_DIRECTION_BEFORE ? other < own : other > own;
}

/* False where the list is full of better ones. */
static bool offer (context_walk *walk, uint32_t rank, uint32_t shared) {
  na_relation relation = { rank, shared };
  if (walk->count == walk->query->limit) {
    if (!is_better(relation, walk->items[walk->count - 1])) return false;
  } else {
    walk->count++;
  }
  size_t at = walk->count - 1;
  for (; at > 0 && is_better(relation, walk->items[at - 1]); at--) walk->items[at] = walk->items[at - 1];
  walk->items[at] = relation;
  return true;
}

/* Counts the ranks of one list; gives the new number of touched ranks. */
static size_t count_list (na_context_index *index, na_posting_list list, size_t touched) {
  for (size_t k = 0; k < list.count; k++) {
    uint32_t rank = list.items[k];
    if (index->shared[rank]++ == 0) index->touched[touched++] = rank;
  }
  return touched;
}

static bool holds (na_posting_list list, uint32_t rank) {
  size_t place = na_postings_place(list, rank);
  return place < list.count && list.items[place] == rank;
}

/* Adds the longest list to what is counted already, without touching what is in no other list. */
static void count_longest (na_context_index *index, na_posting_list longest, size_t touched) {
  if (!touched) return;
  size_t probes = 1;
  for (size_t n = longest.count; n > 1; n /= 2) probes++;
  if (touched * probes < longest.count) {
    for (size_t t = 0; t < touched; t++)
      if (holds(longest, index->touched[t])) index->shared[index->touched[t]]++;
  } else {
    for (size_t k = 0; k < longest.count; k++)
      index->shared[longest.items[k]] += index->shared[longest.items[k]] > 0;
  }
}

/* What the lists but the longest brought. Most of it is worse than a full list, which is seen here at once. */
static void offer_touched (context_walk *walk, size_t touched) {
  const na_context_index *index = walk->index;
  na_relation last = { 0 };
  for (size_t t = 0; t < touched; t++) {
    na_relation relation = { index->touched[t], index->shared[index->touched[t]] };
    if (!is_better(relation, last) || !is_asked_for(walk, relation.story)) continue;
    offer(walk, relation.story, relation.shared);
    if (walk->count == walk->query->limit) last = walk->items[walk->count - 1];
  }
}

/*
** From the longest list alone come relations by one entity: its highest ranks are the best of them. They come best first,
** so where no other list brought anything they need not be compared.
*/
static void offer_longest (context_walk *walk, na_posting_list longest) {
  bool alone = walk->count == 0;
  for (size_t k = longest.count; k-- > 0;) {
    uint32_t rank = longest.items[k];
    if (walk->index->shared[rank] || !is_asked_for(walk, rank)) continue;
    if (alone && walk->count < walk->query->limit)
      walk->items[walk->count++] = (na_relation){ rank, 1 };
    else if (alone || !offer(walk, rank, 1))
      return;
  }
}

/* Newest day first; inside a day the order of the choice. The lists are short: insertion keeps the order stable. */
static void sort_by_date (na_relation *relations, size_t count, const na_day *days) {
  for (size_t i = 1; i < count; i++) {
    na_relation moved = relations[i];
    size_t at = i;
    for (; at > 0 && days[relations[at - 1].story] < days[moved.story]; at--)
      relations[at] = relations[at - 1];
    relations[at] = moved;
  }
}

/* The entity with the longest list of ranks; there is one at least. */
static uint32_t longest_of (const na_context_index *index, na_posting_list entities) {
  uint32_t longest = entities.items[0];
  for (size_t k = 1; k < entities.count; k++)
    if (na_postings_list(&index->mentions, entities.items[k]).count >
        na_postings_list(&index->mentions, longest).count)
      longest = entities.items[k];
  return longest;
}

size_t na_context_related (na_context_index *index, const na_archive *archive, const na_context_query *query,
                           na_relation *relations) {
  na_posting_list entities = na_postings_list(&archive->context, query->story);
  if (!query->limit || !entities.count) return 0;
  context_walk walk = { index, archive, query, index->rank_of[query->story], relations, 0 };
  uint32_t longest_entity = longest_of(index, entities);
  na_posting_list longest = na_postings_list(&index->mentions, longest_entity);
  size_t touched = 0;
  for (size_t k = 0; k < entities.count; k++)
    if (entities.items[k] != longest_entity)
      touched = count_list(index, na_postings_list(&index->mentions, entities.items[k]), touched);
  count_longest(index, longest, touched);
  offer_touched(&walk, touched);
  offer_longest(&walk, longest);
  for (size_t t = 0; t < touched; t++) index->shared[index->touched[t]] = 0;
  for (size_t i = 0; i < walk.count; i++) relations[i].story = index->story_of[relations[i].story];
  if (query->display == NA_DISPLAY_DATE) sort_by_date(relations, walk.count, archive->days);
  return walk.count;
}
