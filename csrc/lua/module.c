/***
csrc/lua/module.c -- the core, as Lua sees it; scripts use it through `require "newsarchive"`.
@module newsarchive.core
*/
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
  lna_open_names(L);
  lna_open_phrases(L);
  lna_open_scout(L);
  lna_open_relations(L);
  lna_open_search(L);
  lna_open_yaml(L);
  lna_open_markdown(L);
  lna_open_mediawiki(L);
  lna_open_match(L);
  lna_open_wikitext(L);
  return 1;
}
