#include "parse/frontmatter.h"

#include <strings.h>

#include "parse/timestamp.h"
#include "parse/yaml_json.h"

/* ---- head and body ---- */

static const na_slice byte_order_mark = { "\xEF\xBB\xBF", 3 };

/* The line at `from` without its end, and in *next where the one after it begins. */
static na_slice line_at (na_slice text, size_t from, size_t *next) {
  size_t end = na_slice_find(text, '\n', from);
  *next = end < text.size ? end + 1 : end;
  na_slice line = na_slice_part(text, from, end);
  while (line.size && na_is_space(line.data[line.size - 1])) line.size--;
  return line;
}

/* "{" and then what may begin an object: a body can begin with "{%" or "{{". */
static bool is_object (na_slice text) {
  if (!na_slice_starts(text, NA_LITERAL("{"))) return false;
  na_slice rest = na_slice_trim(na_slice_part(text, 1, text.size));
  return rest.size && (rest.data[0] == '"' || rest.data[0] == '}');
}

static void split_yaml (na_slice text, size_t from, na_front *front) {
  front->kind = NA_FRONT_YAML;
  front->head_line = 2;
  size_t line_number = 2;
  for (size_t at = from, next; at < text.size; at = next, line_number++) {
    na_slice line = line_at(text, at, &next);
    if (!na_slice_equal(line, NA_LITERAL("---")) && !na_slice_equal(line, NA_LITERAL("..."))) continue;
    front->head = na_slice_part(text, from, at);
    front->body = na_slice_part(text, next, text.size);
    front->body_line = line_number + 1;
    return;
  }
  front->body = na_slice_part(text, text.size, text.size);
}

void na_front_split (na_slice text, na_front *front) {
  if (na_slice_starts(text, byte_order_mark)) text = na_slice_part(text, byte_order_mark.size, text.size);
  *front = (na_front){ .body = text, .body_line = 1 };
  if (!text.size) return;
  size_t next;
  na_slice first = line_at(text, 0, &next);
  if (na_slice_equal(first, NA_LITERAL("---"))) {
    split_yaml(text, next, front);
  } else if (na_slice_equal(first, NA_LITERAL("+++"))) {
    front->kind = NA_FRONT_TOML;
  } else if (is_object(text)) {
    front->kind = NA_FRONT_JSON;
    front->head = text;
    front->head_line = 1;
  }
}

/* ---- fields ---- */

typedef struct fields {
  na_report *report;
  const na_read_options *options;
  na_story *story;
  const na_yaml_node *root;
  size_t lines_before; /* the head */
  bool *taken;         /* for each pair of the root: whether a field took it */
  na_strings categories;
} fields;

static na_status wrong (const fields *f, const na_yaml_node *node, const char *code, const char *key,
                        const char *expected) {
  return na_report_problem(f->report, f->options->path, node->line + f->lines_before, node->column, code,
                           "field '%s': %s expected", key, expected);
}

static na_status read_text (const fields *f, const char *key, const na_yaml_node *node, na_slice *text) {
  if (node->kind != NA_YAML_SCALAR) return wrong(f, node, "field-type", key, "a text");
  na_slice trimmed = na_slice_trim(node->text);
  return trimmed.size ? na_arena_copy(&f->report->arena, trimmed, text) : NA_OK;
}

static na_status read_texts (const fields *f, const char *key, const na_yaml_node *node, na_strings *list) {
  const na_yaml_node *const one[] = { node };
  const na_yaml_node *const *items =
      node->kind == NA_YAML_LIST ? (const na_yaml_node *const *)node->items : one;
  size_t count = node->kind == NA_YAML_LIST ? node->count : 1;
  for (size_t i = 0; i < count; i++) {
    na_slice text = items[i]->kind == NA_YAML_SCALAR ? na_slice_trim(items[i]->text) : NA_NONE;
    if (text.size)
      NA_TRY(na_strings_add(&f->report->arena, list, text));
    else if (items[i]->kind == NA_YAML_LIST || items[i]->kind == NA_YAML_MAP)
      NA_TRY(wrong(f, items[i], "field-type", key, "a text or a list of texts"));
  }
  return NA_OK;
}

static na_status read_date (const fields *f, const char *key, const na_yaml_node *node, na_slice *date) {
  na_buffer iso = { 0 };
  na_status status = node->kind == NA_YAML_SCALAR ? na_timestamp_append(&iso, node->text) : NA_BAD;
  if (status == NA_OK) status = na_arena_copy(&f->report->arena, na_buffer_slice(&iso), date);
  na_buffer_free(&iso);
  return status == NA_BAD
             ? wrong(f, node, "bad-date", key, "a date such as 2007-09-01 or 2007-09-01T10:00:00Z")
             : status;
}

