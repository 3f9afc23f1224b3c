#include "index/facet.h"

#include <stdlib.h>

#include "base/memory.h"
#include "index/lists.h"
#include "text/words.h"

static const struct {
  na_section lists, keys;
} sections[NA_POOL_COUNT] = {
  [NA_POOL_ENTITY] = { NA_SECTION_MENTIONS, NA_SECTION_ENTITY_KEYS },
  [NA_POOL_SOURCE] = { NA_SECTION_SOURCE_STORIES, NA_SECTION_SOURCE_KEYS },
  [NA_POOL_TOPIC] = { NA_SECTION_TOPIC_STORIES, NA_SECTION_TOPIC_KEYS },
  [NA_POOL_CATEGORY] = { NA_SECTION_CATEGORY_STORIES, NA_SECTION_CATEGORY_KEYS },
};

na_status na_facet_key (na_buffer *key, const na_fold_table *fold, na_slice name) {
  na_words words;
  na_word word;
  key->size = 0;
  na_words_begin(&words, fold, name);
  while (na_words_next(&words, &word)) {
    NA_TRY(na_buffer_byte(key, ' '));
    NA_TRY(na_buffer_append(key, word.text));
  }
  return key->size ? na_buffer_byte(key, ' ') : na_buffer_append(key, name);
}

/* ---- writing ---- */

/* What stories have of each pool. */
typedef struct builder {
  na_postings values[NA_POOL_COUNT];
  size_t counts[NA_POOL_COUNT], capacities[NA_POOL_COUNT];
} builder;

static na_status note_value (void *context, na_pool pool, uint32_t number) {
  builder *b = context;
  if (pool < NA_FACET_FIRST || pool >= NA_FACET_END) return NA_OK;
  void *items = b->values[pool].items;
  if (b->counts[pool] >= UINT32_MAX - 1) return NA_LIMIT;
  if (!na_grow(&items, &b->capacities[pool], b->counts[pool], sizeof *b->values[pool].items)) return NA_NOMEM;
  b->values[pool].items = items;
  b->values[pool].items[b->counts[pool]++] = number;
  return NA_OK;
}

