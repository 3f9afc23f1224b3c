/* csrc/lua/archive_box.h -- what newsarchive.Archive holds, for the files that bind it. */
#ifndef NA_LUA_ARCHIVE_BOX_H
#define NA_LUA_ARCHIVE_BOX_H

#include "index/terms.h"
#include "lua/lna.h"
#include "relate/context.h"

typedef struct lna_archive_box {
  na_archive archive;
  na_terms terms;
  na_context_index context;
  na_arena lent;               /* for the story that is read, lent to the stack of Lua meanwhile */
  bool has_terms, has_context; /* whether these are made */
  lua_Integer changes;         /* how often something was added */
} lna_archive_box;

/* Adds what concerns files to the functions, in the table on top of the stack, and to the methods of an archive. */
void lna_open_archive_file (lua_State *L);

#endif