/* The words of YAML 1.1, as Jekyll knows them: here, and only here, it is certain that a truth value is meant. */
static na_status read_truth (const fields *f, const char *key, const na_yaml_node *node, bool *truth) {
  static const char *const words[] = { "false", "no", "off", "true", "yes", "on" };
  if (node->kind == NA_YAML_SCALAR)
    for (size_t i = 0; i < 6; i++) {
      if (strlen(words[i]) != node->text.size || strncasecmp(words[i], node->text.data, node->text.size) != 0)
        continue;
      *truth = i >= 3;
      return NA_OK;
    }
  return wrong(f, node, "field-type", key, "true or false");
}

static na_status read_draft (const fields *f, const char *key, const na_yaml_node *node, bool meaning) {
  bool truth = !meaning;
  NA_TRY(read_truth(f, key, node, &truth));
  if (truth == meaning) f->story->draft = true;
  return NA_OK;
}

/* Names, or maps with a `name`; what else a map says stays in the params, so *whole is false then. */
static na_status read_people (const fields *f, const char *key, const na_yaml_node *node, bool *whole) {
  const na_yaml_node *const one[] = { node };
  const na_yaml_node *const *items =
      node->kind == NA_YAML_LIST ? (const na_yaml_node *const *)node->items : one;
  size_t count = node->kind == NA_YAML_LIST ? node->count : 1;
  for (size_t i = 0; i < count; i++) {
    const na_yaml_node *name = items[i]->kind == NA_YAML_MAP ? na_yaml_get(items[i], "name") : items[i];
    if (name != items[i]) *whole = false;
    if (!name)
      NA_TRY(wrong(f, items[i], "field-type", key, "a name or a map with a name"));
    else
      NA_TRY(read_texts(f, key, name, &f->story->authors));
  }
  return NA_OK;
}

/* ---- sources ---- */

static bool is_url (na_slice text) {
  for (size_t i = 0; i + 3 <= text.size && !na_is_space(text.data[i]); i++)
    if (memcmp(text.data + i, "://", 3) == 0) return i > 0;
  return false;
}

static na_status add_source (const fields *f, na_source **source) {
  *source = na_records_add(&f->report->arena, &f->story->sources, sizeof **source);
  return *source ? NA_OK : NA_NOMEM;
}

/* "http://..." or "Reuters". */
static na_status read_plain_source (const fields *f, const na_yaml_node *node) {
  na_slice text = na_slice_trim(node->text);
  na_source *source;
  if (!text.size) return NA_OK;
  NA_TRY(add_source(f, &source));
  return na_arena_copy(&f->report->arena, text, is_url(text) ? &source->url : &source->name);
}

static na_status read_source_field (const fields *f, const na_yaml_node *key, const na_yaml_node *value,
                                    na_source *source) {
  const na_field *field = na_shape_find(&na_source_shape, key->text);
  if (value->kind == NA_YAML_NULL) return NA_OK;
  if (!field)
    return na_report_problem(f->report, f->options->path, key->line + f->lines_before, key->column,
                             "unknown-field", "a source has no field '%.*s'", (int)key->text.size,
                             key->text.data);
  void *target = na_field_of(field, source);
  return field->kind == NA_KIND_BOOLEAN ? read_truth(f, field->name, value, target)
                                        : read_text(f, field->name, value, target);
}

/* { name: ..., url: ... }, or { Reuters: "http://..." } for any number of names. */
static na_status read_source_map (const fields *f, const na_yaml_node *map) {
  bool fields_known = false;
  na_source *source;
  for (size_t i = 0; i < map->count; i++)
    fields_known |= na_shape_find(&na_source_shape, map->keys[i]->text) != NULL;
  if (fields_known) {
    NA_TRY(add_source(f, &source));
    for (size_t i = 0; i < map->count; i++) NA_TRY(read_source_field(f, map->keys[i], map->items[i], source));
    return NA_OK;
  }
  for (size_t i = 0; i < map->count; i++) {
    NA_TRY(add_source(f, &source));
    NA_TRY(na_arena_copy(&f->report->arena, map->keys[i]->text, &source->name));
    if (map->items[i]->kind != NA_YAML_NULL) NA_TRY(read_text(f, "sources", map->items[i], &source->url));
  }
  return NA_OK;
}

