#include "relate/context.h"

#include <stdlib.h>

#include "base/memory.h"
#include "text/slug.h"

void na_context_index_free (na_context_index *index) {
  na_free(index->story_of);
  na_free(index->rank_of);
  na_free(index->shared);
  na_free(index->touched);
  na_free(index->bitmaps);
  na_arena_free(&index->arena);
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

/* Where one in so many ranks or more is in a list, it is looked up in bits: a third less time than with 64. */
#define LONG_SHARE 256

static na_status make_bitmaps (na_context_index *index) {
  size_t count = index->mentions.count;
  index->bitmaps = na_malloc(count * sizeof *index->bitmaps);
  if (!index->bitmaps) return NA_NOMEM;
  for (size_t e = 0; e < count; e++) {
    na_posting_list ranks = na_postings_list(&index->mentions, e);
    index->bitmaps[e] = (na_bitmap){ 0 };
    if (ranks.count >= index->rank_count / LONG_SHARE)
      NA_TRY(na_bitmap_make(&index->bitmaps[e], &index->arena, ranks, NULL, index->rank_count));
  }
  return NA_OK;
}

static na_status build (na_context_index *index, const na_archive *archive, bool chinese, ranked *order) {
  na_arena arena = { 0 };
  na_status status = sort_paths(archive, chinese, &arena, order);
  if (status == NA_OK) {
    number_ranks(index, order, archive->count);
    status = list_ranks(index, archive);
  }
  if (status == NA_OK) status = make_bitmaps(index);
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

/* Whether the list has no place for the relation, since it is full of better ones. */
static bool is_too_late (const context_walk *walk, na_relation relation) {
  return walk->count == walk->query->limit && !is_better(relation, walk->items[walk->count - 1]);
}

static void offer (context_walk *walk, na_relation relation) {
  if (is_too_late(walk, relation)) return;
  if (walk->count < walk->query->limit) walk->count++;
  size_t at = walk->count - 1;
  for (; at > 0 && is_better(relation, walk->items[at - 1]); at--) walk->items[at] = walk->items[at - 1];
  walk->items[at] = relation;
}

/* ---- stories with few entities, which are nearly all ---- */

#define FEW_ENTITIES 16

/* An entity of the story: its ranks, as bits too where they are many. */
typedef struct entity_list {
  na_posting_list ranks;
  size_t left; /* the first ranks, those that a walk down has not passed */
  const na_bitmap *bitmap;
} entity_list;

/* Ranks are asked for from the highest down. */
static inline bool has_rank (entity_list *list, uint32_t rank) {
  if (list->bitmap->words) return na_bitmap_has(list->bitmap, rank);
  list->left =
      na_postings_place_near((na_posting_list){ list->ranks.items, list->left }, rank + 1, list->left);
  return list->left && list->ranks.items[list->left - 1] == rank;
}

/* The shortest first; one of equals in the order of the entities. */
static void take_lists (const context_walk *walk, na_posting_list entities, entity_list *lists) {
  for (size_t k = 0; k < entities.count; k++) {
    uint32_t entity = entities.items[k];
    entity_list taken = { .ranks = na_postings_list(&walk->index->mentions, entity),
                          .bitmap = &walk->index->bitmaps[entity] };
    size_t at = k;
    for (; at > 0 && lists[at - 1].ranks.count > taken.ranks.count; at--) lists[at] = lists[at - 1];
    lists[at] = taken;
  }
}

/* Offers a rank of list `own`, unless a shorter list has it, too: from there it was offered. */
static void complete (context_walk *walk, entity_list *lists, size_t count, size_t own, uint32_t rank) {
  na_relation most = { rank, (uint32_t)(count - own) };
  for (size_t k = count; k-- > own + 1;)
    if (!has_rank(&lists[k], rank)) {
      most.shared--;
      if (is_too_late(walk, most)) return;
    }
  for (size_t k = own; k-- > 0;)
    if (has_rank(&lists[k], rank)) return;
  offer(walk, most);
}

/*
** List by list, the shortest first, each from its highest rank down. What comes first in list number i is in none of the i
** shorter ones, so it shares at most count - i entities: as soon as that is too little for the highest rank that is left, so it
** is for all that follow in this list. A long list is so left after a few ranks.
*/
static void relate_few (context_walk *walk, na_posting_list entities) {
  entity_list lists[FEW_ENTITIES];
  take_lists(walk, entities, lists);
  for (size_t i = 0; i < entities.count; i++) {
    for (size_t k = 0; k < entities.count; k++) lists[k].left = lists[k].ranks.count;
    for (size_t k = lists[i].ranks.count; k-- > 0;) {
      uint32_t rank = lists[i].ranks.items[k];
      if (is_too_late(walk, (na_relation){ rank, (uint32_t)(entities.count - i) })) break;
      if (is_asked_for(walk, rank)) complete(walk, lists, entities.count, i, rank);
    }
  }
}

/* ---- stories with many: by counting all ---- */

static void relate_many (context_walk *walk, na_posting_list entities) {
  na_context_index *index = walk->index;
  size_t touched = 0;
  for (size_t k = 0; k < entities.count; k++) {
    na_posting_list ranks = na_postings_list(&index->mentions, entities.items[k]);
    for (size_t r = 0; r < ranks.count; r++)
      if (index->shared[ranks.items[r]]++ == 0) index->touched[touched++] = ranks.items[r];
  }
  for (size_t t = 0; t < touched; t++) {
    na_relation relation = { index->touched[t], index->shared[index->touched[t]] };
    index->shared[relation.story] = 0;
    if (is_asked_for(walk, relation.story)) offer(walk, relation);
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

size_t na_context_related (na_context_index *index, const na_archive *archive, const na_context_query *query,
                           na_relation *relations) {
  na_posting_list entities = na_postings_list(&archive->context, query->story);
  if (!query->limit) return 0;
  context_walk walk = { index, archive, query, index->rank_of[query->story], relations, 0 };
  (entities.count > FEW_ENTITIES ? relate_many : relate_few)(&walk, entities);
  for (size_t i = 0; i < walk.count; i++) relations[i].story = index->story_of[relations[i].story];
  if (query->display == NA_DISPLAY_DATE) sort_by_date(relations, walk.count, archive->days);
  return walk.count;
}
