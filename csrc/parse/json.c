#include "parse/json.h"

#include "text/utf8.h"

/* ---- out ---- */

static json_t *string_out (na_slice text) {
  if (na_utf8_valid(text) == text.size) return json_stringn_nocheck(text.data, text.size);
  na_buffer mended = { 0 };
  json_t *value = NULL;
  if (na_utf8_append_mended(&mended, text) == NA_OK) value = json_stringn_nocheck(mended.data, mended.size);
  na_buffer_free(&mended);
  return value;
}

static json_t *strings_out (const na_strings *list) {
  json_t *array = json_array();
  for (size_t i = 0; array && i < list->count; i++)
    if (json_array_append_new(array, string_out(list->items[i]))) {
      json_decref(array);
      return NULL;
    }
  return array;
}

static json_t *record_out (const na_shape *shape, const void *record);

static json_t *records_out (const na_shape *shape, const na_records *list) {
  json_t *array = json_array();
  for (size_t i = 0; array && i < list->count; i++)
    if (json_array_append_new(array, record_out(shape, (const char *)list->items + i * shape->size))) {
      json_decref(array);
      return NULL;
    }
  return array;
}

static json_t *json_out (na_slice text) {
  json_t *value;
  na_status status = na_json_load(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, &value, NULL);
  return status == NA_BAD ? json_null() : value;
}

static json_t *field_out (const na_field *field, const void *value) {
  const na_slice *text = value;
  switch (field->kind) {
  case NA_KIND_STRING: return string_out(*text);
  case NA_KIND_STRINGS: return strings_out(value);
  case NA_KIND_INTEGER: return json_integer(*(const int64_t *)value);
  case NA_KIND_BOOLEAN: return json_true();
  case NA_KIND_JSON: return json_out(*text);
  case NA_KIND_RECORD: return record_out(field->shape, value);
  case NA_KIND_RECORDS: return records_out(field->shape, value);
  }
  return NULL;
}

static json_t *record_out (const na_shape *shape, const void *record) {
  json_t *object = json_object();
  for (size_t i = 0; object && i < shape->count; i++) {
    const na_field *field = &shape->fields[i];
    if (na_field_absent(field, record)) continue;
    if (json_object_set_new_nocheck(object, field->name, field_out(field, na_field_of(field, record)))) {
      json_decref(object);
      return NULL;
    }
  }
  return object;
}

typedef struct dump {
  na_buffer *out;
  na_status status; /* the first failure */
} dump;

static int append_bytes (const char *bytes, size_t size, void *context) {
  dump *d = context;
  if (d->status == NA_OK) d->status = na_buffer_append(d->out, na_slice_of(bytes, size));
  return d->status == NA_OK ? 0 : -1;
}

na_status na_json_dump (na_buffer *out, const json_t *value, size_t flags) {
  dump d = { .out = out };
  size_t before = out->size;
  flags |= JSON_REAL_PRECISION(NA_JSON_REAL_DIGITS);
  if (json_dump_callback(value, append_bytes, &d, flags) && d.status == NA_OK) d.status = NA_NOMEM;
  if (d.status != NA_OK) out->size = before;
  return d.status;
}

na_status na_json_append (na_buffer *out, const na_shape *shape, const void *record) {
  json_t *object = record_out(shape, record);
  if (!object) return NA_NOMEM;
  na_status status = na_json_dump(out, object, JSON_COMPACT);
  json_decref(object);
  return status;
}

/* ---- in ---- */

na_status na_json_load (na_slice text, size_t flags, json_t **value, json_error_t *error) {
  json_error_t own;
  if (!error) error = &own;
  *value = json_loadb(text.data, text.size, flags, error);
  /* Where memory runs out within a text, the library calls its syntax wrong: what is wrong is wrong a second time. */
  if (!*value) *value = json_loadb(text.data, text.size, flags, error);
  if (*value) return NA_OK;
  return json_error_code(error) == json_error_out_of_memory || !error->text[0] ? NA_NOMEM : NA_BAD;
}

/* Where a line is being read to, and what was wrong with it. */
typedef struct line_reader {
  na_report *report;
  const char *field, *expected; /* the first field of a wrong type, and the type it should have */
} line_reader;

static na_status wrong (line_reader *reader, const char *field, const char *expected) {
  if (!reader->field) reader->field = field, reader->expected = expected;
  return NA_OK;
}

static na_slice slice_of (const json_t *string) {
  return na_slice_of(json_string_value(string), json_string_length(string));
}

static na_status strings_in (line_reader *reader, const na_field *field, na_strings *list,
                             const json_t *value) {
  if (!json_is_array(value)) return wrong(reader, field->name, "a list of texts");
  size_t i;
  json_t *item;
  json_array_foreach(value, i, item) {
    if (!json_is_string(item)) return wrong(reader, field->name, "a list of texts");
    if (json_string_length(item)) /* empty is absent */
      NA_TRY(na_strings_add(&reader->report->arena, list, slice_of(item)));
  }
  return NA_OK;
}

