/* csrc/lua/json.c -- JSON values as Lua values, and back, through libjansson. */
#include <jansson.h>
#include <math.h>

#include "lua/lna.h"
#include "parse/json.h"
#include "text/utf8.h"

#define DEPTH_MAX 200 /* of nested tables: far beyond any real document, far below the C stack */

/* ---- JSON to Lua ---- */

static int l_value_gc (lua_State *L) {
  json_t **value = lua_touserdata(L, 1);
  json_decref(*value);
  *value = NULL;
  return 0;
}

/* Pushes a box that owns a json_t whatever happens. */
static json_t **new_box (lua_State *L) {
  json_t **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  lna_collect_with(L, "newsarchive.JsonBox", l_value_gc);
  return box;
}

static void push_value (lua_State *L, const json_t *value, int depth) {
  luaL_checkstack(L, 6, "JSON nests too deep");
  if (depth > DEPTH_MAX) luaL_error(L, "JSON nests too deep");
  const char *key;
  json_t *item;
  size_t i;
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    lua_createtable(L, 0, (int)json_object_size(value));
    json_object_foreach((json_t *)(uintptr_t)value, key, item) {
      push_value(L, item, depth + 1);
      lua_setfield(L, -2, key);
    }
    break;
  case JSON_ARRAY:
    lua_createtable(L, (int)json_array_size(value), 0);
    json_array_foreach(value, i, item) {
      push_value(L, item, depth + 1);
      lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    break;
  case JSON_STRING: lua_pushlstring(L, json_string_value(value), json_string_length(value)); break;
  case JSON_INTEGER: lua_pushinteger(L, json_integer_value(value)); break;
  case JSON_REAL: lua_pushnumber(L, json_real_value(value)); break;
  case JSON_TRUE:
  case JSON_FALSE: lua_pushboolean(L, json_is_true(value)); break;
  case JSON_NULL: lua_pushlightuserdata(L, NULL); break;
  }
}

void lna_push_json (lua_State *L, na_slice json) {
  json_t **box = new_box(L);
  if (na_json_load(json, JSON_DECODE_ANY | JSON_ALLOW_NUL, box, NULL) == NA_NOMEM)
    lna_check_status(L, NA_NOMEM);
  if (*box)
    push_value(L, *box, 0);
  else
    lua_pushnil(L);
  lua_remove(L, -2);
}

/* ---- Lua to JSON: every json_t hangs on the box's tree before Lua is called again, so nothing leaks when Lua throws ---- */

static void attach (lua_State *L, json_t *parent, const char *key, json_t *child) {
  int failed = !child ||
               (key ? json_object_set_new_nocheck(parent, key, child) : json_array_append_new(parent, child));
  if (failed) lna_check_status(L, NA_NOMEM);
}

/* The scalar on top of the stack, new; raises where JSON has no such value. */
static json_t *new_scalar (lua_State *L) {
  na_slice text;
  switch (lua_type(L, -1)) {
  case LUA_TSTRING:
    text.data = lua_tolstring(L, -1, &text.size);
    if (na_utf8_valid(text) != text.size) luaL_error(L, "JSON: a string is not valid UTF-8");
    return json_stringn_nocheck(text.data, text.size);
  case LUA_TNUMBER:
    if (lua_isinteger(L, -1)) return json_integer(lua_tointeger(L, -1));
    if (!isfinite(lua_tonumber(L, -1))) luaL_error(L, "JSON: a number is not finite");
    return json_real(lua_tonumber(L, -1));
  case LUA_TBOOLEAN: return json_boolean(lua_toboolean(L, -1));
  case LUA_TLIGHTUSERDATA:
    if (!lua_touserdata(L, -1)) return json_null();
  }
  luaL_error(L, "JSON: no form for a %s", luaL_typename(L, -1));
  return NULL;
}

/* A table is an array where it has a first item or nothing at all, an object otherwise. */
static bool is_array (lua_State *L) {
  bool array = lua_rawlen(L, -1) > 0;
  lua_pushnil(L);
  if (lua_next(L, -2))
    lua_pop(L, 2);
  else
    array = true;
  return array;
}

static void fill (lua_State *L, json_t *container, int depth);

/* Hangs the value on top of the stack on `parent`: under `key`, or at the end of an array. */
static void attach_value (lua_State *L, json_t *parent, const char *key, int depth) {
  if (lua_type(L, -1) != LUA_TTABLE) {
    attach(L, parent, key, new_scalar(L));
    return;
  }
  json_t *child = is_array(L) ? json_array() : json_object();
  attach(L, parent, key, child);
  fill(L, child, depth + 1);
}

/* The key below the value on top of the stack. */
static const char *checked_key (lua_State *L) {
  if (lua_type(L, -2) != LUA_TSTRING) luaL_error(L, "JSON: the keys of an object must be strings");
  na_slice key;
  key.data = lua_tolstring(L, -2, &key.size);
  if (strlen(key.data) != key.size) luaL_error(L, "JSON: a key holds a NUL");
  if (na_utf8_valid(key) != key.size) luaL_error(L, "JSON: a key is not valid UTF-8");
  return key.data;
}

/* Fills the array or object from the table on top of the stack. */
static void fill (lua_State *L, json_t *container, int depth) {
  luaL_checkstack(L, 6, "JSON nests too deep");
  if (depth > DEPTH_MAX) luaL_error(L, "JSON: tables nest too deep, or contain themselves");
  if (json_is_array(container)) {
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= count; i++) {
      lua_rawgeti(L, -1, i);
      attach_value(L, container, NULL, depth);
      lua_pop(L, 1);
    }
    return;
  }
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    attach_value(L, container, checked_key(L), depth);
    lua_pop(L, 1);
  }
}

void lna_append_json (lua_State *L, int index, na_buffer *out) {
  index = lua_absindex(L, index);
  luaL_checkstack(L, 6, "JSON nests too deep");
  json_t **box = new_box(L);
  *box = json_array(); /* holds the one value, so that a scalar hangs on the tree as well */
  if (!*box) lna_check_status(L, NA_NOMEM);
  lua_pushvalue(L, index);
  attach_value(L, *box, NULL, 0);
  lua_pop(L, 1);
  const json_t *value = json_array_get(*box, 0);
  lna_check_status(L, na_json_dump(out, value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY));
  lua_pop(L, 1);
}
