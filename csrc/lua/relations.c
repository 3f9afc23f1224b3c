/***
csrc/lua/relations.c -- newsarchive.Relations: related stories by relevance. Numbers in Lua count from 1.
@module newsarchive.core
*/
#include "base/memory.h"
#include "lua/lna.h"
#include "relate/many.h"
#include "relate/reasons.h"
#include "relate/some.h"
#include "relate/stored.h"
#include "relate/threads.h"

typedef struct relations_box {
  const na_archive *archive; /* kept alive by the user value */
  na_terms *terms;           /* the archive's */
  lua_Integer changes;       /* of the archive, when the index was made */
  na_related related;
  na_walk walk;
  na_threads threads;
  bool has_threads;
} relations_box;

static int relations_close (lua_State *L) {
  relations_box *box = lua_touserdata(L, 1);
  na_threads_free(&box->threads);
  na_walk_close(&box->walk);
  na_related_free(&box->related);
  return 0;
}

static relations_box *check_box_at (lua_State *L, int index) {
  relations_box *box = lna_check_object(L, index, LNA_RELATIONS);
  lua_getiuservalue(L, index, 1);
  lua_Integer changes = lna_archive_changes(L, -1);
  lua_pop(L, 1);
  if (changes != box->changes) luaL_error(L, "the archive has changed: make its relations anew");
  return box;
}

static relations_box *check_box (lua_State *L) {
  return check_box_at(L, 1);
}

const na_related *lna_check_related (lua_State *L, int index) {
  return &check_box_at(L, index)->related;
}

static uint32_t check_story (lua_State *L, int index, const relations_box *box) {
  lua_Integer number = luaL_checkinteger(L, index);
  luaL_argcheck(L, number >= 1 && (lua_Unsigned)number <= box->archive->count, index, "no such story");
  return (uint32_t)(number - 1);
}

/* The weights of the table at `index`; what is not there has its default. */
static na_weights check_weights (lua_State *L, int index) {
  na_weights weights = NA_WEIGHTS_DEFAULT;
  if (lua_isnoneornil(L, index)) return weights;
  luaL_checktype(L, index, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    const na_weight_field *field = na_weight_fields;
    const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : luaL_typename(L, -2);
    while (field->name && strcmp(field->name, name) != 0) field++;
    if (!field->name) luaL_error(L, "bad argument #%d (unknown weight '%s')", index, name);
    lua_Number value = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : field->least - 1;
    if (!(value >= field->least && value <= field->most))
      luaL_error(L, "bad argument #%d (weight '%s': a number from %f to %f expected)", index, name,
                 field->least, field->most);
    *(double *)(void *)((char *)&weights + field->offset) = value;
  }
  return weights;
}

/***
Makes what is needed to relate stories by relevance: the words, names and entities of all stories with their weights.
@function relations
@tparam Archive archive
@tparam[opt] table weights `word`, `name`, `entity`, `number`, `sharpness`, `emphasis`, `collocation`, `local`, `window`
(days), `decay`; those that are left out have their defaults
@treturn Relations of the archive as it is now: when stories are added, make another one
*/
static int l_relations (lua_State *L) {
  na_archive *archive = lna_check_archive(L, 1);
  na_weights weights = check_weights(L, 2);
  na_terms *terms = lna_check_terms(L, 1);
  relations_box *box = lna_new_object(L, LNA_RELATIONS, sizeof(relations_box), 1);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  box->archive = archive;
  box->terms = terms;
  box->changes = lna_archive_changes(L, 1);
  lna_check_sound(L, na_archive_index(archive));
  lna_check_status(L, na_related_build(&box->related, archive, terms, &weights));
  lna_check_status(L, na_walk_open(&box->walk, &box->related));
  return 1;
}

