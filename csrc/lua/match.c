/***
csrc/lua/match.c -- stories found again.
@module newsarchive.core
*/
#include "index/match.h"
#include "lua/lna.h"
#include "text/likeness.h"
#include "text/url.h"

#define MATCHES "newsarchive.Matches"

static int matches_close (lua_State *L) {
  na_matches_free(lua_touserdata(L, 1));
  return 0;
}

static void push_match (lua_State *L, const na_match *match) {
  static const char *const reasons[] = { "id", "sources", "words" };
  lua_createtable(L, 0, 4);
  lna_set_integer(L, "new", (lua_Integer)match->new + 1);
  lna_set_integer(L, "old", (lua_Integer)match->old + 1);
  lna_set_string(L, "reason", reasons[match->reason]);
  lua_pushnumber(L, match->score);
  lua_setfield(L, -2, "score");
}

/* Pushes the numbers from 1 to `count` that `marks` does not mark. */
static void push_unmarked (lua_State *L, const char *marks, size_t count) {
  lua_newtable(L);
  lua_Integer pushed = 0;
  for (size_t i = 0; i < count; i++) {
    if (marks[i]) continue;
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_rawseti(L, -2, ++pushed);
  }
}

/***
Finds the stories of an earlier reading in a later one: pairs, each with its reason. Every story is in one pair at most.
@function match
@tparam Report old
@tparam Report new
@treturn {table,...} in the order of the new stories: `new`, `old` (numbers from 1), `reason` (`"id"`, `"sources"`: same day
and same addresses, `"words"`: nearly the same words), `score` (how alike the words are, from 0 to 1; 1 for the same id)
@treturn {integer,...} the new stories that were not found
@treturn {integer,...} the old stories that were not found
*/
static int l_match (lua_State *L) {
  const na_report *old = lna_check_report(L, 1), *new = lna_check_report(L, 2);
  na_matches *matches = lna_new_object(L, MATCHES, sizeof *matches, 0);
  lna_check_status(L, na_match_stories(matches, (na_story_list){ old->stories, old->story_count },
                                       (na_story_list){ new->stories, new->story_count }));
  char *old_marks = lua_newuserdatauv(L, old->story_count, 0),
       *new_marks = lua_newuserdatauv(L, new->story_count, 0);
  memset(old_marks, 0, old->story_count);
  memset(new_marks, 0, new->story_count);
  lua_createtable(L, (int)matches->count, 0);
  for (size_t i = 0; i < matches->count; i++) {
    old_marks[matches->items[i].old] = new_marks[matches->items[i].new] = 1;
    push_match(L, &matches->items[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  push_unmarked(L, new_marks, new->story_count);
  push_unmarked(L, old_marks, old->story_count);
  return 3;
}

/***
How alike two texts are: twice the words that both have over the words of one and the other.
@function likeness
@tparam string a UTF-8
@tparam string b UTF-8
@treturn number 0 to 1
*/
static int l_likeness (lua_State *L) {
  na_slice a = lna_check_utf8(L, 1), b = lna_check_utf8(L, 2);
  na_arena *arena = lna_scratch_arena(L);
  na_fold_table *fold = lna_new_object(L, LNA_FOLD, sizeof *fold, 0);
  if (!na_fold_open(fold)) lna_check_status(L, NA_NOMEM);
  na_word_set words_a, words_b;
  lna_check_status(L, na_word_set_of(arena, fold, a, &words_a));
  lna_check_status(L, na_word_set_of(arena, fold, b, &words_b));
  lua_pushnumber(L, na_word_likeness(words_a, words_b));
  return 1;
}

/***
What tells a web address from others: without scheme, "www.", fragment and final slash; the address inside one of the
Wayback Machine's.
@function url_key
@tparam string url
@treturn string
*/
static int l_url_key (lua_State *L) {
  na_slice url = lna_check_slice(L, 1);
  na_buffer *out = lna_scratch(L);
  lna_check_status(L, na_url_append_key(out, url));
  return lna_push_buffer(L, out);
}

static const luaL_Reg functions[] = {
  { "match", l_match },
  { "likeness", l_likeness },
  { "url_key", l_url_key },
  { NULL, NULL },
};

static const luaL_Reg no_methods[] = { { NULL, NULL } };

void lna_open_match (lua_State *L) {
  lna_new_type(L, MATCHES, no_methods, NULL, matches_close);
  luaL_setfuncs(L, functions, 0);
}
