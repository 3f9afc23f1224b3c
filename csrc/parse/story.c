#include "parse/story.h"

#include <stdlib.h>

#define POOLED(type, field, kind, pool) \
  { #field, kind, pool, offsetof(type, field), NULL }
#define FIELD(type, field, kind) POOLED(type, field, kind, NA_POOL_NONE)
#define NESTED(type, field, kind, shape) \
  { #field, kind, NA_POOL_NONE, offsetof(type, field), &(shape) }
#define SHAPE(variable, name, type, list) \
  const na_shape variable = { name, sizeof(type), list, sizeof(list) / sizeof *(list) }

static const na_field source_fields[] = {
  FIELD(na_source, archive_url, NA_KIND_STRING),
  FIELD(na_source, dead, NA_KIND_BOOLEAN),
  FIELD(na_source, description, NA_KIND_STRING),
  FIELD(na_source, image, NA_KIND_STRING),
  POOLED(na_source, language, NA_KIND_STRING, NA_POOL_OTHER),
  POOLED(na_source, name, NA_KIND_STRING, NA_POOL_SOURCE),
  POOLED(na_source, publisher, NA_KIND_STRING, NA_POOL_OTHER),
  FIELD(na_source, title, NA_KIND_STRING),
  FIELD(na_source, url, NA_KIND_STRING),
  POOLED(na_source, via, NA_KIND_STRING, NA_POOL_OTHER),
};
SHAPE(na_source_shape, "source", na_source, source_fields);

static const na_field mention_fields[] = {
  POOLED(na_mention, interlanguage, NA_KIND_STRING, NA_POOL_OTHER),
  POOLED(na_mention, interwiki, NA_KIND_STRING, NA_POOL_OTHER),
  FIELD(na_mention, label, NA_KIND_STRING),
  FIELD(na_mention, missing, NA_KIND_BOOLEAN),
  FIELD(na_mention, section, NA_KIND_STRING),
  POOLED(na_mention, target, NA_KIND_STRING, NA_POOL_OTHER),
};
SHAPE(na_mention_shape, "mention", na_mention, mention_fields);

static const na_field declared_fields[] = {
  POOLED(na_declared, context, NA_KIND_STRINGS, NA_POOL_OTHER),
  FIELD(na_declared, id, NA_KIND_STRING),
  FIELD(na_declared, title, NA_KIND_STRING),
  FIELD(na_declared, url, NA_KIND_STRING),
};
SHAPE(na_declared_shape, "relation", na_declared, declared_fields);

static const na_field headline_fields[] = {
  FIELD(na_headline, order, NA_KIND_INTEGER),
  FIELD(na_headline, title, NA_KIND_STRING),
  FIELD(na_headline, topic, NA_KIND_STRING),
};
SHAPE(na_headline_shape, "headline", na_headline, headline_fields);

static const na_field origin_fields[] = {
  FIELD(na_origin, line, NA_KIND_INTEGER),
  POOLED(na_origin, path, NA_KIND_STRING, NA_POOL_OTHER),
};
static SHAPE(origin_shape, "origin", na_origin, origin_fields);

static const na_field story_fields[] = {
  FIELD(na_story, aliases, NA_KIND_STRINGS),
  POOLED(na_story, authors, NA_KIND_STRINGS, NA_POOL_OTHER),
  FIELD(na_story, body, NA_KIND_STRING),
  POOLED(na_story, category, NA_KIND_STRING, NA_POOL_CATEGORY),
  POOLED(na_story, context, NA_KIND_STRINGS, NA_POOL_ENTITY),
  FIELD(na_story, date, NA_KIND_STRING),
  FIELD(na_story, description, NA_KIND_STRING),
  FIELD(na_story, draft, NA_KIND_BOOLEAN),
  NESTED(na_story, headlines, NA_KIND_RECORDS, na_headline_shape),
  FIELD(na_story, id, NA_KIND_STRING),
  POOLED(na_story, language, NA_KIND_STRING, NA_POOL_OTHER),
  POOLED(na_story, lead, NA_KIND_STRING, NA_POOL_OTHER),
  NESTED(na_story, mentions, NA_KIND_RECORDS, na_mention_shape),
  FIELD(na_story, order, NA_KIND_INTEGER),
  NESTED(na_story, origin, NA_KIND_RECORD, origin_shape),
  FIELD(na_story, params, NA_KIND_JSON),
  POOLED(na_story, raw_category, NA_KIND_STRING, NA_POOL_OTHER),
  NESTED(na_story, related, NA_KIND_RECORDS, na_declared_shape),
  POOLED(na_story, role, NA_KIND_STRING, NA_POOL_OTHER),
  FIELD(na_story, slug, NA_KIND_STRING),
  NESTED(na_story, sources, NA_KIND_RECORDS, na_source_shape),
  POOLED(na_story, tags, NA_KIND_STRINGS, NA_POOL_OTHER),
  FIELD(na_story, title, NA_KIND_STRING),
  POOLED(na_story, topics, NA_KIND_STRINGS, NA_POOL_TOPIC),
  FIELD(na_story, updated, NA_KIND_STRING),
  FIELD(na_story, url, NA_KIND_STRING),
};
SHAPE(na_story_shape, "story", na_story, story_fields);

const na_field *na_shape_find (const na_shape *shape, na_slice name) {
  for (size_t i = 0; i < shape->count; i++)
    if (na_slice_equal(name, na_slice_z(shape->fields[i].name))) return &shape->fields[i];
  return NULL;
}

bool na_field_absent (const na_field *field, const void *record) {
  const void *value = na_field_of(field, record);
  switch (field->kind) {
  case NA_KIND_STRING:
  case NA_KIND_JSON: return !((const na_slice *)value)->data;
  case NA_KIND_STRINGS: return !((const na_strings *)value)->count;
  case NA_KIND_RECORDS: return !((const na_records *)value)->count;
  case NA_KIND_INTEGER: return !*(const int64_t *)value;
  case NA_KIND_BOOLEAN: return !*(const bool *)value;
  case NA_KIND_RECORD:
    for (size_t i = 0; i < field->shape->count; i++)
      if (!na_field_absent(&field->shape->fields[i], value)) return false;
    return true;
  }
  return true;
}

static na_status copy_strings (na_arena *arena, na_strings *to, const na_strings *from) {
  *to = (na_strings){ NULL, 0 };
  if (!from->count) return NA_OK;
  to->items = na_arena_alloc(arena, from->count * sizeof *to->items);
  if (!to->items) return NA_NOMEM;
  for (size_t i = 0; i < from->count; i++) NA_TRY(na_arena_copy(arena, from->items[i], &to->items[i]));
  to->count = from->count;
  return NA_OK;
}

static na_status copy_records (na_arena *arena, const na_shape *shape, na_records *to,
                               const na_records *from) {
  *to = (na_records){ NULL, 0 };
  if (!from->count) return NA_OK;
  to->items = na_arena_alloc(arena, from->count * shape->size);
  if (!to->items) return NA_NOMEM;
  for (size_t i = 0; i < from->count; i++)
    NA_TRY(na_record_copy(arena, shape, (char *)to->items + i * shape->size,
                          (const char *)from->items + i * shape->size));
  to->count = from->count;
  return NA_OK;
}

na_status na_record_copy (na_arena *arena, const na_shape *shape, void *to, const void *from) {
  for (size_t i = 0; i < shape->count; i++) {
    const na_field *field = &shape->fields[i];
    void *target = na_field_of(field, to);
    const void *value = na_field_of(field, from);
    switch (field->kind) {
    case NA_KIND_STRING:
    case NA_KIND_JSON: NA_TRY(na_arena_copy(arena, *(const na_slice *)value, target)); break;
    case NA_KIND_STRINGS: NA_TRY(copy_strings(arena, target, value)); break;
    case NA_KIND_RECORD: NA_TRY(na_record_copy(arena, field->shape, target, value)); break;
    case NA_KIND_RECORDS: NA_TRY(copy_records(arena, field->shape, target, value)); break;
    case NA_KIND_INTEGER: *(int64_t *)target = *(const int64_t *)value; break;
    case NA_KIND_BOOLEAN: *(bool *)target = *(const bool *)value; break;
    }
  }
  return NA_OK;
}

static size_t size_of (na_kind kind) {
  switch (kind) {
  case NA_KIND_STRING:
  case NA_KIND_JSON: return sizeof(na_slice);
  case NA_KIND_STRINGS: return sizeof(na_strings);
  case NA_KIND_RECORDS: return sizeof(na_records);
  case NA_KIND_INTEGER: return sizeof(int64_t);
  case NA_KIND_BOOLEAN: return sizeof(bool);
  case NA_KIND_RECORD: return 0; /* its own fields say */
  }
  return 0;
}

void na_record_amend (const na_shape *shape, void *to, const void *from) {
  for (size_t i = 0; i < shape->count; i++) {
    const na_field *field = &shape->fields[i];
    void *target = na_field_of(field, to);
    const void *value = na_field_of(field, from);
    if (field->kind == NA_KIND_RECORD)
      na_record_amend(field->shape, target, value);
    else if (!na_field_absent(field, from))
      memcpy(target, value, size_of(field->kind));
  }
}

/* Lists double when their count reaches a power of two: what they leave behind in the arena is at most what they hold. */
static void *grown (na_arena *arena, const void *items, size_t count, size_t size) {
  if (count & (count - 1)) return (void *)(uintptr_t)items;
  if (count > SIZE_MAX / 2 / size) return NULL;
  void *room = na_arena_alloc(arena, (count ? count * 2 : 1) * size);
  if (room && count) memcpy(room, items, count * size);
  return room;
}

na_status na_strings_add (na_arena *arena, na_strings *list, na_slice text) {
  na_slice *items = grown(arena, list->items, list->count, sizeof *items);
  if (!items) return NA_NOMEM;
  list->items = items;
  NA_TRY(na_arena_copy(arena, text, &items[list->count]));
  list->count++;
  return NA_OK;
}

void *na_records_add (na_arena *arena, na_records *list, size_t size) {
  char *items = grown(arena, list->items, list->count, size);
  if (!items) return NULL;
  list->items = items;
  return memset(items + size * list->count++, 0, size);
}

static int compare_slices (const void *a, const void *b) {
  return na_slice_compare(*(const na_slice *)a, *(const na_slice *)b);
}

void na_strings_sort_unique (na_strings *list) {
  if (list->count < 2) return;
  qsort(list->items, list->count, sizeof *list->items, compare_slices);
  size_t kept = 1;
  for (size_t i = 1; i < list->count; i++)
    if (!na_slice_equal(list->items[i], list->items[kept - 1])) list->items[kept++] = list->items[i];
  list->count = kept;
}

na_day na_story_day (const na_story *story) {
  return na_day_parse(story->date);
}