static na_status read_sources (const fields *f, const na_yaml_node *node) {
  if (node->kind == NA_YAML_SCALAR) return read_plain_source(f, node);
  if (node->kind == NA_YAML_MAP) return read_source_map(f, node);
  for (size_t i = 0; i < node->count; i++) {
    const na_yaml_node *item = node->items[i];
    if (item->kind == NA_YAML_MAP)
      NA_TRY(read_source_map(f, item));
    else if (item->kind == NA_YAML_SCALAR)
      NA_TRY(read_plain_source(f, item));
    else if (item->kind == NA_YAML_LIST)
      NA_TRY(wrong(f, item, "field-type", "sources", "a url, a name or a map"));
  }
  return NA_OK;
}

/* ---- which key is what ---- */

typedef enum kind { TEXT, TEXTS, DATE, DRAFT, PUBLISHED, PEOPLE, CATEGORIES, SOURCES } kind;

/* Of two keys for one text or date the one that stands first here is taken, the other goes to the params. */
static const struct {
  const char *key;
  kind kind;
  size_t offset;
} known[] = {
  { "title", TEXT, offsetof(na_story, title) },
  { "date", DATE, offsetof(na_story, date) },
  { "lastmod", DATE, offsetof(na_story, updated) },
  { "updated", DATE, offsetof(na_story, updated) },
  { "last_modified_at", DATE, offsetof(na_story, updated) },
  { "id", TEXT, offsetof(na_story, id) },
  { "slug", TEXT, offsetof(na_story, slug) },
  { "url", TEXT, offsetof(na_story, url) },
  { "permalink", TEXT, offsetof(na_story, url) },
  { "description", TEXT, offsetof(na_story, description) },
  { "summary", TEXT, offsetof(na_story, description) },
  { "excerpt", TEXT, offsetof(na_story, description) },
  { "language", TEXT, offsetof(na_story, language) },
  { "lang", TEXT, offsetof(na_story, language) },
  { "category", TEXT, offsetof(na_story, category) },
  { "categories", CATEGORIES, 0 },
  { "topics", TEXTS, offsetof(na_story, topics) },
  { "tags", TEXTS, offsetof(na_story, tags) },
  { "context", TEXTS, offsetof(na_story, context) },
  { "aliases", TEXTS, offsetof(na_story, aliases) },
  { "redirect_from", TEXTS, offsetof(na_story, aliases) },
  { "author", PEOPLE, 0 },
  { "authors", PEOPLE, 0 },
  { "sources", SOURCES, 0 },
  { "draft", DRAFT, 0 },
  { "published", PUBLISHED, 0 },
};

#define KNOWN (sizeof known / sizeof *known)

/* Jekyll and Eleventy write `permalink: false` for "no page of its own". */
static bool is_false (const na_yaml_node *node) {
  return node->kind == NA_YAML_SCALAR && node->plain && na_slice_equal(node->text, NA_LITERAL("false"));
}

static na_status read_field (fields *f, size_t which, const na_yaml_node *node, bool *taken) {
  const char *key = known[which].key;
  void *target = (char *)f->story + known[which].offset;
  *taken = true;
  if (node->kind == NA_YAML_NULL) return NA_OK;
  switch (known[which].kind) {
  case TEXT:
    *taken = !((na_slice *)target)->data && !(target == &f->story->url && is_false(node));
    return *taken ? read_text(f, key, node, target) : NA_OK;
  case DATE: *taken = !((na_slice *)target)->data; return *taken ? read_date(f, key, node, target) : NA_OK;
  case TEXTS: return read_texts(f, key, node, target);
  case CATEGORIES: return read_texts(f, key, node, &f->categories);
  case PEOPLE: return read_people(f, key, node, taken);
  case SOURCES: return read_sources(f, node);
  case DRAFT: return read_draft(f, key, node, true);
  case PUBLISHED: return read_draft(f, key, node, false);
  }
  return NA_OK;
}

static na_status read_known (fields *f) {
  for (size_t which = 0; which < KNOWN; which++) {
    size_t length = strlen(known[which].key);
    for (size_t i = 0; i < f->root->count; i++) {
      na_slice key = f->root->keys[i]->text;
      if (f->taken[i] || key.size != length || strncasecmp(key.data, known[which].key, length) != 0) continue;
      NA_TRY(read_field(f, which, f->root->items[i], &f->taken[i]));
    }
  }
  return NA_OK;
}

