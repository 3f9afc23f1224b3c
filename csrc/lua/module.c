/* csrc/lua/module.c -- require "newsarchive.core": the one symbol that is exported. */
#include "lua/lna.h"

#define VERSION "0.1.0"

__attribute__((visibility("default"))) int luaopen_newsarchive_core (lua_State *L);

int luaopen_newsarchive_core (lua_State *L) {
  luaL_checkversion(L);
  lua_newtable(L);
  lua_pushliteral(L, VERSION);
  lua_setfield(L, -2, "version");
  lua_pushlightuserdata(L, NULL);
  lua_setfield(L, -2, "null");
  lna_open_text(L);
  lna_open_report(L);
  lna_open_archive(L);
  lna_open_relations(L);
  lna_open_yaml(L);
  return 1;
}
