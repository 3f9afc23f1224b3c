#include "lua/lna.h"

#include "base/date.h"
#include "text/utf8.h"

void lna_check_status (lua_State *L, na_status status) {
  if (status != NA_OK) luaL_error(L, "not enough memory");
}

na_slice lna_check_slice (lua_State *L, int index) {
  na_slice text;
  if (lua_type(L, index) != LUA_TSTRING) luaL_typeerror(L, index, "string");
  text.data = lua_tolstring(L, index, &text.size);
  return text;
}

na_slice lna_check_utf8 (lua_State *L, int index) {
  na_slice text = lna_check_slice(L, index);
  luaL_argcheck(L, na_utf8_valid(text) == text.size, index, "not valid UTF-8");
  return text;
}

static void field_error (lua_State *L, int index, const char *name, const char *expected, const char *got) {
  luaL_argerror(L, index, lua_pushfstring(L, "field '%s': %s expected, got %s", name, expected, got));
}

na_slice lna_opt_field (lua_State *L, int index, const char *name) {
  na_slice text = NA_NONE;
  if (lua_isnoneornil(L, index)) return text;
  luaL_checktype(L, index, LUA_TTABLE);
  int type = lua_getfield(L, index, name);
  if (type == LUA_TSTRING)
    text.data = lua_tolstring(L, -1, &text.size);
  else if (type != LUA_TNIL)
    field_error(L, index, name, "string", luaL_typename(L, -1));
  lua_pop(L, 1); /* the table keeps the string alive */
  return text;
}

na_slice lna_opt_date_field (lua_State *L, int index) {
  na_slice date = lna_opt_field(L, index, "date");
  luaL_argcheck(L, !date.data || na_day_parse(date) != NA_DAY_NONE, index,
                "field 'date': ISO 8601 date expected");
  return date;
}

lua_Integer lna_opt_integer_field (lua_State *L, int index, const char *name, lua_Integer otherwise) {
  if (lua_isnoneornil(L, index)) return otherwise;
  luaL_checktype(L, index, LUA_TTABLE);
  if (lua_getfield(L, index, name) != LUA_TNIL) {
    int is_integer;
    otherwise = lua_tointegerx(L, -1, &is_integer);
    if (!is_integer || lua_type(L, -1) != LUA_TNUMBER)
      field_error(L, index, name, "integer", luaL_typename(L, -1));
  }
  lua_pop(L, 1);
  return otherwise;
}

void lna_check_options (lua_State *L, int index, const char *const *names) {
  if (lua_isnoneornil(L, index)) return;
  luaL_checktype(L, index, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    const char *key = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    const char *const *name = names;
    while (key && *name && strcmp(*name, key) != 0) name++;
    if (!key || !*name)
      luaL_argerror(L, index, lua_pushfstring(L, "unknown field '%s'", luaL_tolstring(L, -1, NULL)));
  }
}

/* ---- memory that Lua collects ---- */

void lna_collect_with (lua_State *L, const char *name, lua_CFunction collector) {
  if (luaL_newmetatable(L, name)) {
    lua_pushcfunction(L, collector);
    lua_setfield(L, -2, "__gc");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
  }
  lua_setmetatable(L, -2);
}

static int l_scratch_gc (lua_State *L) {
  na_buffer_free(lua_touserdata(L, 1));
  return 0;
}

na_buffer *lna_scratch (lua_State *L) {
  na_buffer *buffer = lua_newuserdatauv(L, sizeof *buffer, 0);
  *buffer = (na_buffer){ 0 };
  lna_collect_with(L, "newsarchive.Scratch", l_scratch_gc);
  return buffer;
}

static int l_arena_gc (lua_State *L) {
  na_arena_free(lua_touserdata(L, 1));
  return 0;
}

na_arena *lna_scratch_arena (lua_State *L) {
  na_arena *arena = lua_newuserdatauv(L, sizeof *arena, 0);
  *arena = (na_arena){ 0 };
  lna_collect_with(L, "newsarchive.Arena", l_arena_gc);
  return arena;
}

int lna_push_buffer (lua_State *L, na_buffer *buffer) {
  lua_pushlstring(L, buffer->data ? buffer->data : "", buffer->size);
  na_buffer_free(buffer);
  return 1;
}

void lna_push_slice (lua_State *L, na_slice text) {
  if (text.data)
    lua_pushlstring(L, text.data, text.size);
  else
    lua_pushnil(L);
}

void lna_set_text (lua_State *L, const char *key, na_slice text) {
  if (!text.data) return;
  lua_pushlstring(L, text.data, text.size);
  lua_setfield(L, -2, key);
}

void lna_set_string (lua_State *L, const char *key, const char *text) {
  lua_pushstring(L, text);
  lua_setfield(L, -2, key);
}

void lna_set_integer (lua_State *L, const char *key, lua_Integer number) {
  lua_pushinteger(L, number);
  lua_setfield(L, -2, key);
}

void *lna_new_object (lua_State *L, const char *name, size_t size, int uservalues) {
  lna_object *object = lua_newuserdatauv(L, sizeof *object + size, uservalues);
  memset(object, 0, sizeof *object + size);
  luaL_setmetatable(L, name);
  object->open = 1;
  return object->content;
}

void *lna_check_object (lua_State *L, int index, const char *name) {
  lna_object *object = luaL_checkudata(L, index, name);
  if (!object->open && index < 0) luaL_error(L, "%s is closed", name); /* what an argument stands on */
  if (!object->open) luaL_argerror(L, index, lua_pushfstring(L, "%s is closed", name));
  return object->content;
}

/* __tostring: upvalue 1 is the type's name. */
static int l_tostring (lua_State *L) {
  const char *name = lua_tostring(L, lua_upvalueindex(1));
  const lna_object *object = luaL_checkudata(L, 1, name);
  lua_pushfstring(L, object->open ? "%s: %p" : "%s (closed)", name, (const void *)object);
  return 1;
}

/* close, __gc and __close: upvalue 1 is the type's name, upvalue 2 frees the content. Closing twice is harmless. */
static int l_close (lua_State *L) {
  lna_object *object = luaL_checkudata(L, 1, lua_tostring(L, lua_upvalueindex(1)));
  if (!object->open) return 0;
  object->open = 0;
  lua_CFunction close = lua_tocfunction(L, lua_upvalueindex(2));
  lua_settop(L, 0);
  lua_pushlightuserdata(L, object->content);
  return close(L);
}

static void set_closer (lua_State *L, const char *name, lua_CFunction close, const char *key) {
  lua_pushstring(L, name);
  lua_pushcfunction(L, close);
  lua_pushcclosure(L, l_close, 2);
  lua_setfield(L, -2, key);
}

void lna_new_type (lua_State *L, const char *name, const luaL_Reg *methods, const luaL_Reg *metamethods,
                   lua_CFunction close) {
  luaL_newmetatable(L, name);
  if (metamethods) luaL_setfuncs(L, metamethods, 0);
  set_closer(L, name, close, "__gc");
  set_closer(L, name, close, "__close");
  lua_pushstring(L, name);
  lua_pushcclosure(L, l_tostring, 1);
  lua_setfield(L, -2, "__tostring");
  lua_newtable(L);
  luaL_setfuncs(L, methods, 0);
  set_closer(L, name, close, "close");
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