/* The category is the first of `categories` where there is no other; the rest are tags. */
static na_status settle_categories (const fields *f) {
  na_story *story = f->story;
  for (size_t i = 0; i < f->categories.count; i++) {
    na_slice name = f->categories.items[i];
    if (!story->category.data)
      story->category = name;
    else if (!na_slice_equal(name, story->category))
      NA_TRY(na_strings_add(&f->report->arena, &story->tags, name));
  }
  return NA_OK;
}

/* A story that does not say what it is about is about its tags and topics. `context: []` says: about nothing. */
static na_status settle_context (const fields *f) {
  na_story *story = f->story;
  if (!na_yaml_get(f->root, "context")) {
    const na_strings *const from[] = { &story->tags, &story->topics };
    for (size_t list = 0; list < 2; list++)
      for (size_t i = 0; i < from[list]->count; i++)
        NA_TRY(na_strings_add(&f->report->arena, &story->context, from[list]->items[i]));
  }
  na_strings_sort_unique(&story->context);
  return NA_OK;
}

static na_status settle_params (const fields *f) {
  size_t left = 0;
  for (size_t i = 0; i < f->root->count; i++) left += !f->taken[i];
  if (!left) return NA_OK;
  na_buffer json = { 0 };
  na_status status = na_yaml_append_json(&json, f->root, f->taken);
  if (status == NA_OK) status = na_arena_copy(&f->report->arena, na_buffer_slice(&json), &f->story->params);
  na_buffer_free(&json);
  return status;
}

static na_status read_fields (fields *f) {
  f->taken = na_arena_alloc(&f->report->arena, f->root->count * sizeof *f->taken + 1);
  if (!f->taken) return NA_NOMEM;
  memset(f->taken, 0, f->root->count * sizeof *f->taken);
  NA_TRY(read_known(f));
  NA_TRY(settle_categories(f));
  NA_TRY(settle_context(f));
  return settle_params(f);
}

/* ---- the head ---- */

static na_status reject (na_report *report, const na_read_options *options, size_t line, size_t column,
                         const char *code, const char *message) {
  NA_TRY(na_report_problem(report, options->path, line, column, code, "%s", message));
  return NA_BAD;
}

/* JSON's head ends where its parser says. */
static na_status parse_json (na_arena *arena, na_front *front, na_yaml_node **root, na_yaml_error *error) {
  size_t end;
  NA_TRY(na_yaml_of_json(arena, front->head, root, &end, error));
  for (size_t i = 0; i < end; i++) front->body_line += front->head.data[i] == '\n';
  front->body = na_slice_part(front->head, end, front->head.size);
  front->head.size = end;
  return NA_OK;
}

static na_status read_head (na_report *report, const na_read_options *options, na_front *front,
                            na_story *story, na_arena *arena) {
  na_yaml_node *root;
  na_yaml_error error;
  na_status status = front->kind == NA_FRONT_JSON ? parse_json(arena, front, &root, &error)
                                                  : na_yaml_parse(arena, front->head, &root, &error);
  if (status == NA_NOMEM) return status;
  size_t before = front->head_line - 1;
  if (status != NA_OK)
    return reject(report, options, error.line + before, error.column, error.code, error.message);
  if (front->head.size > NA_FRONT_BYTES_MAX)
    return reject(report, options, 1, 1, "front-matter-size", "the front matter has more than 64 KiB");
  if (!root) return NA_OK;
  if (root->kind != NA_YAML_MAP)
    return reject(report, options, root->line + before, root->column, "front-matter-map",
                  "the front matter is no map of fields");
  fields f = { .report = report, .options = options, .story = story, .root = root, .lines_before = before };
  return read_fields(&f);
}

na_status na_front_read (na_report *report, const na_read_options *options, na_front *front,
                         na_story *story) {
  if (front->kind == NA_FRONT_TOML)
    return reject(report, options, 1, 1, "front-matter-toml",
                  "front matter in TOML (+++) is not read: write it in YAML (---)");
  if (!front->head.data)
    return reject(report, options, 1, 1, "front-matter-end",
                  "the front matter has no end: a line --- expected");
  if (front->kind == NA_FRONT_YAML && front->head.size > NA_FRONT_BYTES_MAX)
    return reject(report, options, 1, 1, "front-matter-size", "the front matter has more than 64 KiB");
  na_arena arena = { 0 };
  na_status status = read_head(report, options, front, story, &arena);
  na_arena_free(&arena);
  return status;
}
