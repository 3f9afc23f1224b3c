/* csrc/lua/lna.h -- what the binding's files share. `lna_` helpers, `l_` functions that Lua calls. */
#ifndef NA_LUA_LNA_H
#define NA_LUA_LNA_H

#include <lauxlib.h>
#include <lua.h>

#include "base/buffer.h"
#include "parse/report.h"

#define LNA_REPORT    "newsarchive.Report"
#define LNA_IDS       "newsarchive.Ids"
#define LNA_ARCHIVE   "newsarchive.Archive"
#define LNA_FOLD      "newsarchive.Fold"
#define LNA_NAMES     "newsarchive.Names"
#define LNA_RELATIONS "newsarchive.Relations"
#define LNA_SCOUT     "newsarchive.Scout"
#define LNA_SEARCH    "newsarchive.Search"
#define LNA_RESULT    "newsarchive.Result"

/* Each puts its functions into the table on top of the stack and makes its metatables. */
void lna_open_text (lua_State *L);
void lna_open_report (lua_State *L);
void lna_open_yaml (lua_State *L);
void lna_open_markdown (lua_State *L);
void lna_open_archive (lua_State *L);
void lna_open_mediawiki (lua_State *L);
void lna_open_match (lua_State *L);
void lna_open_names (lua_State *L);
void lna_open_wikitext (lua_State *L);
void lna_open_phrases (lua_State *L);
void lna_open_scout (lua_State *L);
void lna_open_relations (lua_State *L);
void lna_open_search (lua_State *L);

/* Raises "out of memory" for anything but NA_OK: for functions that fail only for want of memory. */
void lna_check_status (lua_State *L, na_status status);

/* The string argument; raises where it is none, or, for lna_check_utf8, not valid UTF-8. */
na_slice lna_check_slice (lua_State *L, int index);
na_slice lna_check_utf8 (lua_State *L, int index);

/* A field of the table at `index` that is a string or absent; raises otherwise, naming argument and field. */
na_slice lna_opt_field (lua_State *L, int index, const char *name);
na_slice lna_opt_date_field (lua_State *L, int index); /* "date", ISO 8601 */
lua_Integer lna_opt_integer_field (lua_State *L, int index, const char *name, lua_Integer otherwise);

/* Raises unless every key of the table at `index` (absent is fine) is one of `names`, which ends with NULL. */
void lna_check_options (lua_State *L, int index, const char *const *names);

/*
** What a reader is told, and in *wikitext a reader of wikitext, from the table at `index`, which keeps the texts and rules
** alive. lna_check_read_options raises for an unknown field; lna_check_wikitext_options looks at "variant" and "rules" alone.
*/
na_read_options lna_check_read_options (lua_State *L, int index, struct na_wikitext_options *options);
void lna_check_wikitext_options (lua_State *L, int index, struct na_wikitext_options *options);

/* Each pushes a userdata holding an empty buffer or arena that is freed whatever happens. */
na_buffer *lna_scratch (lua_State *L);
na_arena *lna_scratch_arena (lua_State *L);

/* Gives the userdata on top of the stack the metatable `name`, which holds nothing but its collector. */
void lna_collect_with (lua_State *L, const char *name, lua_CFunction collector);

/* Pushes the buffer's content as a string, empties the buffer, as Lua cannot see its memory, and gives 1. */
int lna_push_buffer (lua_State *L, na_buffer *buffer);
void lna_push_slice (lua_State *L, na_slice text); /* nil where absent */

/* Each sets field `key` of the table on top of the stack; an absent text sets none. */
void lna_set_text (lua_State *L, const char *key, na_slice text);
void lna_set_string (lua_State *L, const char *key, const char *text);
void lna_set_integer (lua_State *L, const char *key, lua_Integer number);

/*
** The userdata of metatable `name` at `index`: a block holding a core object of `size` bytes behind an "is open" mark.
** lna_new_object pushes one, closed and cleared, so that it is collectable before anything is acquired. Lua aligns
** userdata for its own types alone: 8 bytes where user values stand before it.
*/
typedef struct lna_object {
  int open;
  _Alignas(int64_t) char content[]; /* what Lua promises behind user values; no object holds more */
} lna_object;

void *lna_new_object (lua_State *L, const char *name, size_t size, int uservalues);
void *lna_check_object (lua_State *L, int index, const char *name); /* raises where it is closed */

/*
** The archive object at `index` with all of its stories in their places; its terms, made once for all who ask; how often
** something was added to it, which makes what was built upon it void.
*/
struct na_archive *lna_check_archive (lua_State *L, int index);
struct na_terms *lna_check_terms (lua_State *L, int index);
lua_Integer lna_archive_changes (lua_State *L, int index);

/* The relations object at `index`, of the archive as it is. */
const struct na_related *lna_check_related (lua_State *L, int index);

/* Raises for anything but NA_OK what it means for an archive: out of memory; without a position too large, a damaged file. */
void lna_check_sound (lua_State *L, na_status status);

/* The names at `index`, and what finding them uses anew for every story. */
struct na_tag_work;
struct na_tagger *lna_check_names (lua_State *L, int index, struct na_tag_work **work);

na_report *lna_check_report (lua_State *L, int index);

/* Makes the metatable `name` with `methods`, `metamethods` and the usual __gc, __close, __tostring and __name. */
void lna_new_type (lua_State *L, const char *name, const luaL_Reg *methods, const luaL_Reg *metamethods,
                   lua_CFunction close);

/* Pushes `record` as a table: absent fields are nil. */
void lna_push_record (lua_State *L, const na_shape *shape, const void *record);

/*
** Fills `record` (cleared) from the table at `index`, texts copied into `arena`. Raises for a field of a wrong type,
** naming it, and for a key that is no field.
*/
void lna_check_record (lua_State *L, int index, na_arena *arena, const na_shape *shape, void *record);

/* Pushes the JSON value as Lua: objects and arrays as tables, null as newsarchive.null. */
void lna_push_json (lua_State *L, na_slice json);

/* Appends the value at `index` as JSON, object keys sorted. Raises where it is no JSON value (functions, cycles). */
void lna_append_json (lua_State *L, int index, na_buffer *out);

#endif
