#include "parse/yaml_json.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "parse/json.h"

/* ---- from JSON ---- */

static na_yaml_node *new_node (na_arena *arena, na_yaml_kind kind) {
  na_yaml_node *node = na_arena_alloc(arena, sizeof *node);
  if (node) *node = (na_yaml_node){ .kind = kind, .line = 1, .column = 1 };
  return node;
}

/* A list or map with room for `count` items, and as many keys. */
static na_yaml_node *new_container (na_arena *arena, na_yaml_kind kind, size_t count) {
  na_yaml_node *node = new_node(arena, kind);
  if (!node) return NULL;
  node->items = na_arena_alloc(arena, count * sizeof(na_yaml_node *));
  node->keys = na_arena_alloc(arena, count * sizeof(na_yaml_node *));
  return node->items && node->keys ? node : NULL;
}

static na_status scalar (na_arena *arena, na_slice text, bool plain, na_yaml_node **node) {
  if (!(*node = new_node(arena, NA_YAML_SCALAR))) return NA_NOMEM;
  (*node)->plain = plain;
  return na_arena_copy(arena, text, &(*node)->text);
}

static na_status number (na_arena *arena, const json_t *value, na_yaml_node **node) {
  char digits[40];
  if (json_is_integer(value))
    snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
  else
    snprintf(digits, sizeof digits, "%.*g", NA_JSON_REAL_DIGITS, json_real_value(value));
  return scalar(arena, na_slice_z(digits), true, node);
}

static na_status from_json (na_arena *arena, json_t *value, size_t depth, na_yaml_node **node);

static na_status from_object (na_arena *arena, json_t *object, size_t depth, na_yaml_node *map) {
  const char *key;
  json_t *value;
  json_object_foreach(object, key, value) {
    NA_TRY(scalar(arena, na_slice_z(key), false, &map->keys[map->count]));
    NA_TRY(from_json(arena, value, depth + 1, &map->items[map->count]));
    map->count++;
  }
  return NA_OK;
}

static na_status from_json (na_arena *arena, json_t *value, size_t depth, na_yaml_node **node) {
  if (depth > NA_YAML_DEPTH_MAX) return NA_LIMIT;
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    if (!(*node = new_container(arena, NA_YAML_MAP, json_object_size(value)))) return NA_NOMEM;
    return from_object(arena, value, depth, *node);
  case JSON_ARRAY:
    if (!(*node = new_container(arena, NA_YAML_LIST, json_array_size(value)))) return NA_NOMEM;
    for (; (*node)->count < json_array_size(value); (*node)->count++)
      NA_TRY(from_json(arena, json_array_get(value, (*node)->count), depth + 1,
                       &(*node)->items[(*node)->count]));
    return NA_OK;
  case JSON_STRING:
    return scalar(arena, na_slice_of(json_string_value(value), json_string_length(value)), false, node);
  case JSON_INTEGER:
  case JSON_REAL: return number(arena, value, node);
  case JSON_TRUE: return scalar(arena, NA_LITERAL("true"), true, node);
  case JSON_FALSE: return scalar(arena, NA_LITERAL("false"), true, node);
  case JSON_NULL: return (*node = new_node(arena, NA_YAML_NULL)) ? NA_OK : NA_NOMEM;
  }
  return NA_OK;
}

na_status na_yaml_of_json (na_arena *arena, na_slice text, na_yaml_node **root, size_t *end,
                           na_yaml_error *error) {
  json_error_t wrong;
  json_t *value = json_loadb(text.data, text.size, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &wrong);
  if (!value && json_error_code(&wrong) == json_error_out_of_memory) return NA_NOMEM;
  if (!value) {
    *error = (na_yaml_error){ .line = wrong.line > 0 ? (size_t)wrong.line : 1,
                              .column = wrong.column > 0 ? (size_t)wrong.column : 1,
                              .code = "json-syntax" };
    snprintf(error->message, sizeof error->message, "%s", wrong.text);
    return NA_BAD;
  }
  *end = (size_t)wrong.position;
  na_status status = from_json(arena, value, 1, root);
  json_decref(value);
  if (status == NA_LIMIT)
    *error = (na_yaml_error){
      .line = 1, .column = 1, .code = "json-depth", .message = "objects nest more than 32 deep"
    };
  return status;
}