static int compare_numbers (const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* Puts items[from] up to items[to] in order and leaves each once; gives the new end. */
static size_t settle (uint32_t *items, size_t from, size_t to) {
  if (to - from < 2) return to;
  qsort(items + from, to - from, sizeof *items, compare_numbers);
  size_t end = from + 1;
  for (size_t i = from + 1; i < to; i++)
    if (items[i] != items[end - 1]) items[end++] = items[i];
  return end;
}

static na_status collect (builder *b, const na_archive *archive) {
  for (size_t pool = NA_FACET_FIRST; pool < NA_FACET_END; pool++)
    NA_TRY(na_postings_alloc(&b->values[pool], archive->count, 0));
  for (size_t i = 0; i < archive->count; i++) {
    if (i % NA_REST_STORIES == 0) na_archive_rest(archive);
    NA_TRY(na_story_scan(na_rows_get(&archive->records, i), archive->pools, note_value, b));
    for (size_t pool = NA_FACET_FIRST; pool < NA_FACET_END; pool++) {
      na_postings *lists = &b->values[pool];
      b->counts[pool] = settle(lists->items, lists->starts[i], b->counts[pool]);
      lists->starts[i + 1] = (uint32_t)b->counts[pool];
    }
  }
  return na_archive_is_damaged(archive) ? NA_BAD : NA_OK;
}

typedef struct keyed {
  na_slice key;
  uint32_t value;
} keyed;

static int compare_keyed (const void *a, const void *b) {
  const keyed *x = a, *y = b;
  int order = na_slice_compare(x->key, y->key);
  return order ? order : (x->value > y->value) - (x->value < y->value);
}

static na_status sort_keys (const na_rows *names, const na_fold_table *fold, na_arena *arena, keyed *order) {
  na_buffer key = { 0 };
  na_status status = NA_OK;
  for (uint32_t v = 0; v < names->count && status == NA_OK; v++) {
    order[v].value = v;
    status = na_facet_key(&key, fold, na_rows_get(names, v));
    if (status == NA_OK) status = na_arena_copy(arena, na_buffer_slice(&key), &order[v].key);
  }
  na_buffer_free(&key);
  if (status == NA_OK && names->count) qsort(order, names->count, sizeof *order, compare_keyed);
  return status;
}

static na_status write_keys (na_image_writer *image, const na_archive *archive, na_pool pool,
                             const na_fold_table *fold) {
  const na_rows *names = &archive->pools[pool];
  na_arena arena = { 0 };
  keyed *order = na_malloc(names->count * sizeof *order);
  uint32_t *values = na_malloc(names->count * sizeof *values);
  na_status status = order && values ? sort_keys(names, fold, &arena, order) : NA_NOMEM;
  if (status == NA_OK) {
    for (size_t i = 0; i < names->count; i++) values[i] = order[i].value;
    status = na_column_write(image, sections[pool].keys, values, names->count);
  }
  na_arena_free(&arena);
  na_free(order);
  na_free(values);
  return status;
}

static na_status write_lists (na_image_writer *image, const na_archive *archive, na_pool pool,
                              const na_postings *values) {
  na_postings stories = { 0 };
  NA_TRY(na_postings_transpose(&stories, values, archive->pools[pool].count));
  na_status status = na_lists_write(image, sections[pool].lists, &stories);
  na_postings_free(&stories);
  return status;
}

bool na_facets_stored (const na_image *image) {
  return na_image_has(image, NA_SECTION_CATEGORY_KEYS);
}

na_status na_facets_write (na_image_writer *image, const na_archive *archive, const na_fold_table *fold) {
  builder b = { 0 };
  na_status status = collect(&b, archive);
  /* In the order of the sections' numbers, as they are when they are copied. */
  for (size_t pool = NA_FACET_FIRST; pool < NA_FACET_END; pool++) {
    if (status == NA_OK && pool != NA_POOL_ENTITY) /* whose lists the archive has */
      status = write_lists(image, archive, (na_pool)pool, &b.values[pool]);
    na_postings_free(&b.values[pool]);
  }
  for (size_t pool = NA_FACET_FIRST; pool < NA_FACET_END && status == NA_OK; pool++)
    status = write_keys(image, archive, (na_pool)pool, fold);
  return status;
}

/* ---- reading ---- */

na_status na_facet_open (na_facet *facet, const na_archive *archive, const na_image *image, na_pool pool) {
  *facet = (na_facet){ .archive = archive, .pool = pool };
  if (pool == NA_POOL_ENTITY)
    facet->lists = archive->mention_rows;
  else
    NA_TRY(na_rows_open(&facet->lists, image, sections[pool].lists));
  NA_TRY(na_column_open(&facet->keys, image, sections[pool].keys));
  size_t values = archive->pools[pool].count;
  return facet->lists.count == values && facet->keys.count == values ? NA_OK : NA_BAD;
}

static na_status add_value (na_arena *arena, uint32_t **values, size_t *count, uint32_t value) {
  size_t room = *count;
  if ((room & (room - 1)) == 0) { /* doubled: what is left behind in the arena is less than what is kept */
    uint32_t *moved = na_arena_alloc(arena, (room ? 2 * room : 1) * sizeof *moved);
    if (!moved) return NA_NOMEM;
    if (room) memcpy(moved, *values, room * sizeof *moved);
    *values = moved;
  }
  (*values)[(*count)++] = value;
  return NA_OK;
}

/* The key of the value at place `i` of the keys. */
static na_status key_at (const na_facet *facet, const na_fold_table *fold, size_t i, na_buffer *key) {
  const na_rows *names = &facet->archive->pools[facet->pool];
  return na_facet_key(key, fold, na_rows_get(names, na_column_number(&facet->keys, i, names->count)));
}

static na_status find_first (const na_facet *facet, const na_fold_table *fold, na_slice key, na_buffer *own,
                             size_t *first) {
  size_t low = 0, high = facet->keys.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    NA_TRY(key_at(facet, fold, middle, own));
    if (na_slice_compare(na_buffer_slice(own), key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  *first = low;
  return NA_OK;
}

static na_status find (const na_facet *facet, const na_fold_table *fold, na_slice key, bool part,
                       na_buffer *own, na_arena *arena, uint32_t **values, size_t *count) {
  size_t i = 0;
  if (!part) NA_TRY(find_first(facet, fold, key, own, &i));
  for (; i < facet->keys.count; i++) {
    NA_TRY(key_at(facet, fold, i, own));
    bool fits = part ? na_slice_holds(na_buffer_slice(own), key) : na_slice_equal(na_buffer_slice(own), key);
    if (fits)
      NA_TRY(add_value(arena, values, count,
                       na_column_number(&facet->keys, i, facet->archive->pools[facet->pool].count)));
    else if (!part)
      break;
  }
  return NA_OK;
}

na_status na_facet_find (const na_facet *facet, const na_fold_table *fold, na_slice key, bool part,
                         na_arena *arena, uint32_t **values, size_t *count) {
  na_buffer own = { 0 };
  *values = NULL;
  *count = 0;
  if (!key.size) return NA_OK;
  na_status status = find(facet, fold, key, part, &own, arena, values, count);
  na_buffer_free(&own);
  return status;
}

na_status na_facet_stories (const na_facet *facet, uint32_t value, na_arena *arena,
                            na_posting_list *stories) {
  na_slice row = na_rows_get(&facet->lists, value);
  size_t count = na_list_count(row);
  uint32_t *items = na_arena_alloc(arena, count * sizeof *items);
  if (!items) return NA_NOMEM;
  if (!na_list_unpack(row, (uint32_t)facet->archive->count, items)) {
    na_image_spoil(facet->lists.image);
    return NA_BAD;
  }
  *stories = (na_posting_list){ items, count };
  return NA_OK;
}
