#include "index/archive.h"

#include <stdlib.h>

#include "base/memory.h"

static void free_indexes (na_archive *archive) {
  na_map_free(&archive->numbers);
  na_map_free(&archive->entity_numbers);
  na_postings_free(&archive->context);
  na_postings_free(&archive->mentions);
  na_free(archive->entities);
  na_free(archive->days);
  archive->entities = NULL;
  archive->days = NULL;
  archive->entity_count = 0;
  archive->sealed = 0;
}

void na_archive_free (na_archive *archive) {
  free_indexes(archive);
  na_ids_free(&archive->ids);
  na_free(archive->stories);
  *archive = (na_archive){ 0 };
}

na_status na_archive_add (na_archive *archive, na_report *report, size_t from) {
  for (size_t i = from; i < report->story_count; i++) {
    void *stories = archive->stories;
    if (!na_grow(&stories, &archive->capacity, archive->count, sizeof *archive->stories)) return NA_NOMEM;
    archive->stories = stories;
    NA_TRY(na_ids_assign(&archive->ids, report, report->stories[i]));
    archive->stories[archive->count++] = report->stories[i];
  }
  return NA_OK;
}

/* ---- order ---- */

typedef struct dated {
  na_day day;
  uint32_t place; /* the order of adding makes the order total */
  na_story *story;
} dated;

static int compare_dated (const void *a, const void *b) {
  const dated *x = a, *y = b;
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

static na_status sort_stories (na_archive *archive) {
  size_t count = archive->count;
  dated *order = na_malloc(count * sizeof *order);
  archive->days = na_malloc(count * sizeof *archive->days);
  if (!order || !archive->days) {
    na_free(order);
    return NA_NOMEM;
  }
  for (size_t i = 0; i < count; i++)
    order[i] = (dated){ na_story_day(archive->stories[i]), (uint32_t)i, archive->stories[i] };
  qsort(order, count, sizeof *order, compare_dated);
  for (size_t i = 0; i < count; i++) archive->stories[i] = order[i].story, archive->days[i] = order[i].day;
  na_free(order);
  return NA_OK;
}

static na_status number_stories (na_archive *archive) {
  for (size_t i = 0; i < archive->count; i++) {
    uint32_t *number;
    bool fresh;
    NA_TRY(na_map_put(&archive->numbers, archive->stories[i]->id, (uint32_t)i, &number, &fresh));
  }
  return NA_OK;
}

/* ---- entities ---- */

static int compare_names (const void *a, const void *b) {
  return na_slice_compare(*(const na_slice *)a, *(const na_slice *)b);
}

/* All names once, sorted, and their numbers; *mentions is how many there are in all stories together. */
static na_status collect_entities (na_archive *archive, size_t *mentions) {
  na_map *numbers = &archive->entity_numbers;
  size_t capacity = 0;
  *mentions = 0;
  for (size_t i = 0; i < archive->count; i++) {
    const na_strings *context = &archive->stories[i]->context;
    *mentions += context->count;
    for (size_t k = 0; k < context->count; k++) {
      uint32_t *number;
      bool fresh;
      NA_TRY(na_map_put(numbers, context->items[k], 0, &number, &fresh));
      if (!fresh) continue;
      void *names = archive->entities;
      if (!na_grow(&names, &capacity, archive->entity_count, sizeof *archive->entities)) return NA_NOMEM;
      archive->entities = names;
      archive->entities[archive->entity_count++] = context->items[k];
    }
  }
  if (archive->entity_count)
    qsort(archive->entities, archive->entity_count, sizeof *archive->entities, compare_names);
  for (size_t e = 0; e < archive->entity_count; e++) {
    uint32_t *number;
    bool fresh;
    NA_TRY(na_map_put(numbers, archive->entities[e], 0, &number, &fresh));
    *number = (uint32_t)e;
  }
  return NA_OK;
}

/* A story's context is sorted by name, and so are the numbers: the lists come out ascending. */
static na_status list_entities (na_archive *archive, size_t mentions) {
  NA_TRY(na_postings_alloc(&archive->context, archive->count, mentions));
  uint32_t end = 0;
  for (size_t i = 0; i < archive->count; i++) {
    const na_strings *context = &archive->stories[i]->context;
    for (size_t k = 0; k < context->count; k++)
      archive->context.items[end++] = na_map_get(&archive->entity_numbers, context->items[k]);
    archive->context.starts[i + 1] = end;
  }
  return na_postings_transpose(&archive->mentions, &archive->context, archive->entity_count);
}

static na_status build (na_archive *archive) {
  size_t mentions;
  NA_TRY(sort_stories(archive));
  NA_TRY(number_stories(archive));
  NA_TRY(collect_entities(archive, &mentions));
  return list_entities(archive, mentions);
}

na_status na_archive_seal (na_archive *archive) {
  if (archive->sealed == archive->count) return NA_OK;
  if (archive->count >= UINT32_MAX) return NA_LIMIT;
  free_indexes(archive);
  na_status status = build(archive);
  if (status != NA_OK)
    free_indexes(archive);
  else
    archive->sealed = archive->count;
  return status;
}

uint32_t na_archive_find (const na_archive *archive, na_slice id) {
  return na_map_get(&archive->numbers, id);
}
