#include "index/record.h"

#define DAY_BYTES (NA_DATE_BYTES - 1)

/* ---- out ---- */

static na_status put_text (na_buffer *out, na_pool pool, na_slice text, const na_map *numbers) {
  if (pool != NA_POOL_NONE && numbers) return na_varint_append(out, na_map_get(&numbers[pool], text));
  NA_TRY(na_varint_append(out, text.size));
  return na_buffer_append(out, text);
}

static na_status put_record (na_buffer *out, const na_shape *shape, const void *record,
                             const na_map *numbers);

static na_status put_list (na_buffer *out, const na_field *field, const void *value, const na_map *numbers) {
  if (field->kind == NA_KIND_STRINGS) {
    const na_strings *list = value;
    NA_TRY(na_varint_append(out, list->count));
    for (size_t i = 0; i < list->count; i++) NA_TRY(put_text(out, field->pool, list->items[i], numbers));
    return NA_OK;
  }
  const na_records *list = value;
  NA_TRY(na_varint_append(out, list->count));
  for (size_t i = 0; i < list->count; i++)
    NA_TRY(put_record(out, field->shape, (const char *)list->items + i * field->shape->size, numbers));
  return NA_OK;
}

static uint64_t zigzag (int64_t value) {
  return (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
}

static na_status put_value (na_buffer *out, const na_field *field, const void *value, const na_map *numbers) {
  switch (field->kind) {
  case NA_KIND_STRING:
  case NA_KIND_JSON: return put_text(out, field->pool, *(const na_slice *)value, numbers);
  case NA_KIND_STRINGS:
  case NA_KIND_RECORDS: return put_list(out, field, value, numbers);
  case NA_KIND_INTEGER: return na_varint_append(out, zigzag(*(const int64_t *)value));
  case NA_KIND_RECORD: return put_record(out, field->shape, value, numbers);
  case NA_KIND_BOOLEAN: return NA_OK;
  }
  return NA_OK;
}

static na_status put_record (na_buffer *out, const na_shape *shape, const void *record,
                             const na_map *numbers) {
  uint64_t present = 0;
  for (size_t i = 0; i < shape->count; i++)
    present |= (uint64_t)!na_field_absent(&shape->fields[i], record) << i;
  NA_TRY(na_varint_append(out, present));
  for (size_t i = 0; i < shape->count; i++)
    if (present >> i & 1)
      NA_TRY(put_value(out, &shape->fields[i], na_field_of(&shape->fields[i], record), numbers));
  return NA_OK;
}

na_status na_story_pack (na_buffer *out, const na_story *story, const na_map *numbers) {
  na_story bare = *story;
  int flags = 0;
  if (story->date.size == DAY_BYTES && na_story_day(story) != NA_DAY_NONE) {
    flags |= NA_RECORD_DATED;
    if (story->id.size > DAY_BYTES && na_slice_starts(story->id, story->date) &&
        story->id.data[DAY_BYTES] == '/') {
      flags |= NA_RECORD_OF_DAY;
      bare.id = na_slice_part(story->id, DAY_BYTES + 1, story->id.size);
    }
    bare.date = NA_NONE;
  }
  NA_TRY(na_buffer_byte(out, (char)flags));
  return put_record(out, &na_story_shape, &bare, numbers);
}

/* ---- in ---- */

typedef struct reading {
  na_cursor cursor;
  const na_rows *pools;
  na_arena *arena;
} reading;

static na_slice take_text (reading *r, na_pool pool) {
  uint64_t number = na_cursor_number(&r->cursor);
  if (pool == NA_POOL_NONE || !r->pools) return na_cursor_bytes(&r->cursor, number);
  if (number < r->pools[pool].count) return na_rows_get(&r->pools[pool], (size_t)number);
  r->cursor.bad = true;
  return NA_LITERAL("");
}

/* Room for `count` items, each of which takes at least one byte of what is left. */
static void *take_room (reading *r, uint64_t count, size_t size) {
  if (count <= (uint64_t)(r->cursor.end - r->cursor.at))
    return na_arena_alloc(r->arena, (size_t)count * size);
  r->cursor.bad = true;
  return NULL;
}

static na_status take_record (reading *r, const na_shape *shape, void *record);

static na_status take_list (reading *r, const na_field *field, void *target) {
  uint64_t count = na_cursor_number(&r->cursor);
  size_t size = field->kind == NA_KIND_STRINGS ? sizeof(na_slice) : field->shape->size;
  char *items = take_room(r, count, size);
  if (!items) return r->cursor.bad ? NA_BAD : NA_NOMEM;
  for (uint64_t i = 0; i < count; i++) {
    if (field->kind == NA_KIND_STRINGS)
      ((na_slice *)(void *)items)[i] = take_text(r, field->pool);
    else
      NA_TRY(take_record(r, field->shape, memset(items + i * size, 0, size)));
  }
  if (field->kind == NA_KIND_STRINGS)
    *(na_strings *)target = (na_strings){ (na_slice *)(void *)items, (size_t)count };
  else
    *(na_records *)target = (na_records){ items, (size_t)count };
  return NA_OK;
}

static na_status take_value (reading *r, const na_field *field, void *target) {
  switch (field->kind) {
  case NA_KIND_STRING:
  case NA_KIND_JSON: *(na_slice *)target = take_text(r, field->pool); return NA_OK;
  case NA_KIND_STRINGS:
  case NA_KIND_RECORDS: return take_list(r, field, target);
  case NA_KIND_RECORD: return take_record(r, field->shape, target);
  case NA_KIND_BOOLEAN: *(bool *)target = true; return NA_OK;
  case NA_KIND_INTEGER: {
    uint64_t value = na_cursor_number(&r->cursor);
    *(int64_t *)target = (int64_t)(value >> 1 ^ (value & 1 ? UINT64_MAX : 0));
    return NA_OK;
  }
  }
  return NA_OK;
}

/* Fills a cleared record. */
static na_status take_record (reading *r, const na_shape *shape, void *record) {
  uint64_t present = na_cursor_number(&r->cursor);
  if (present >> shape->count) r->cursor.bad = true;
  for (size_t i = 0; i < shape->count && !r->cursor.bad; i++)
    if (present >> i & 1) NA_TRY(take_value(r, &shape->fields[i], na_field_of(&shape->fields[i], record)));
  return r->cursor.bad ? NA_BAD : NA_OK;
}

static na_status name_day (na_story *story, int flags, na_day day, na_arena *arena) {
  bool of_day = flags & NA_RECORD_OF_DAY;
  size_t rest = of_day ? story->id.size : 0;
  char *text = na_arena_alloc(arena, NA_DATE_BYTES + rest);
  if (!text) return NA_NOMEM;
  na_day_format(day, text);
  story->date = na_slice_of(text, DAY_BYTES);
  if (!of_day) return NA_OK;
  text[DAY_BYTES] = '/';
  if (rest) memcpy(text + DAY_BYTES + 1, story->id.data, rest);
  story->id = na_slice_of(text, DAY_BYTES + 1 + rest);
  return NA_OK;
}

na_status na_story_unpack (na_slice bytes, const na_rows *pools, na_day day, na_arena *arena,
                           na_story *story) {
  reading r = { na_cursor_of(bytes), pools, arena };
  *story = (na_story){ 0 };
  int flags = na_cursor_byte(&r.cursor);
  if ((flags & NA_RECORD_DATED) && day == NA_DAY_NONE) return NA_BAD;
  NA_TRY(take_record(&r, &na_story_shape, story));
  return flags & NA_RECORD_DATED ? name_day(story, flags, day, arena) : NA_OK;
}

/* ---- texts of pools ---- */

na_status na_record_visit (const na_shape *shape, const void *record, na_text_visitor *visit, void *context) {
  for (size_t i = 0; i < shape->count; i++) {
    const na_field *field = &shape->fields[i];
    const void *value = na_field_of(field, record);
    if (field->kind == NA_KIND_RECORD) {
      NA_TRY(na_record_visit(field->shape, value, visit, context));
    } else if (field->kind == NA_KIND_RECORDS) {
      const na_records *list = value;
      for (size_t k = 0; k < list->count; k++)
        NA_TRY(na_record_visit(field->shape, (const char *)list->items + k * field->shape->size, visit,
                               context));
    } else if (field->pool != NA_POOL_NONE && !na_field_absent(field, record)) {
      const na_strings *list = value;
      bool is_list = field->kind == NA_KIND_STRINGS;
      for (size_t k = 0; k < (is_list ? list->count : 1); k++)
        NA_TRY(visit(context, field->pool, is_list ? list->items[k] : *(const na_slice *)value));
    }
  }
  return NA_OK;
}

/* ---- numbers of texts ---- */

typedef struct scanning {
  na_cursor cursor;
  const na_rows *pools;
  na_number_visitor *visit;
  void *context;
} scanning;

static na_status scan_text (scanning *s, na_pool pool) {
  uint64_t number = na_cursor_number(&s->cursor);
  if (pool == NA_POOL_NONE || !s->pools) {
    uint32_t size = (uint32_t)na_cursor_bytes(&s->cursor, number).size;
    return s->visit(s->context, pool, size);
  }
  return number < s->pools[pool].count ? s->visit(s->context, pool, (uint32_t)number) : NA_BAD;
}

static na_status scan_record (scanning *s, const na_shape *shape);

static na_status scan_value (scanning *s, const na_field *field) {
  uint64_t count = 1;
  if (field->kind == NA_KIND_BOOLEAN) return NA_OK;
  if (field->kind == NA_KIND_RECORD) return scan_record(s, field->shape);
  if (field->kind == NA_KIND_INTEGER) {
    na_cursor_number(&s->cursor);
    return NA_OK;
  }
  if (field->kind == NA_KIND_STRINGS || field->kind == NA_KIND_RECORDS) count = na_cursor_number(&s->cursor);
  for (uint64_t i = 0; i < count && !s->cursor.bad; i++)
    NA_TRY(field->kind == NA_KIND_RECORDS ? scan_record(s, field->shape) : scan_text(s, field->pool));
  return NA_OK;
}

static na_status scan_record (scanning *s, const na_shape *shape) {
  uint64_t present = na_cursor_number(&s->cursor);
  for (size_t i = 0; i < shape->count && !s->cursor.bad; i++)
    if (present >> i & 1) NA_TRY(scan_value(s, &shape->fields[i]));
  return s->cursor.bad ? NA_BAD : NA_OK;
}

na_status na_story_scan (na_slice bytes, const na_rows *pools, na_number_visitor *visit, void *context) {
  scanning s = { na_cursor_of(bytes), pools, visit, context };
  na_cursor_byte(&s.cursor);
  return scan_record(&s, &na_story_shape);
}

/* ---- the id alone ---- */

static na_status ignore (void *context, na_pool pool, uint32_t number) {
  (void)context, (void)pool, (void)number;
  return NA_OK;
}

na_status na_story_unpack_id (na_slice bytes, const na_rows *pools, na_day day, na_story_id *id) {
  scanning s = { na_cursor_of(bytes), pools, ignore, NULL };
  *id = (na_story_id){ .rest = NA_LITERAL("") };
  int flags = na_cursor_byte(&s.cursor);
  uint64_t present = na_cursor_number(&s.cursor);
  const size_t at = (size_t)(na_shape_find(&na_story_shape, NA_LITERAL("id")) - na_story_shape.fields);
  for (size_t i = 0; i < at; i++)
    if (present >> i & 1) NA_TRY(scan_value(&s, &na_story_shape.fields[i]));
  na_slice rest = present >> at & 1 ? na_cursor_bytes(&s.cursor, na_cursor_number(&s.cursor)) : id->rest;
  bool of_day = (flags & NA_RECORD_DATED) && (flags & NA_RECORD_OF_DAY);
  if (s.cursor.bad || (of_day && day == NA_DAY_NONE)) return NA_BAD;
  id->rest = rest;
  if (!of_day) return NA_OK;
  na_day_format(day, id->day);
  id->day[DAY_BYTES] = '/';
  id->day_size = NA_DATE_BYTES;
  return NA_OK;
}

static unsigned char byte_of (const na_story_id *id, size_t i) {
  return (unsigned char)(i < id->day_size ? id->day[i] : id->rest.data[i - id->day_size]);
}

int na_story_id_compare (const na_story_id *a, const na_story_id *b) {
  size_t x = a->day_size + a->rest.size, y = b->day_size + b->rest.size;
  for (size_t i = 0; i < x && i < y; i++)
    if (byte_of(a, i) != byte_of(b, i)) return byte_of(a, i) < byte_of(b, i) ? -1 : 1;
  return (x > y) - (x < y);
}
