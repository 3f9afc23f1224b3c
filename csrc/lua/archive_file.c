/***
csrc/lua/archive_file.c -- newsarchive.Archive as a file.
@module newsarchive.core
*/
#include <errno.h>

#include "index/inventory.h"
#include "index/save.h"
#include "lua/archive_box.h"
#include "relate/stored.h"

/* Pushes nil, what the system says and a code. Of what cannot be mapped, a device say, it says EINVAL. */
static int push_failure (lua_State *L, const char *code) {
  lua_pushnil(L);
  lua_pushstring(L, errno == EINVAL ? "is no regular file" : strerror(errno));
  lua_pushstring(L, code);
  return 3;
}

/***
Opens a file that `save` wrote: it is mapped, and read where something is asked for.
@function open_archive
@tparam string path
@treturn ?Archive
@treturn string what was wrong
@treturn string its code: `"cannot-read"`, `"not-an-archive"`, `"other-version"`, `"foreign-archive"`,
`"truncated-archive"`, `"damaged-archive"`
*/
static int l_open (lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  lna_archive_box *box = lna_new_object(L, LNA_ARCHIVE, sizeof(lna_archive_box), 0);
  na_image_fault fault;
  na_slice bytes;
  if (na_file_map(path, &bytes) != NA_OK) return push_failure(L, "cannot-read");
  na_status status = na_archive_open(&box->archive, bytes, &fault);
  if (status == NA_OK) return 1;
  na_file_unmap(bytes);
  if (status != NA_BAD) lna_check_status(L, status);
  lua_pushnil(L);
  lua_pushstring(L, fault.message);
  lua_pushstring(L, fault.code);
  return 3;
}

/* What is found beside what the index has. */
typedef struct relating {
  const na_related *related;
  size_t jobs;
} relating;

static na_status write_relations (void *context, na_image_writer *image) {
  const relating *more = context;
  return na_stored_write(image, more->related, more->jobs);
}

/***
Writes the archive to a file, beside first and then in its place.
@function Archive:save
@tparam string path
@tparam[opt] Relations relations of this archive: then the file has all relations and threads, too
@tparam[opt=1] integer jobs OS threads that find them, 1 to 64
@treturn ?boolean true
@treturn string what was wrong
@treturn string its code: `"cannot-write"`
*/
static int l_save (lua_State *L) {
  const na_archive *archive = lna_check_archive(L, 1);
  const char *path = luaL_checkstring(L, 2);
  relating more = { .jobs = 1 };
  bool relate = !lua_isnoneornil(L, 3);
  if (relate) {
    more.related = lna_check_related(L, 3);
    lua_Integer jobs = luaL_optinteger(L, 4, 1);
    luaL_argcheck(L, more.related->archive == archive, 3, "relations of this archive expected");
    luaL_argcheck(L, jobs >= 1 && jobs <= NA_THREADS_MAX, 4, "1 to 64 expected");
    more.jobs = (size_t)jobs;
  }
  na_status status = na_archive_save(archive, path, relate ? write_relations : NULL, &more);
  if (status == NA_IO) return push_failure(L, "cannot-write");
  lna_check_sound(L, status);
  lua_pushboolean(L, 1);
  return 1;
}

/***
Reads all of the archive's file and compares it with its checks.
@function Archive:verify
@treturn ?boolean true
@treturn string what was wrong
@treturn string its code, as `open_archive` gives it
*/
static int l_verify (lua_State *L) {
  const lna_archive_box *box = lna_check_object(L, 1, LNA_ARCHIVE);
  na_image_fault fault;
  if (box->archive.image && na_image_verify(box->archive.image, &fault) != NA_OK) {
    lua_pushnil(L);
    lua_pushstring(L, fault.message);
    lua_pushstring(L, fault.code);
    return 3;
  }
  lua_pushboolean(L, 1);
  return 1;
}

/***
What the archive's bytes are spent on: of each section its name, what it is made of, its bytes, and how many rows or
numbers it has.
@function Archive:sections
@treturn {string,string,integer,integer,...} a flat list: name, `"rows"` or `"numbers"`, bytes, count, and so on
@treturn integer the version of the file's form
@treturn integer bytes of the whole file
@treturn integer bytes of the stories' own texts in it, what many repeat counted once
*/
static int l_sections (lua_State *L) {
  const na_archive *archive = lna_check_archive(L, 1);
  size_t texts;
  lua_Integer at = 0;
  lua_newtable(L);
  for (unsigned section = 0; archive->image && section < NA_SECTION_COUNT; section++) {
    na_inventory inventory;
    lna_check_sound(L, na_inventory_take(&inventory, archive->image, (na_section)section));
    if (!inventory.is_there) continue;
    lua_pushstring(L, inventory.name);
    lua_rawseti(L, -2, ++at);
    lua_pushstring(L, inventory.rows ? "rows" : "numbers");
    lua_rawseti(L, -2, ++at);
    lua_pushinteger(L, (lua_Integer)inventory.bytes);
    lua_rawseti(L, -2, ++at);
    lua_pushinteger(L, (lua_Integer)inventory.items);
    lua_rawseti(L, -2, ++at);
  }
  lna_check_sound(L, na_inventory_texts(archive, &texts));
  lua_pushinteger(L, NA_IMAGE_VERSION);
  lua_pushinteger(L, archive->image ? (lua_Integer)archive->image->bytes.size : 0);
  lua_pushinteger(L, (lua_Integer)texts);
  return 4;
}

static const luaL_Reg methods[] = {
  { "save", l_save }, { "sections", l_sections }, { "verify", l_verify }, { NULL, NULL }
};

static const luaL_Reg functions[] = { { "open_archive", l_open }, { NULL, NULL } };

void lna_open_archive_file (lua_State *L) {
  luaL_setfuncs(L, functions, 0);
  luaL_getmetatable(L, LNA_ARCHIVE);
  lua_getfield(L, -1, "__index");
  luaL_setfuncs(L, methods, 0);
  lua_pop(L, 2);
}