/* The arguments limit, direction, least and fold, from `index` on. */
static na_related_query check_query (lua_State *L, int index, relations_box *box) {
  static const char *const names[] = { "all", "before", "after", "next", NULL };
  static const na_direction directions[] = { NA_DIRECTION_ALL, NA_DIRECTION_BEFORE, NA_DIRECTION_AFTER,
                                             NA_DIRECTION_NEXT };
  lua_Integer limit = luaL_optinteger(L, index, NA_RELATED_LIMIT);
  luaL_argcheck(L, limit >= 0 && limit <= NA_CONTEXT_LIMIT_MAX, index, "0 to 1000 expected");
  lua_Number least = luaL_optnumber(L, index + 2, 0);
  luaL_argcheck(L, least >= 0 && least <= 1, index + 2, "0 to 1 expected");
  na_direction direction = directions[luaL_checkoption(L, index + 1, "all", names)];
  bool fold = lua_toboolean(L, index + 3);
  if (fold) lna_check_sound(L, na_related_fold(&box->related));
  return (na_related_query){ .limit = (size_t)limit, .direction = direction, .least = least, .fold = fold };
}

static void push_scored (lua_State *L, const na_scored *found, size_t count) {
  lua_createtable(L, (int)count * 2, 0);
  for (size_t i = 0; i < count; i++) {
    lua_pushinteger(L, (lua_Integer)found[i].story + 1);
    lua_rawseti(L, -2, (lua_Integer)i * 2 + 1);
    lua_pushnumber(L, found[i].score);
    lua_rawseti(L, -2, (lua_Integer)i * 2 + 2);
  }
}

/***
The related stories of one story, best first: by score, then the nearest date, then the id.
@function Relations:find
@tparam integer i from 1
@tparam[opt=10] integer limit 0 to 1000
@tparam[opt="all"] string direction `"before"` or `"after"`: only stories of earlier or later days; `"next"`: those of
later days that the list took in as the archive grew, where what stands there gives way only to what is much better
@tparam[opt=0] number least only scores of at least this share of the story's score for itself
@tparam[opt=false] boolean fold of stories that tell the same only the best
@treturn {integer,number,...} a flat list: a story, its score, and so on
*/
static int l_find (lua_State *L) {
  relations_box *box = check_box(L);
  uint32_t story = check_story(L, 2, box);
  na_related_query query = check_query(L, 3, box);
  na_scored found[NA_CONTEXT_LIMIT_MAX];
  query.story = story;
  size_t count;
  if (!na_stored_find(&box->related, &query, found, &count))
    count = na_related_find(&box->walk, &query, found);
  lna_check_sound(L, box->terms->status);
  push_scored(L, found, count);
  return 1;
}

/***
The same, looking at every story: what `find` is checked against.
@function Relations:find_slowly
@tparam integer i
@tparam[opt] integer limit
@tparam[opt] string direction
@tparam[opt] number least
@tparam[opt] boolean fold
@treturn {integer,number,...}
*/
static int l_find_slowly (lua_State *L) {
  relations_box *box = check_box(L);
  uint32_t story = check_story(L, 2, box);
  na_related_query query = check_query(L, 3, box);
  na_scored found[NA_CONTEXT_LIMIT_MAX];
  query.story = story;
  size_t count = na_related_find_slowly(&box->walk, &query, found);
  lna_check_sound(L, box->terms->status);
  push_scored(L, found, count);
  return 1;
}