/* ---- to JSON ---- */

/* Whether the text is a JSON number (RFC 8259, 6): no leading zero, no '+', no bare point. */
static bool is_number (na_slice text, bool *real) {
  size_t at = text.size && text.data[0] == '-', digits = at;
  while (at < text.size && na_is_digit(text.data[at])) at++;
  if (at == digits || (text.data[digits] == '0' && at - digits > 1)) return false;
  *real = at < text.size;
  if (at < text.size && text.data[at] == '.') {
    for (digits = ++at; at < text.size && na_is_digit(text.data[at]);) at++;
    if (at == digits) return false;
  }
  if (at < text.size && (text.data[at] == 'e' || text.data[at] == 'E')) {
    at++;
    if (at < text.size && (text.data[at] == '+' || text.data[at] == '-')) at++;
    for (digits = at; at < text.size && na_is_digit(text.data[at]);) at++;
    if (at == digits) return false;
  }
  return at == text.size;
}

/* A number that fits its type; NULL otherwise. The text has a NUL behind it: it is in an arena. */
static json_t *number_out (na_slice text, bool real) {
  errno = 0;
  if (!real) {
    long long whole = strtoll(text.data, NULL, 10);
    return errno ? NULL : json_integer(whole);
  }
  return json_loadb(text.data, text.size, JSON_DECODE_ANY, NULL); /* knows no locale, as strtod does */
}

static json_t *scalar_out (const na_yaml_node *node) {
  bool real;
  if (node->plain && na_slice_equal(node->text, NA_LITERAL("true"))) return json_true();
  if (node->plain && na_slice_equal(node->text, NA_LITERAL("false"))) return json_false();
  json_t *value = node->plain && is_number(node->text, &real) ? number_out(node->text, real) : NULL;
  return value ? value : json_stringn_nocheck(node->text.data, node->text.size);
}

static json_t *map_out (const na_yaml_node *map, const bool *left_out);

/* The depth of recursion is the tree's, which has a limit. */
static json_t *node_out (const na_yaml_node *node) {
  if (node->kind == NA_YAML_NULL) return json_null();
  if (node->kind == NA_YAML_SCALAR) return scalar_out(node);
  if (node->kind == NA_YAML_MAP) return map_out(node, NULL);
  json_t *list = json_array();
  for (size_t i = 0; list && i < node->count; i++) {
    if (!json_array_append_new(list, node_out(node->items[i]))) continue;
    json_decref(list);
    return NULL;
  }
  return list;
}

static json_t *map_out (const na_yaml_node *map, const bool *left_out) {
  json_t *object = json_object();
  for (size_t i = 0; object && i < map->count; i++) {
    if (left_out && left_out[i]) continue;
    /* The key ends at its first NUL: jansson's objects know no others. */
    if (!json_object_set_new_nocheck(object, map->keys[i]->text.data, node_out(map->items[i]))) continue;
    json_decref(object);
    return NULL;
  }
  return object;
}

static int append_bytes (const char *bytes, size_t size, void *buffer) {
  return na_buffer_append(buffer, na_slice_of(bytes, size)) == NA_OK ? 0 : -1;
}

na_status na_yaml_append_json (na_buffer *out, const na_yaml_node *map, const bool *left_out) {
  json_t *object = map_out(map, left_out);
  if (!object) return NA_NOMEM;
  int failed = json_dump_callback(object, append_bytes, out,
                                  JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(NA_JSON_REAL_DIGITS));
  json_decref(object);
  return failed ? NA_NOMEM : NA_OK;
}
