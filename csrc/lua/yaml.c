/***
csrc/lua/yaml.c -- YAML documents as Lua values, through libyaml.
@module newsarchive.core
*/
#include "parse/yaml.h"

#include "lua/lna.h"

/* The depth of recursion is the tree's, which has a limit. */
static void push_node (lua_State *L, const na_yaml_node *node) {
  luaL_checkstack(L, 4, "YAML nests too deep");
  switch (node->kind) {
  case NA_YAML_NULL: lua_pushlightuserdata(L, NULL); break;
  case NA_YAML_SCALAR: lna_push_slice(L, node->text); break;
  case NA_YAML_LIST:
    lua_createtable(L, (int)node->count, 0);
    for (size_t i = 0; i < node->count; i++) {
      push_node(L, node->items[i]);
      lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    break;
  case NA_YAML_MAP:
    lua_createtable(L, 0, (int)node->count);
    for (size_t i = 0; i < node->count; i++) {
      lna_push_slice(L, node->keys[i]->text);
      push_node(L, node->items[i]);
      lua_rawset(L, -3);
    }
    break;
  }
}

/* Pushes nil, the message and the details. */
static int push_error (lua_State *L, const na_yaml_error *error, na_slice path) {
  luaL_pushfail(L);
  lua_pushstring(L, error->message);
  lua_createtable(L, 0, 4);
  lna_set_string(L, "code", error->code);
  lna_set_integer(L, "line", (lua_Integer)error->line);
  lna_set_integer(L, "column", (lua_Integer)error->column);
  lna_set_text(L, "path", path);
  return 3;
}

/***
A YAML document as a Lua value: maps and lists are tables, scalars are strings whatever they look like (`no`, `012`,
`12:30`, dates), an empty value, `~` and `null` are `newsarchive.null`, an empty document is `newsarchive.null` too.
Duplicate keys, keys that are no texts, several documents and what passes a limit (16 MiB, 32 levels, 1,048,576 keys and
values, 1,000 aliases) are errors.
@function parse_yaml
@tparam string text UTF-8, or UTF-16 with a byte order mark
@tparam[opt] table options `path`: goes into the details of an error
@return the value; or nil, a message and details: `code` ("yaml-syntax", "yaml-duplicate-key", ...), `line`, `column`
(from 1, in bytes), `path`
*/
static int l_parse_yaml (lua_State *L) {
  static const char *const names[] = { "path", NULL };
  na_slice text = lna_check_slice(L, 1);
  lna_check_options(L, 2, names);
  na_slice path = lna_opt_field(L, 2, "path");
  na_arena *arena = lna_scratch_arena(L);
  na_yaml_node *root;
  na_yaml_error error;
  na_status status = na_yaml_parse(arena, text, &root, &error);
  if (status == NA_BAD || status == NA_LIMIT) return push_error(L, &error, path);
  lna_check_status(L, status);
  if (root)
    push_node(L, root);
  else
    lua_pushlightuserdata(L, NULL);
  return 1;
}

static const luaL_Reg functions[] = { { "parse_yaml", l_parse_yaml }, { NULL, NULL } };

void lna_open_yaml (lua_State *L) {
  luaL_setfuncs(L, functions, 0);
}