/***
The relations of many stories, on several threads; the same for any number of them.
@function Relations:many
@tparam integer|{integer,...} first the first story, or a list of stories
@tparam integer count of stories from the first on; not looked at where a list is given
@tparam[opt=1] integer threads 1 to 64
@tparam[opt=10] integer limit
@tparam[opt] string direction
@tparam[opt] number least
@tparam[opt] boolean fold
@treturn {{integer,number,...},...} for each story what `find` gives
*/
static int l_many (lua_State *L) {
  relations_box *box = check_box(L);
  lua_Integer threads = luaL_optinteger(L, 4, 1);
  luaL_argcheck(L, threads >= 1 && threads <= NA_THREADS_MAX, 4, "1 to 64 expected");
  na_relate_job job = { .related = &box->related,
                        .query = check_query(L, 5, box),
                        .threads = (size_t)threads };
  if (lua_istable(L, 2)) {
    job.count = lua_rawlen(L, 2);
    uint32_t *stories = lua_newuserdatauv(L, (job.count + 1) * sizeof *stories, 0);
    for (size_t i = 0; i < job.count; i++) {
      lua_rawgeti(L, 2, (lua_Integer)i + 1);
      stories[i] = check_story(L, -1, box);
      lua_pop(L, 1);
    }
    job.stories = stories;
  } else {
    lua_Integer first = luaL_checkinteger(L, 2), count = luaL_checkinteger(L, 3);
    luaL_argcheck(L, first >= 1 && count >= 0 && first - 1 <= (lua_Integer)box->archive->count - count, 2,
                  "no such stories");
    job.first = (uint32_t)(first - 1);
    job.count = (size_t)count;
  }
  na_scored *found = lua_newuserdatauv(L, (job.count * job.query.limit + 1) * sizeof *found, 0);
  uint32_t *counts = lua_newuserdatauv(L, (job.count + 1) * sizeof *counts, 0);
  lna_check_sound(L, na_relate_many(&job, found, counts));
  lua_createtable(L, (int)job.count, 0);
  for (size_t i = 0; i < job.count; i++) {
    push_scored(L, found + i * job.query.limit, counts[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int collect_some (lua_State *L) {
  na_some_free(lua_touserdata(L, 1));
  return 0;
}

/***
The relations of just those stories whose lists a change can have touched: those that ask for something else than before,
those with an entry that changed or went, and those whose list a new or changed story can enter.
@function Relations:some
@tparam ?string imprint what an earlier call gave, of this archive as it was; nil for all stories
@tparam[opt=1] integer threads 1 to 64
@tparam[opt=10] integer limit
@tparam[opt] string direction
@tparam[opt] number least
@tparam[opt] boolean fold
@treturn {integer,...} the stories, ascending; the lists of all others are as they were
@treturn {{integer,number,...},...} the list of each
@treturn string the imprint of the archive as it is now: bytes for the next time, of this machine
*/
static int l_some (lua_State *L) {
  relations_box *box = check_box(L);
  na_slice before = NA_NONE;
  if (!lua_isnoneornil(L, 2)) before.data = luaL_checklstring(L, 2, &before.size);
  lua_Integer threads = luaL_optinteger(L, 3, 1);
  luaL_argcheck(L, threads >= 1 && threads <= NA_THREADS_MAX, 3, "1 to 64 expected");
  na_relate_job job = { .related = &box->related,
                        .query = check_query(L, 4, box),
                        .threads = (size_t)threads };
  na_some *some = lua_newuserdatauv(L, sizeof *some, 0);
  *some = (na_some){ 0 };
  lna_collect_with(L, "newsarchive.some", collect_some);
  lna_check_sound(L, na_relate_some(&job, before, some));
  lua_createtable(L, (int)some->count, 0);
  lua_createtable(L, (int)some->count, 0);
  for (size_t i = 0; i < some->count; i++) {
    lua_pushinteger(L, (lua_Integer)some->stories[i] + 1);
    lua_rawseti(L, -3, (lua_Integer)i + 1);
    push_scored(L, some->found + i * job.query.limit, some->counts[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_pushlstring(L, some->imprint.data, some->imprint.size);
  return 3;
}

/* By na_term_kind. */
static const char *const kind_names[] = { "word", "name", "entity" };

/* Pushes a list of reasons. */
static void push_reasons (lua_State *L, const relations_box *box, const na_reason *reasons, size_t count) {
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    uint32_t term = reasons[i].term;
    lua_createtable(L, 0, 4);
    lua_pushstring(L, kind_names[na_terms_kind(box->terms, term)]);
    lua_setfield(L, -2, "kind");
    lna_push_slice(L, na_terms_shown(box->terms, term));
    lua_setfield(L, -2, "text");
    lua_pushnumber(L, reasons[i].share);
    lua_setfield(L, -2, "share");
    lua_pushinteger(L, (lua_Integer)na_terms_stories(box->terms, term));
    lua_setfield(L, -2, "stories");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/***
Why one story is related to another: what they share, the largest share of the score first. The shares add up to the score.
@function Relations:why
@tparam integer i
@tparam integer j the other story
@treturn {table,...} `kind` (`"word"`, `"name"`, `"entity"`), `text`, `share`, `stories` (how many have it)
@treturn number the score of story i for itself
*/
static int l_why (lua_State *L) {
  relations_box *box = check_box(L);
  uint32_t story = check_story(L, 2, box), other = check_story(L, 3, box);
  na_reason reasons[NA_REASONS_MAX];
  na_walk_begin(&box->walk, story);
  size_t count = na_reasons_take(&box->walk, story, other, NA_REASONS_MAX, reasons);
  uint32_t own = box->walk.own;
  na_walk_end(&box->walk);
  lna_check_sound(L, box->terms->status);
  push_reasons(L, box, reasons, count);
  lua_pushnumber(L, na_score_of(&box->related, own, 0));
  return 2;
}

/*
** The weightiest terms that `other` shares with the story of the walk into `terms`; gives how many of them have at least the
** share `least` of the first one's.
*/
static size_t take_terms (const na_walk *walk, uint32_t story, uint32_t other, size_t limit, double least,
                          uint32_t *terms) {
  na_reason reasons[NA_REASONS_MAX];
  size_t count = na_reasons_take(walk, story, other, limit, reasons), taken = 0;
  for (; taken < count && reasons[taken].share >= least * reasons[0].share; taken++)
    terms[taken] = reasons[taken].term;
  return taken;
}

#define WHY_MANY_MAX 65536 /* stories: bounds the room that their terms take */

/***
What makes several stories related to one: the terms of the first reasons that `why` gives.
@function Relations:why_many
@tparam integer i
@tparam {integer,...} others at most 65536
@tparam integer limit so many terms of each, 0 to 256
@tparam[opt=0] number least only terms that have at least so much of the first one's share
@treturn {{integer,...},...} for each of the others numbers for `term`, the largest share first
@treturn number the score of story i for itself
*/
static int l_why_many (lua_State *L) {
  relations_box *box = check_box(L);
  uint32_t story = check_story(L, 2, box);
  luaL_checktype(L, 3, LUA_TTABLE);
  size_t count = lua_rawlen(L, 3), limit = (size_t)luaL_checkinteger(L, 4);
  lua_Number least = luaL_optnumber(L, 5, 0);
  luaL_argcheck(L, count <= WHY_MANY_MAX, 3, "at most 65536 stories expected");
  luaL_argcheck(L, limit <= NA_REASONS_MAX, 4, "0 to 256 expected");
  luaL_argcheck(L, least >= 0 && least <= 1, 5, "0 to 1 expected");
  uint32_t *others = lua_newuserdatauv(L, (count * (2 + limit) + 1) * sizeof *others, 0);
  uint32_t *counts = others + count, *terms = counts + count;
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(L, 3, (lua_Integer)i + 1);
    others[i] = check_story(L, -1, box);
    lua_pop(L, 1);
  }
  na_walk_begin(&box->walk, story); /* nothing may raise until the walk ends */
  for (size_t i = 0; i < count; i++)
    counts[i] = (uint32_t)take_terms(&box->walk, story, others[i], limit, least, terms + i * limit);
  uint32_t own = box->walk.own;
  na_walk_end(&box->walk);
  lna_check_sound(L, box->terms->status);
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_createtable(L, (int)counts[i], 0);
    for (size_t k = 0; k < counts[i]; k++) {
      lua_pushinteger(L, (lua_Integer)terms[i * limit + k] + 1);
      lua_rawseti(L, -2, (lua_Integer)k + 1);
    }
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_pushnumber(L, na_score_of(&box->related, own, 0));
  return 2;
}

/***
A term by which stories are related.
@function Relations:term
@tparam integer number from 1, as `why_many` gives it
@treturn string `"word"`, `"name"` or `"entity"`
@treturn string as it stands in stories
@treturn integer how many stories have it
*/
static int l_term (lua_State *L) {
  const relations_box *box = check_box(L);
  lua_Integer number = luaL_checkinteger(L, 2);
  luaL_argcheck(L, number >= 1 && (lua_Unsigned)number <= box->terms->count, 2, "no such term");
  uint32_t term = (uint32_t)(number - 1);
  lua_pushstring(L, kind_names[na_terms_kind(box->terms, term)]);
  lna_push_slice(L, na_terms_shown(box->terms, term));
  lua_pushinteger(L, (lua_Integer)na_terms_stories(box->terms, term));
  return 3;
}

/***
Finds the threads of all stories: those that tell one running story.
@function Relations:find_threads
@tparam[opt=1] integer jobs 1 to 64; the result is the same
@treturn integer how many there are, numbered in order of their first story; a story without others is a thread, too
*/
static int l_find_threads (lua_State *L) {
  relations_box *box = check_box(L);
  lua_Integer jobs = luaL_optinteger(L, 2, 1);
  luaL_argcheck(L, jobs >= 1 && jobs <= NA_THREADS_MAX, 2, "1 to 64 expected");
  if (!box->has_threads)
    lna_check_sound(L, na_stored_has_threads(&box->related)
                           ? na_stored_threads(&box->threads, &box->related)
                           : na_threads_build(&box->threads, &box->related, (size_t)jobs));
  box->has_threads = true;
  lua_pushinteger(L, (lua_Integer)box->threads.stories.count);
  return 1;
}

static relations_box *check_threads (lua_State *L) {
  relations_box *box = check_box(L);
  if (!box->has_threads) luaL_error(L, "threads must be found first: find_threads");
  return box;
}

/***
@function Relations:thread
@tparam integer number from 1
@treturn {integer,...} its stories in order of date
*/
static int l_thread (lua_State *L) {
  const relations_box *box = check_threads(L);
  lua_Integer number = luaL_checkinteger(L, 2);
  luaL_argcheck(L, number >= 1 && (lua_Unsigned)number <= box->threads.stories.count, 2, "no such thread");
  na_posting_list stories = na_postings_list(&box->threads.stories, (size_t)number - 1);
  lua_createtable(L, (int)stories.count, 0);
  for (size_t i = 0; i < stories.count; i++) {
    lua_pushinteger(L, (lua_Integer)stories.items[i] + 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/***
@function Relations:thread_title
@tparam integer number from 1
@treturn string the topic of its stories, or what they share and few others have
*/
static int l_thread_title (lua_State *L) {
  const relations_box *box = check_threads(L);
  lua_Integer number = luaL_checkinteger(L, 2);
  luaL_argcheck(L, number >= 1 && (lua_Unsigned)number <= box->threads.stories.count, 2, "no such thread");
  na_buffer *title = lna_scratch(L);
  lna_check_sound(L, na_thread_title(title, &box->threads, &box->related, (uint32_t)number - 1));
  return lna_push_buffer(L, title);
}

/***
@function Relations:thread_of
@tparam integer i a story
@treturn integer its thread
*/
static int l_thread_of (lua_State *L) {
  const relations_box *box = check_threads(L);
  lua_pushinteger(L, (lua_Integer)box->threads.of_story[check_story(L, 2, box)] + 1);
  return 1;
}

/***
The stories that repeat another one, wholly or nearly.
@function Relations:repeats
@treturn {integer,...} a flat list: a story, the earliest one that it repeats, and so on
*/
static int l_repeats (lua_State *L) {
  relations_box *box = check_box(L);
  lna_check_sound(L, na_related_fold(&box->related));
  const uint32_t *first = box->related.originals;
  lua_newtable(L);
  lua_Integer count = 0;
  for (size_t i = 0; i < box->archive->count; i++) {
    if (first[i] == i) continue;
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_rawseti(L, -2, ++count);
    lua_pushinteger(L, (lua_Integer)first[i] + 1);
    lua_rawseti(L, -2, ++count);
  }
  return 1;
}

static const luaL_Reg relations_methods[] = {
  { "find", l_find },
  { "find_slowly", l_find_slowly },
  { "many", l_many },
  { "some", l_some },
  { "why", l_why },
  { "why_many", l_why_many },
  { "term", l_term },
  { "find_threads", l_find_threads },
  { "thread", l_thread },
  { "thread_title", l_thread_title },
  { "thread_of", l_thread_of },
  { "repeats", l_repeats },
  { NULL, NULL },
};

static const luaL_Reg functions[] = { { "relations", l_relations }, { NULL, NULL } };

void lna_open_relations (lua_State *L) {
  lna_new_type(L, LNA_RELATIONS, relations_methods, NULL, relations_close);
  luaL_setfuncs(L, functions, 0);
}