static na_status json_in (line_reader *reader, na_slice *text, const json_t *value) {
  na_buffer out = { 0 };
  na_status status = na_json_dump(&out, value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
  if (status == NA_OK) status = na_arena_copy(&reader->report->arena, na_buffer_slice(&out), text);
  na_buffer_free(&out);
  return status;
}

static na_status record_in (line_reader *reader, const na_shape *shape, void *record, json_t *object,
                            json_t *unknown);

static na_status records_in (line_reader *reader, const na_field *field, na_records *list, json_t *value) {
  if (!json_is_array(value)) return wrong(reader, field->name, "a list of objects");
  size_t i;
  json_t *item;
  json_array_foreach(value, i, item) {
    if (!json_is_object(item)) return wrong(reader, field->name, "a list of objects");
    void *record = na_records_add(&reader->report->arena, list, field->shape->size);
    if (!record) return NA_NOMEM;
    NA_TRY(record_in(reader, field->shape, record, item, NULL));
  }
  return NA_OK;
}

static na_status field_in (line_reader *reader, const na_field *field, void *target, json_t *value) {
  if (json_is_null(value)) return NA_OK; /* null is absent */
  switch (field->kind) {
  case NA_KIND_STRING:
    if (!json_is_string(value)) return wrong(reader, field->name, "a text");
    return json_string_length(value) ? na_arena_copy(&reader->report->arena, slice_of(value), target) : NA_OK;
  case NA_KIND_STRINGS: return strings_in(reader, field, target, value);
  case NA_KIND_RECORDS: return records_in(reader, field, target, value);
  case NA_KIND_JSON:
    if (!json_is_object(value)) return wrong(reader, field->name, "an object");
    return json_in(reader, target, value);
  case NA_KIND_RECORD:
    if (!json_is_object(value)) return wrong(reader, field->name, "an object");
    return record_in(reader, field->shape, target, value, NULL);
  case NA_KIND_INTEGER:
    if (!json_is_integer(value)) return wrong(reader, field->name, "a whole number");
    *(int64_t *)target = json_integer_value(value);
    return NA_OK;
  case NA_KIND_BOOLEAN:
    if (!json_is_boolean(value)) return wrong(reader, field->name, "true or false");
    *(bool *)target = json_is_true(value);
    return NA_OK;
  }
  return NA_OK;
}

/* Keys without a field go to the object `unknown`; where that is NULL they are left out. */
static na_status record_in (line_reader *reader, const na_shape *shape, void *record, json_t *object,
                            json_t *unknown) {
  const char *key;
  json_t *value;
  json_object_foreach(object, key, value) {
    const na_field *field = na_shape_find(shape, na_slice_z(key));
    if (field)
      NA_TRY(field_in(reader, field, na_field_of(field, record), value));
    else if (unknown && json_object_set_nocheck(unknown, key, value))
      return NA_NOMEM;
  }
  return NA_OK;
}

/* The story's `params`, with the keys that no field takes beside what the line itself has under "params". */
static na_status params_in (line_reader *reader, na_story *story, json_t *object, json_t *unknown) {
  if (!json_object_size(unknown)) return NA_OK;
  json_t *params = json_object_get(object, "params");
  if (json_is_object(params) && json_object_update_missing(unknown, params)) return NA_NOMEM;
  return json_in(reader, &story->params, unknown);
}

static na_status story_in (na_report *report, json_t *object, const na_read_options *options, size_t line) {
  line_reader reader = { .report = report };
  na_story *story = na_report_story(report);
  json_t *unknown = json_object();
  na_status status =
      story && unknown ? record_in(&reader, &na_story_shape, story, object, unknown) : NA_NOMEM;
  if (status == NA_OK) status = params_in(&reader, story, object, unknown);
  json_decref(unknown);
  if (status != NA_OK) {
    if (story) na_report_drop(report);
    return status;
  }
  if (!story->date.data) NA_TRY(na_arena_copy(&report->arena, options->date, &story->date));
  if (!story->language.data) NA_TRY(na_arena_copy(&report->arena, options->language, &story->language));
  if (!story->origin.path.data && options->path.data) {
    NA_TRY(na_arena_copy(&report->arena, options->path, &story->origin.path));
    story->origin.line = (int64_t)line;
  }
  na_strings_sort_unique(&story->context);
  const char *code = NULL;
  if (reader.field)
    code = "field-type";
  else if (!story->title.data)
    code = "no-title";
  else if (!story->date.data)
    code = "no-date";
  else if (na_story_day(story) == NA_DAY_NONE)
    code = "bad-date";
  if (!code) return NA_OK;
  na_report_drop(report);
  report->rejected++;
  if (reader.field)
    return na_report_problem(report, options->path, line, 1, code, "field '%s': %s expected", reader.field,
                             reader.expected);
  return na_report_problem(report, options->path, line, 1, code, "%s",
                           story->title.data ? story->date.data ? "the date is no day of the calendar"
                                                                : "a story needs a date"
                                             : "a story needs a title");
}

static na_status line_in (na_report *report, na_slice text, const na_read_options *options, size_t line) {
  report->items++;
  if (text.size > NA_JSON_LINE_BYTES) {
    report->rejected++;
    return na_report_problem(report, options->path, line, 1, "line-too-long", "more than %zu bytes",
                             NA_JSON_LINE_BYTES);
  }
  json_error_t error;
  json_t *value;
  size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL;
  na_status status = na_json_load(text, flags, &value, &error);
  if (status == NA_NOMEM) return status;
  if (value && json_is_object(value)) {
    status = story_in(report, value, options, line);
  } else {
    report->rejected++;
    size_t column = !value && error.position > 0 ? (size_t)error.position : 1;
    status = na_report_problem(report, options->path, line, column, "json-syntax", "%s",
                               value ? "an object expected" : error.text);
  }
  json_decref(value);
  return status;
}

na_status na_read_jsonl (na_report *report, na_slice text, const na_read_options *options) {
  size_t line = options->lines;
  report->files += line == 0;
  bool has_mark = line == 0 && na_slice_starts(text, NA_LITERAL("\xEF\xBB\xBF"));
  for (size_t at = has_mark ? 3 : 0; at < text.size;) {
    size_t end = na_slice_find(text, '\n', at);
    na_slice row = na_slice_trim(na_slice_part(text, at, end));
    line++;
    if (row.size) NA_TRY(line_in(report, row, options, line));
    at = end + 1;
  }
  return NA_OK;
}
