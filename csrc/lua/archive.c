/***
csrc/lua/archive.c -- newsarchive.Archive: stories with their indexes. Numbers in Lua count from 1.
@module newsarchive.core
*/
#include <errno.h>

#include "index/lists.h"
#include "lua/archive_box.h"
#include "parse/json.h"

static lna_archive_box *check_box (lua_State *L, int index) {
  return lna_check_object(L, index, LNA_ARCHIVE);
}

static bool is_chinese (const na_archive *archive) {
  return strncmp(archive->language, "zh", 2) == 0;
}

/* No position is put before it: where it turned up is no mistake in the program that did. */
static int raise_plain (lua_State *L, const char *message) {
  lua_pushstring(L, message);
  return lua_error(L);
}

void lna_check_sound (lua_State *L, na_status status) {
  if (status == NA_BAD) raise_plain(L, "the archive's file is damaged: make it again");
  if (status == NA_LIMIT) raise_plain(L, "too much for one archive");
  if (status == NA_IO)
    raise_plain(
        L, lua_pushfstring(L, "a temporary file cannot be used (TMPDIR says where): %s", strerror(errno)));
  lna_check_status(L, status);
}

na_archive *lna_check_archive (lua_State *L, int index) {
  lna_archive_box *box = check_box(L, index);
  lna_check_sound(L, na_archive_seal(&box->archive));
  if (na_archive_is_damaged(&box->archive)) lna_check_sound(L, NA_BAD);
  return &box->archive;
}

na_terms *lna_check_terms (lua_State *L, int index) {
  na_archive *archive = lna_check_archive(L, index);
  lna_archive_box *box = check_box(L, index);
  if (!box->has_terms) lna_check_sound(L, na_terms_open(&box->terms, archive));
  box->has_terms = true;
  return &box->terms;
}

lua_Integer lna_archive_changes (lua_State *L, int index) {
  return check_box(L, index)->changes;
}

/* The archive of argument 1 with its indexes made. */
static na_archive *check_sealed (lua_State *L) {
  return lna_check_archive(L, 1);
}

/* The same with the entities of stories and the stories of entities. */
static na_archive *check_indexed (lua_State *L) {
  na_archive *archive = check_sealed(L);
  lna_check_sound(L, na_archive_index(archive));
  return archive;
}

static uint32_t check_number (lua_State *L, int index, size_t count, const char *what) {
  lua_Integer number = luaL_checkinteger(L, index);
  if (number < 1 || (lua_Unsigned)number > count) luaL_argerror(L, index, what);
  return (uint32_t)(number - 1);
}

static uint32_t check_story (lua_State *L, const na_archive *archive) {
  return check_number(L, 2, archive->count, "no such story");
}

static uint32_t check_entity (lua_State *L, const na_archive *archive) {
  return check_number(L, 2, archive->entity_count, "no such entity");
}

