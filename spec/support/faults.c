/*
** spec/support/faults.c -- what happens when memory runs out, everywhere.
**
** usage: faults lua|core|libraries SCRIPT
**
** SCRIPT gives a list of { name, function }. Each function is called again and again, in a fresh state each time, while
** the k-th request for memory fails, k = 0, 1, 2, ... until k is beyond the last one:
**   lua   the k-th growth by Lua's allocator fails, and so does the emergency collection's second try;
**   core  the k-th call of na_malloc or na_realloc fails (the core must be built with -DNA_FAULTS);
**   libraries  the k-th call of malloc, calloc or realloc fails, in the core as in the libraries below it (they must be
**         linked statically and with --wrap for each of the three).
** A call must then raise "not enough memory". One that succeeds all the same has swallowed the failure, which the core
** may not; Lua and the libraries may, where they only wanted to shrink. Leaks and wild pointers are for the sanitizers.
*/
#include <lauxlib.h>
#include <lualib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

int luaopen_newsarchive_core (lua_State *L);

typedef enum mode { LUA, CORE, LIBRARIES } mode;
static const char *const mode_names[] = { "lua", "core", "libraries", NULL };

/* The requests seen while armed, and the one that fails: in Lua's allocator and in malloc. */
typedef struct faults {
  bool armed;
  size_t count, at;
} faults;

static faults in_lua, in_malloc;

static bool fails (faults *f) {
  return f->armed && f->count++ == f->at;
}

void *__real_malloc (size_t size);
void *__real_calloc (size_t count, size_t size);
void *__real_realloc (void *old, size_t size);
void *__wrap_malloc (size_t size);
void *__wrap_calloc (size_t count, size_t size);
void *__wrap_realloc (void *old, size_t size);

void *__wrap_malloc (size_t size) {
  return fails(&in_malloc) ? NULL : __real_malloc(size);
}

void *__wrap_calloc (size_t count, size_t size) {
  return fails(&in_malloc) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc (void *old, size_t size) {
  return fails(&in_malloc) ? NULL : __real_realloc(old, size);
}

static void *allocate (void *context, void *block, size_t old_size, size_t size) {
  (void)context;
  if (size == 0) {
    free(block);
    return NULL;
  }
  bool grows = !block || size > old_size;
  if (grows && fails(&in_lua)) {
    in_lua.at++; /* the second try, after the emergency collection */
    return NULL;
  }
  return __real_realloc(block, size);
}

static void arm (mode how, size_t k) {
  in_lua = (faults){ .armed = how == LUA, .at = k };
  in_malloc = (faults){ .armed = how == LIBRARIES, .at = k };
  na_fault_count = 0;
  na_fault_at = how == CORE ? k : SIZE_MAX;
}

/* Gives whether the k-th request was reached. */
static bool disarm (mode how, size_t k) {
  in_lua.armed = in_malloc.armed = false;
  na_fault_at = SIZE_MAX;
  return (how == LUA ? in_lua.count : how == CORE ? na_fault_count : in_malloc.count) > k;
}

static lua_State *new_state (const char *script) {
  lua_State *L = lua_newstate(allocate, NULL);
  if (!L) exit(2);
  luaL_openlibs(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushcfunction(L, luaopen_newsarchive_core);
  lua_setfield(L, -2, "newsarchive.core");
  lua_pop(L, 1);
  if (luaL_dofile(L, script)) {
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
    exit(2);
  }
  return L;
}

/* Pushes the function of the i-th section and gives its name, or NULL beyond the last. */
static const char *section (lua_State *L, lua_Integer i) {
  if (lua_geti(L, -1, i) != LUA_TTABLE) return NULL;
  lua_geti(L, -1, 1);
  const char *name = lua_tostring(L, -1);
  lua_geti(L, -2, 2);
  return name;
}

static void fail (const char *name, size_t k, const char *what) {
  fprintf(stderr, "%s: with failure %zu: %s\n", name, k, what);
  exit(1);
}

/* One call with the k-th failure. Gives 1 where k was reached, 0 where it lies beyond the last request, -1 where there is
** no such section. */
static int attempt (const char *script, lua_Integer i, mode how, size_t k) {
  lua_State *L = new_state(script);
  const char *name = section(L, i);
  if (!name) {
    lua_close(L);
    return -1;
  }
  arm(how, k);
  int status = lua_pcall(L, 0, 0, 0);
  bool reached = disarm(how, k);
  const char *message = status == LUA_OK ? "" : lua_tostring(L, -1);
  if (status != LUA_OK && !(message && strstr(message, "not enough memory")))
    fail(name, k, message ? message : "an error without a message");
  if (status != LUA_OK && !reached) fail(name, k, "memory ran out by itself");
  if (status == LUA_OK && reached && how == CORE) fail(name, k, "the failure was swallowed");
  if (!reached) printf("%-10s %-24s survived %zu failures\n", mode_names[how], name, k);
  lua_close(L);
  return reached;
}

int main (int argc, char **argv) {
  mode how = LUA;
  while (argc == 3 && mode_names[how] && strcmp(mode_names[how], argv[1]) != 0) how++;
  if (argc != 3 || !mode_names[how]) {
    fprintf(stderr, "usage: faults lua|core|libraries SCRIPT\n");
    return 2;
  }
  for (lua_Integer i = 1;; i++) {
    int more = 1;
    for (size_t k = 0; more == 1; k++) more = attempt(argv[2], i, how, k);
    if (more < 0) return 0;
  }
}
