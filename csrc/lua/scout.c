/***
csrc/lua/scout.c -- newsarchive.Scout: finds names by what was learnt from stories that have their context.
@module newsarchive.core
*/
#include "index/scout.h"
#include "index/sight.h"
#include "index/tag.h"
#include "lua/lna.h"

typedef struct scout_object {
  na_scout scout;
  na_scout_work work;
} scout_object;

static scout_object *check_scout (lua_State *L) {
  return lna_check_object(L, 1, LNA_SCOUT);
}

static int scout_close (lua_State *L) {
  scout_object *object = lua_touserdata(L, 1);
  na_scout_free(&object->scout);
  na_scout_work_free(&object->work);
  return 0;
}

static scout_object *new_scout (lua_State *L) {
  return lna_new_object(L, LNA_SCOUT, sizeof(scout_object), 0);
}

/***
Learns from the stories of a report that have context: which names there are, how often they are linked where they occur,
and what names look like. The same report gives the same scout.
@function learn_scout
@tparam Report report
@treturn Scout
*/
static int l_learn_scout (lua_State *L) {
  na_report *report = lna_check_report(L, 1);
  lna_check_status(L, na_scout_learn(&new_scout(L)->scout, report));
  return 1;
}

/***
Reads what `Scout:write` gave; lines of other kinds are left alone.
@function read_scout
@tparam string text
@treturn[1] Scout
@return[2] nil
@treturn[2] string message
@treturn[2] table `code` ("registry-line") and `line`, from 1
*/
static int l_read_scout (lua_State *L) {
  na_slice text = lna_check_slice(L, 1);
  size_t line;
  na_status status = na_scout_read(&new_scout(L)->scout, text, &line);
  if (status != NA_BAD) {
    lna_check_status(L, status);
    return 1;
  }
  luaL_pushfail(L);
  lua_pushfstring(L, "line %I cannot be read", (lua_Integer)line);
  lua_createtable(L, 0, 2);
  lna_set_string(L, "code", "registry-line");
  lna_set_integer(L, "line", (lua_Integer)line);
  return 3;
}

/***
What was learnt, as lines of tab-separated values: `form` (characters that stand for each other), `seen` (a name, on how
many days it was in a context, on how many in a title, on how many of these it was linked, and the first day), `move` and
`look` (weights).
@function Scout:write
@treturn string UTF-8
*/
static int l_write (lua_State *L) {
  const scout_object *object = check_scout(L);
  na_buffer *out = lna_scratch(L);
  lna_check_status(L, na_scout_write(&object->scout, out));
  return lna_push_buffer(L, out);
}

static double check_least (lua_State *L, int index) {
  double least = luaL_checknumber(L, index);
  luaL_argcheck(L, least > 0 && least <= 1, index, "a probability above 0 expected");
  return least;
}

/***
The names in a title.
@function Scout:find
@tparam string title UTF-8
@tparam number least probability, above 0 up to 1
@treturn {table,...} each with `name`, `first` and `last` (bytes from 1), `probability` and `known`; the likeliest first
*/
static int l_find (lua_State *L) {
  scout_object *object = check_scout(L);
  na_slice title = lna_check_utf8(L, 2);
  na_scout_work *work = &object->work;
  lna_check_status(L, na_scout_find(&object->scout, title, check_least(L, 3), work));
  lua_createtable(L, (int)work->count, 0);
  for (size_t i = 0; i < work->count; i++) {
    const na_scout_finding *finding = &work->findings[i];
    lua_createtable(L, 0, 5);
    lna_set_text(L, "name", finding->name);
    lna_set_integer(L, "first", (lua_Integer)finding->first + 1);
    lna_set_integer(L, "last", (lua_Integer)finding->end);
    lua_pushnumber(L, finding->probability);
    lua_setfield(L, -2, "probability");
    lua_pushboolean(L, finding->known);
    lua_setfield(L, -2, "known");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* Names that have the last word on what the scout finds; `tagger` is NULL where there are none. */
typedef struct last_word {
  const na_tagger *tagger;
  na_tag_work *work;
} last_word;

static na_status tag_story (scout_object *object, na_report *report, na_story *story, double least,
                            const last_word *last, size_t *added) {
  NA_TRY(na_scout_find(&object->scout, story->title, least, &object->work));
  size_t had = story->context.count;
  na_strings found = story->context;
  for (size_t i = 0; i < object->work.count; i++) {
    na_slice name = object->work.findings[i].name;
    bool allows = true;
    if (last->tagger) NA_TRY(na_tag_allows(last->tagger, story, name, last->work, &allows));
    if (allows) NA_TRY(na_strings_add(&report->arena, &found, name));
  }
  na_strings_sort_unique(&found);
  story->context = found;
  *added += found.count - had;
  return NA_OK;
}

/***
Adds the names in titles to the context of the stories of a report that have none but their topics and lead.
@function Scout:tag
@tparam Report report
@tparam number least probability, above 0 up to 1
@tparam[opt] Names names whose conditions hold for what is found, too: `only_with`, `unless`, `silent`
@treturn integer how many names were added to contexts
*/
static int l_tag (lua_State *L) {
  scout_object *object = check_scout(L);
  na_report *report = lna_check_report(L, 2);
  double least = check_least(L, 3);
  last_word last = { 0 };
  if (!lua_isnoneornil(L, 4)) last.tagger = lna_check_names(L, 4, &last.work);
  size_t added = 0;
  for (size_t i = 0; i < report->story_count; i++)
    if (!na_scout_is_linked(report->stories[i]))
      lna_check_status(L, tag_story(object, report, report->stories[i], least, &last, &added));
  lua_pushinteger(L, (lua_Integer)added);
  return 1;
}

/***
A text with every character in the form that names are compared in: of characters that stand for each other, as
simplified and traditional ones do, always the same one.
@function Scout:fold
@tparam string text UTF-8
@treturn string
*/
static int l_fold (lua_State *L) {
  const scout_object *object = check_scout(L);
  na_slice text = lna_check_utf8(L, 2);
  na_buffer *out = lna_scratch(L);
  lna_check_status(L, na_scout_fold(&object->scout, text, out));
  return lna_push_buffer(L, out);
}

/***
How much was learnt.
@function Scout:size
@treturn integer names
@treturn integer features of what names look like
*/
static int l_size (lua_State *L) {
  const scout_object *object = check_scout(L);
  lua_pushinteger(L, (lua_Integer)object->scout.count);
  lua_pushinteger(L, (lua_Integer)object->scout.crf.count);
  return 2;
}

static const luaL_Reg scout_methods[] = {
  { "write", l_write }, { "find", l_find }, { "tag", l_tag },
  { "fold", l_fold },   { "size", l_size }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "learn_scout", l_learn_scout },
                                      { "read_scout", l_read_scout },
                                      { NULL, NULL } };

void lna_open_scout (lua_State *L) {
  lna_new_type(L, LNA_SCOUT, scout_methods, NULL, scout_close);
  luaL_setfuncs(L, functions, 0);
}