/* Pushes the numbers, from 1 in Lua. */
static void push_numbers (lua_State *L, na_posting_list list) {
  lua_createtable(L, (int)list.count, 0);
  for (size_t i = 0; i < list.count; i++) {
    lua_pushinteger(L, (lua_Integer)list.items[i] + 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static int archive_close (lua_State *L) {
  lna_archive_box *box = lua_touserdata(L, 1);
  na_context_index_free(&box->context);
  na_terms_free(&box->terms);
  na_archive_free(&box->archive);
  na_arena_free(&box->lent);
  return 0;
}

/***
An empty archive.
@function archive
@tparam[opt="en"] string language BCP 47: of the stems of words, and of the slugs that the rule `context` goes by
@treturn Archive
*/
static int l_archive (lua_State *L) {
  const char *language = luaL_optstring(L, 1, "en");
  lna_archive_box *box = lna_new_object(L, LNA_ARCHIVE, sizeof(lna_archive_box), 0);
  na_archive_speak(&box->archive, na_slice_z(language));
  return 1;
}

/***
@function Archive:language
@treturn string BCP 47
*/
static int l_language (lua_State *L) {
  lua_pushstring(L, check_box(L, 1)->archive.language);
  return 1;
}

/* What was made of the stories so far is void. */
static void forget (lna_archive_box *box) {
  na_terms_free(&box->terms);
  na_context_index_free(&box->context);
  box->has_context = box->has_terms = false;
  box->changes++;
}

/***
Adds copies of the stories of a report, giving ids to those without.
@function Archive:add
@tparam Report report
@tparam[opt=1] integer from the first story to add
@treturn Archive itself
*/
static int l_add (lua_State *L) {
  lna_archive_box *box = check_box(L, 1);
  na_report *report = lna_check_report(L, 2);
  lua_Integer from = luaL_optinteger(L, 3, 1);
  luaL_argcheck(L, from >= 1, 3, "must be 1 or more");
  forget(box);
  lna_check_sound(L, na_archive_add(&box->archive, report, (size_t)from - 1));
  lua_settop(L, 1);
  return 1;
}

/***
Adds the stories of another archive, but for those that this one has already, with the same id and the same fields.
@function Archive:merge
@tparam Archive other
@tparam Report report for problems: a story of an id that another one has gets one of its own
@treturn integer how many stories both had
*/
static int l_merge (lua_State *L) {
  na_archive *archive = check_sealed(L);
  const na_archive *other = lna_check_archive(L, 2);
  na_report *report = lna_check_report(L, 3);
  size_t same;
  luaL_argcheck(L, other != archive, 2, "another archive expected");
  forget(check_box(L, 1));
  lna_check_sound(L, na_archive_merge(archive, other, report, &same));
  lua_pushinteger(L, (lua_Integer)same);
  return 1;
}

/***
Sets how much of each part waits in memory while the archive is made, before it goes to a temporary file. What comes out is the
same.
@function Archive:spill_beyond
@tparam integer bytes 1 or more
@treturn Archive itself
*/
static int l_spill_beyond (lua_State *L) {
  na_archive *archive = &check_box(L, 1)->archive;
  lua_Integer bytes = luaL_checkinteger(L, 2);
  luaL_argcheck(L, bytes >= 1, 2, "must be 1 or more");
  archive->spill_limit = (size_t)bytes;
  lua_settop(L, 1);
  return 1;
}

/***
@function Archive:count
@treturn integer stories
*/
static int l_count (lua_State *L) {
  const na_archive *archive = &check_box(L, 1)->archive;
  lua_pushinteger(L, (lua_Integer)archive->count + (lua_Integer)archive->intake.count);
  return 1;
}

/* The story of argument 2, read for one call: its lists are in an arena on the stack of Lua, which the box lends. */
typedef struct lent_story {
  na_story story;
  na_arena *arena;
} lent_story;

/* A new arena for each story would be memory that Lua cannot see, and waits for its collector. */
static lent_story read_story (lua_State *L) {
  const na_archive *archive = check_sealed(L);
  lna_archive_box *box = check_box(L, 1);
  uint32_t number = check_story(L, archive);
  lent_story read = { .arena = lna_scratch_arena(L) };
  *read.arena = box->lent;
  box->lent = (na_arena){ 0 };
  lna_check_sound(L, na_archive_story(archive, number, read.arena, &read.story));
  return read;
}

/* Where somebody read on the way here, as a finalizer may, the box has an arena already. */
static void give_back (lua_State *L, na_arena *arena) {
  lna_archive_box *box = check_box(L, 1);
  if (box->lent.blocks) return;
  na_arena_clear(arena);
  box->lent = *arena;
  *arena = (na_arena){ 0 };
}

/***
One story as a table, made anew at each call. Stories stand in order of date, then of adding.
@function Archive:story
@tparam integer i from 1
@treturn table
*/
static int l_story (lua_State *L) {
  lent_story read = read_story(L);
  lna_push_record(L, &na_story_shape, &read.story);
  give_back(L, read.arena);
  return 1;
}

/***
What a list shows of a story, without a table.
@function Archive:card
@tparam integer i from 1
@treturn string id
@treturn string title
@treturn string date
@treturn ?string category
*/
static int l_card (lua_State *L) {
  lent_story read = read_story(L);
  lna_push_slice(L, read.story.id);
  lna_push_slice(L, read.story.title);
  lna_push_slice(L, read.story.date);
  lna_push_slice(L, read.story.category);
  give_back(L, read.arena);
  return 4;
}

/***
The address that the story asks for.
@function Archive:url
@tparam integer i from 1
@treturn ?string its permalink, as its input has it
*/
static int l_url (lua_State *L) {
  lent_story read = read_story(L);
  lna_push_slice(L, read.story.url);
  give_back(L, read.arena);
  return 1;
}

/***
The number of the story with that id.
@function Archive:find
@tparam string id
@treturn ?integer
*/
static int l_find (lua_State *L) {
  const na_archive *archive = check_sealed(L);
  uint32_t story = na_archive_find(archive, lna_check_slice(L, 2));
  if (na_archive_is_damaged(archive)) lna_check_sound(L, NA_BAD);
  if (story == NA_MAP_NONE)
    lua_pushnil(L);
  else
    lua_pushinteger(L, (lua_Integer)story + 1);
  return 1;
}

/***
The days that have stories, ascending: a flat list of date, first story, last story.
@function Archive:days
@treturn {string,integer,integer,...}
*/
static int l_days (lua_State *L) {
  const na_archive *archive = check_sealed(L);
  lua_newtable(L);
  lua_Integer at = 0;
  for (size_t first = 0, last; first < archive->count; first = last + 1) {
    char date[NA_DATE_BYTES];
    for (last = first; last + 1 < archive->count && archive->days[last + 1] == archive->days[first];) last++;
    na_day_format(archive->days[first], date);
    lua_pushstring(L, date);
    lua_rawseti(L, -2, ++at);
    lua_pushinteger(L, (lua_Integer)first + 1);
    lua_rawseti(L, -2, ++at);
    lua_pushinteger(L, (lua_Integer)last + 1);
    lua_rawseti(L, -2, ++at);
  }
  return 1;
}

/***
The stories of a range of days.
@function Archive:range
@tparam ?string from ISO 8601: a day, a month or a year; nil for the first day there is
@tparam ?string to the same, inclusive; nil for the last day
@treturn integer the first story of the range
@treturn integer the last one; smaller than the first where there is none
*/
static int l_range (lua_State *L) {
  const na_archive *archive = check_sealed(L);
  na_day bounds[2] = { NA_DAY_NONE, INT32_MAX };
  for (int i = 0; i < 2; i++) {
    na_day span[2];
    if (lua_isnoneornil(L, i + 2)) continue;
    luaL_argcheck(L, na_day_span(lna_check_slice(L, i + 2), &span[0], &span[1]), i + 2,
                  "ISO 8601 date expected");
    bounds[i] = span[i];
  }
  size_t first = 0, last = archive->count;
  while (first < last && archive->days[first] < bounds[0]) first++;
  while (last > first && archive->days[last - 1] > bounds[1]) last--;
  lua_pushinteger(L, (lua_Integer)first + 1);
  lua_pushinteger(L, (lua_Integer)last);
  return 2;
}

/***
@function Archive:entities
@treturn integer how many entities there are, numbered in order of code points
*/
static int l_entities (lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check_sealed(L)->entity_count);
  return 1;
}

/***
@function Archive:entity
@tparam integer e from 1
@treturn string its name
@treturn integer in how many stories it is
*/
static int l_entity (lua_State *L) {
  const na_archive *archive = check_sealed(L);
  uint32_t entity = check_entity(L, archive);
  lna_push_slice(L, na_archive_entity(archive, entity));
  lua_pushinteger(L, (lua_Integer)na_list_count(na_rows_get(&archive->mention_rows, entity)));
  return 2;
}

/***
@function Archive:find_entity
@tparam string name
@treturn ?integer its number
*/
static int l_find_entity (lua_State *L) {
  const na_archive *archive = check_sealed(L);
  uint32_t entity = na_archive_find_entity(archive, lna_check_slice(L, 2));
  if (entity == NA_MAP_NONE)
    lua_pushnil(L);
  else
    lua_pushinteger(L, (lua_Integer)entity + 1);
  return 1;
}

/***
@function Archive:entity_stories
@tparam integer e from 1
@treturn {integer,...} the stories that have the entity, in order of date
*/
static int l_entity_stories (lua_State *L) {
  const na_archive *archive = check_indexed(L);
  push_numbers(L, na_postings_list(&archive->mentions, check_entity(L, archive)));
  return 1;
}

/***
@function Archive:story_entities
@tparam integer i from 1
@treturn {integer,...} the entities of the story, in order of name
*/
static int l_story_entities (lua_State *L) {
  const na_archive *archive = check_indexed(L);
  push_numbers(L, na_postings_list(&archive->context, check_story(L, archive)));
  return 1;
}

/* Pushes the entities that both stories have: two ascending lists, merged. */
static void push_shared (lua_State *L, na_posting_list a, na_posting_list b) {
  lua_newtable(L);
  lua_Integer count = 0;
  for (size_t i = 0, j = 0; i < a.count && j < b.count;) {
    if (a.items[i] == b.items[j]) {
      lua_pushinteger(L, (lua_Integer)a.items[i] + 1);
      lua_rawseti(L, -2, ++count);
    }
    uint32_t x = a.items[i], y = b.items[j];
    i += x <= y;
    j += y <= x;
  }
}

/***
@function Archive:shared
@tparam integer i from 1
@tparam integer j
@treturn {integer,...} the entities that both stories have, in order of name
*/
static int l_shared (lua_State *L) {
  const na_archive *archive = check_indexed(L);
  uint32_t one = check_story(L, archive), other = check_number(L, 3, archive->count, "no such story");
  push_shared(L, na_postings_list(&archive->context, one), na_postings_list(&archive->context, other));
  return 1;
}

static na_context_index *check_context (lua_State *L, lna_archive_box *box) {
  if (!box->has_context)
    lna_check_sound(L, na_context_index_build(&box->context, &box->archive, is_chinese(&box->archive)));
  box->has_context = true;
  return &box->context;
}

/***
Related stories by the reference's rule: the number of shared entities, then the newest path.
@function Archive:related
@tparam integer i from 1
@tparam[opt=10] integer limit 0 to 1000
@tparam[opt="context"] string rule
@tparam[opt="rank"] string display `"rank"`: best first; `"date"`: the same stories, newest first
@tparam[opt="all"] string direction `"before"` or `"after"`: only stories of earlier or later days
@treturn {integer,{integer,...},...} a flat list: a story, the entities that both have, and so on
*/
static int l_related (lua_State *L) {
  static const char *const rules[] = { "context", NULL }, *const displays[] = { "rank", "date", NULL };
  static const char *const directions[] = { "all", "before", "after", NULL };
  const na_archive *archive = check_indexed(L);
  na_context_query query = { .story = check_story(L, archive) };
  lua_Integer limit = luaL_optinteger(L, 3, NA_CONTEXT_LIMIT);
  luaL_argcheck(L, limit >= 0 && limit <= NA_CONTEXT_LIMIT_MAX, 3, "0 to 1000 expected");
  query.limit = (size_t)limit;
  luaL_checkoption(L, 4, "context", rules);
  query.display = (na_context_display)luaL_checkoption(L, 5, "rank", displays);
  query.direction = (na_direction)luaL_checkoption(L, 6, "all", directions);
  na_relation relations[NA_CONTEXT_LIMIT_MAX];
  size_t count = na_context_related(check_context(L, check_box(L, 1)), archive, &query, relations);
  lua_createtable(L, (int)count * 2, 0);
  na_posting_list own = na_postings_list(&archive->context, query.story);
  for (size_t i = 0; i < count; i++) {
    lua_pushinteger(L, (lua_Integer)relations[i].story + 1);
    lua_rawseti(L, -2, (lua_Integer)i * 2 + 1);
    push_shared(L, own, na_postings_list(&archive->context, relations[i].story));
    lua_rawseti(L, -2, (lua_Integer)i * 2 + 2);
  }
  return 1;
}

/***
@function Archive:days_between
@tparam integer i from 1
@tparam integer j
@treturn integer days from story i to story j, negative where j is earlier
*/
static int l_days_between (lua_State *L) {
  const na_archive *archive = check_sealed(L);
  uint32_t from = check_story(L, archive), to = check_number(L, 3, archive->count, "no such story");
  lua_pushinteger(L, (lua_Integer)archive->days[to] - archive->days[from]);
  return 1;
}

/***
The path that the reference would give a story: `news/2007/09/1/slug.md`.
@function Archive:context_path
@tparam integer i from 1
@treturn string
*/
static int l_context_path (lua_State *L) {
  lent_story read = read_story(L);
  na_buffer *out = lna_scratch(L);
  lna_check_status(L, na_context_path(out, &read.story, is_chinese(&check_box(L, 1)->archive)));
  give_back(L, read.arena);
  return lna_push_buffer(L, out);
}

/***
Stories as JSON Lines: one object a line, keys sorted.
@function Archive:json_lines
@tparam[opt=1] integer from
@tparam[opt] integer to the last story there is
@treturn string UTF-8
*/
static int l_json_lines (lua_State *L) {
  const na_archive *archive = check_sealed(L);
  lua_Integer from = luaL_optinteger(L, 2, 1), to = luaL_optinteger(L, 3, (lua_Integer)archive->count);
  luaL_argcheck(L, from >= 1, 2, "must be 1 or more");
  na_buffer *out = lna_scratch(L);
  na_arena *scratch = lna_scratch_arena(L);
  for (lua_Integer i = from; i <= to && i <= (lua_Integer)archive->count; i++) {
    na_story story;
    na_arena_clear(scratch);
    lna_check_sound(L, na_archive_story(archive, (size_t)i - 1, scratch, &story));
    lna_check_status(L, na_json_append(out, &na_story_shape, &story));
    lna_check_status(L, na_buffer_byte(out, '\n'));
  }
  return lna_push_buffer(L, out);
}

static const luaL_Reg archive_methods[] = {
  { "add", l_add },
  { "count", l_count },
  { "story", l_story },
  { "card", l_card },
  { "url", l_url },
  { "find", l_find },
  { "days", l_days },
  { "range", l_range },
  { "entities", l_entities },
  { "entity", l_entity },
  { "find_entity", l_find_entity },
  { "entity_stories", l_entity_stories },
  { "story_entities", l_story_entities },
  { "shared", l_shared },
  { "related", l_related },
  { "days_between", l_days_between },
  { "context_path", l_context_path },
  { "json_lines", l_json_lines },
  { "merge", l_merge },
  { "spill_beyond", l_spill_beyond },
  { "language", l_language },
  { NULL, NULL },
};

static const luaL_Reg functions[] = { { "archive", l_archive }, { NULL, NULL } };

void lna_open_archive (lua_State *L) {
  lna_new_type(L, LNA_ARCHIVE, archive_methods, NULL, archive_close);
  luaL_setfuncs(L, functions, 0);
  lna_open_archive_file(L);
}
