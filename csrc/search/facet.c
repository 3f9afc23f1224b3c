#include "search/facet.h"

#include <stdlib.h>

#include "base/memory.h"
#include "text/words.h"

void na_facet_free (na_facet *facet) {
  na_free(facet->names);
  na_free(facet->keys);
  na_map_free(&facet->by_key);
  na_postings_free(&facet->values);
  na_postings_free(&facet->stories);
  *facet = (na_facet){ 0 };
}

/* ---- what a story has ---- */

static size_t count_of (const na_story *story, na_clause_kind kind) {
  switch (kind) {
  case NA_CLAUSE_ENTITY: return story->context.count;
  case NA_CLAUSE_SOURCE: return story->sources.count;
  case NA_CLAUSE_TOPIC: return story->topics.count;
  default: return 1;
  }
}

/* The i-th name; absent where a source has none, or the story no category. */
static na_slice name_of (const na_story *story, na_clause_kind kind, size_t i) {
  switch (kind) {
  case NA_CLAUSE_ENTITY: return story->context.items[i];
  case NA_CLAUSE_SOURCE: return ((const na_source *)story->sources.items)[i].name;
  case NA_CLAUSE_TOPIC: return story->topics.items[i];
  default: return story->category;
  }
}

/* ---- names ---- */

typedef struct builder {
  na_facet *facet;
  const na_archive *archive;
  na_clause_kind kind;
  na_map numbers; /* name -> value */
  size_t uses;
} builder;

static int compare_names (const void *a, const void *b) {
  return na_slice_compare(*(const na_slice *)a, *(const na_slice *)b);
}

static na_status collect_name (builder *b, na_slice name, size_t *capacity) {
  uint32_t *number;
  bool fresh;
  if (!name.data) return NA_OK;
  b->uses++;
  NA_TRY(na_map_put(&b->numbers, name, 0, &number, &fresh));
  if (!fresh) return NA_OK;
  void *names = b->facet->names;
  if (!na_grow(&names, capacity, b->facet->count, sizeof *b->facet->names)) return NA_NOMEM;
  b->facet->names = names;
  b->facet->names[b->facet->count++] = name;
  return NA_OK;
}

static na_status collect_names (builder *b) {
  size_t capacity = 0;
  for (size_t i = 0; i < b->archive->count; i++) {
    const na_story *story = b->archive->stories[i];
    for (size_t k = 0; k < count_of(story, b->kind); k++)
      NA_TRY(collect_name(b, name_of(story, b->kind, k), &capacity));
  }
  if (b->facet->count) qsort(b->facet->names, b->facet->count, sizeof *b->facet->names, compare_names);
  for (size_t v = 0; v < b->facet->count; v++) {
    uint32_t *number;
    bool fresh;
    NA_TRY(na_map_put(&b->numbers, b->facet->names[v], 0, &number, &fresh));
    *number = (uint32_t)v;
  }
  return NA_OK;
}

/* ---- lists ---- */

static int compare_numbers (const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* Puts items[from] up to items[to] in order and leaves each once; gives the new end. */
static uint32_t settle (uint32_t *items, uint32_t from, uint32_t to) {
  if (to - from < 2) return to;
  qsort(items + from, to - from, sizeof *items, compare_numbers);
  uint32_t end = from + 1;
  for (uint32_t i = from + 1; i < to; i++)
    if (items[i] != items[end - 1]) items[end++] = items[i];
  return end;
}

static na_status list_values (builder *b) {
  na_facet *facet = b->facet;
  NA_TRY(na_postings_alloc(&facet->values, b->archive->count, b->uses));
  uint32_t end = 0;
  for (size_t i = 0; i < b->archive->count; i++) {
    const na_story *story = b->archive->stories[i];
    uint32_t first = end;
    for (size_t k = 0; k < count_of(story, b->kind); k++) {
      na_slice name = name_of(story, b->kind, k);
      if (name.data) facet->values.items[end++] = na_map_get(&b->numbers, name);
    }
    end = settle(facet->values.items, first, end);
    facet->values.starts[i + 1] = end;
  }
  return na_postings_transpose(&facet->stories, &facet->values, facet->count);
}

/* ---- keys ---- */

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

static na_status list_keys (na_facet *facet, const na_fold_table *fold, na_arena *arena) {
  na_buffer key = { 0 };
  na_status status = NA_OK;
  facet->keys = na_malloc(facet->count * sizeof *facet->keys);
  if (!facet->keys) return NA_NOMEM;
  for (size_t v = 0; v < facet->count && status == NA_OK; v++) {
    uint32_t *number;
    bool fresh;
    status = na_facet_key(&key, fold, facet->names[v]);
    if (status == NA_OK) status = na_arena_copy(arena, na_buffer_slice(&key), &facet->keys[v]);
    if (status == NA_OK) status = na_map_put(&facet->by_key, facet->keys[v], (uint32_t)v, &number, &fresh);
  }
  na_buffer_free(&key);
  return status;
}

na_status na_facet_build (na_facet *facet, const na_archive *archive, na_clause_kind kind,
                          const na_fold_table *fold, na_arena *arena) {
  builder b = { .facet = facet, .archive = archive, .kind = kind };
  na_facet_free(facet);
  na_status status = collect_names(&b);
  if (status == NA_OK) status = list_values(&b);
  if (status == NA_OK) status = list_keys(facet, fold, arena);
  na_map_free(&b.numbers);
  if (status != NA_OK) na_facet_free(facet);
  return status;
}

/* ---- finding ---- */

size_t na_facet_find (const na_facet *facet, na_slice key, bool part, size_t from) {
  if (!key.size) return facet->count;
  if (!part && from == 0) {
    uint32_t first = na_map_get(&facet->by_key, key);
    if (first == NA_MAP_NONE) return facet->count;
    from = first;
  }
  while (from < facet->count &&
         !(part ? na_slice_holds(facet->keys[from], key) : na_slice_equal(facet->keys[from], key)))
    from++;
  return from;
}
