/* csrc/lua/record.c -- the core's records as Lua tables, and back. */
#include "lua/lna.h"
#include "text/utf8.h"

/* ---- core to Lua ---- */

static void push_strings (lua_State *L, const na_strings *list) {
  lua_createtable(L, (int)list->count, 0);
  for (size_t i = 0; i < list->count; i++) {
    lna_push_slice(L, list->items[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static void push_records (lua_State *L, const na_shape *shape, const na_records *list) {
  lua_createtable(L, (int)list->count, 0);
  for (size_t i = 0; i < list->count; i++) {
    lna_push_record(L, shape, (const char *)list->items + i * shape->size);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static void push_value (lua_State *L, const na_field *field, const void *value) {
  switch (field->kind) {
  case NA_KIND_STRING: lna_push_slice(L, *(const na_slice *)value); break;
  case NA_KIND_JSON: lna_push_json(L, *(const na_slice *)value); break;
  case NA_KIND_STRINGS: push_strings(L, value); break;
  case NA_KIND_RECORD: lna_push_record(L, field->shape, value); break;
  case NA_KIND_RECORDS: push_records(L, field->shape, value); break;
  case NA_KIND_INTEGER: lua_pushinteger(L, (lua_Integer) * (const int64_t *)value); break;
  case NA_KIND_BOOLEAN: lua_pushboolean(L, *(const bool *)value); break;
  }
}

void lna_push_record (lua_State *L, const na_shape *shape, const void *record) {
  luaL_checkstack(L, 8, "record nests too deep");
  int present = 0;
  for (size_t i = 0; i < shape->count; i++) present += !na_field_absent(&shape->fields[i], record);
  lua_createtable(L, 0, present);
  for (size_t i = 0; i < shape->count; i++) {
    const na_field *field = &shape->fields[i];
    if (na_field_absent(field, record)) continue;
    push_value(L, field, na_field_of(field, record));
    lua_setfield(L, -2, field->name);
  }
}

/* ---- Lua to core: the value is on top of the stack, `index` and `path` are for messages ---- */

typedef struct record_check {
  lua_State *L;
  int index; /* of the argument */
  na_arena *arena;
} record_check;

static void wrong (const record_check *check, const char *name, const char *expected) {
  lua_State *L = check->L;
  const char *got = luaL_typename(L, -1);
  luaL_argerror(L, check->index, lua_pushfstring(L, "field '%s': %s expected, got %s", name, expected, got));
}

static na_slice checked_text (const record_check *check, const char *name) {
  na_slice text, copy;
  if (lua_type(check->L, -1) != LUA_TSTRING) wrong(check, name, "string");
  text.data = lua_tolstring(check->L, -1, &text.size);
  if (na_utf8_valid(text) != text.size)
    luaL_argerror(check->L, check->index, lua_pushfstring(check->L, "field '%s': not valid UTF-8", name));
  lna_check_status(check->L, na_arena_copy(check->arena, text.size ? text : NA_NONE, &copy));
  return copy;
}

/* The table on top of the stack must have nothing but its first `count` items: what stands elsewhere would be lost. */
static void check_list (const record_check *check, const char *name, lua_Integer count) {
  lua_State *L = check->L;
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pop(L, 1);
    lua_Integer key = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
    if (key >= 1 && key <= count) continue;
    const char *shown = luaL_tolstring(L, -1, NULL);
    luaL_argerror(L, check->index,
                  lua_pushfstring(L, "field '%s': a list expected, got the key '%s'", name, shown));
  }
}

static void check_strings (const record_check *check, const char *name, na_strings *list) {
  lua_State *L = check->L;
  if (lua_type(L, -1) != LUA_TTABLE) wrong(check, name, "list of strings");
  lua_Integer count = luaL_len(L, -1);
  check_list(check, name, count);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_geti(L, -1, i);
    if (lua_type(L, -1) != LUA_TSTRING) wrong(check, name, "list of strings");
    na_slice text;
    text.data = lua_tolstring(L, -1, &text.size);
    if (na_utf8_valid(text) != text.size)
      luaL_argerror(L, check->index, lua_pushfstring(L, "field '%s': not valid UTF-8", name));
    if (text.size) lna_check_status(L, na_strings_add(check->arena, list, text)); /* empty is absent */
    lua_pop(L, 1);
  }
}

static void check_fields (const record_check *check, const na_shape *shape, void *record);

static void check_records (const record_check *check, const na_field *field, na_records *list) {
  lua_State *L = check->L;
  if (lua_type(L, -1) != LUA_TTABLE) wrong(check, field->name, "list of tables");
  lua_Integer count = luaL_len(L, -1);
  check_list(check, field->name, count);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_geti(L, -1, i);
    if (lua_type(L, -1) != LUA_TTABLE) wrong(check, field->name, "list of tables");
    void *record = na_records_add(check->arena, list, field->shape->size);
    if (!record) lna_check_status(L, NA_NOMEM);
    check_fields(check, field->shape, record);
    lua_pop(L, 1);
  }
}

static void check_json (const record_check *check, na_slice *json) {
  lua_State *L = check->L;
  int value = lua_gettop(L);
  na_buffer *out = lna_scratch(L);
  lna_append_json(L, value, out);
  lna_check_status(L, na_arena_copy(check->arena, na_buffer_slice(out), json));
  lua_settop(L, value);
}

static void check_value (const record_check *check, const na_field *field, void *target) {
  lua_State *L = check->L;
  switch (field->kind) {
  case NA_KIND_STRING: *(na_slice *)target = checked_text(check, field->name); break;
  case NA_KIND_STRINGS: check_strings(check, field->name, target); break;
  case NA_KIND_RECORDS: check_records(check, field, target); break;
  case NA_KIND_JSON:
    if (lua_type(L, -1) != LUA_TTABLE) wrong(check, field->name, "table");
    check_json(check, target);
    break;
  case NA_KIND_RECORD:
    if (lua_type(L, -1) != LUA_TTABLE) wrong(check, field->name, "table");
    check_fields(check, field->shape, target);
    break;
  case NA_KIND_INTEGER:
    if (!lua_isinteger(L, -1)) wrong(check, field->name, "integer");
    *(int64_t *)target = lua_tointeger(L, -1);
    break;
  case NA_KIND_BOOLEAN:
    if (!lua_isboolean(L, -1)) wrong(check, field->name, "boolean");
    *(bool *)target = lua_toboolean(L, -1);
    break;
  }
}

/* Every key of the table on top of the stack must be a field: a typing error must not lose what was meant. */
static void check_keys (const record_check *check, const na_shape *shape) {
  lua_State *L = check->L;
  lua_pushnil(L);
  while (lua_next(L, -2)) {
    lua_pop(L, 1);
    na_slice name = NA_NONE;
    if (lua_type(L, -1) == LUA_TSTRING) name.data = lua_tolstring(L, -1, &name.size);
    if (name.data && na_shape_find(shape, name)) continue;
    luaL_argerror(L, check->index,
                  lua_pushfstring(L, "unknown field '%s' in a %s", luaL_tolstring(L, -1, NULL), shape->name));
  }
}

static void check_fields (const record_check *check, const na_shape *shape, void *record) {
  lua_State *L = check->L;
  luaL_checkstack(L, 8, "record nests too deep");
  check_keys(check, shape);
  for (size_t i = 0; i < shape->count; i++) {
    const na_field *field = &shape->fields[i];
    if (lua_getfield(L, -1, field->name) != LUA_TNIL) check_value(check, field, na_field_of(field, record));
    lua_pop(L, 1);
  }
}

void lna_check_record (lua_State *L, int index, na_arena *arena, const na_shape *shape, void *record) {
  luaL_checktype(L, index, LUA_TTABLE);
  record_check check = { .L = L, .index = index, .arena = arena };
  lua_pushvalue(L, index);
  check_fields(&check, shape, record);
  lua_pop(L, 1);
}
