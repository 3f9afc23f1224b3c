/***
csrc/lua/scout.c -- newsarchive.Scout: finds names by what was learnt from stories that have their context.
@module newsarchive.core
*/
#include "index/scout.h"
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
  lua_pushliteral(L, "registry-line");
  lua_setfield(L, -2, "code");
  lua_pushinteger(L, (lua_Integer)line);
  lua_setfield(L, -2, "line");
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
    lna_push_slice(L, finding->name);
    lua_setfield(L, -2, "name");
    lua_pushinteger(L, (lua_Integer)finding->first + 1);
    lua_setfield(L, -2, "first");
    lua_pushinteger(L, (lua_Integer)finding->end);
    lua_setfield(L, -2, "last");
    lua_pushnumber(L, finding->probability);
    lua_setfield(L, -2, "probability");
    lua_pushboolean(L, finding->known);
    lua_setfield(L, -2, "known");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static na_status tag_story (scout_object *object, na_report *report, na_story *story, double least,
                            size_t *added) {
  NA_TRY(na_scout_find(&object->scout, story->title, least, &object->work));
  size_t had = story->context.count;
  for (size_t i = 0; i < object->work.count; i++)
    NA_TRY(na_strings_add(&report->arena, &story->context, object->work.findings[i].name));
  na_strings_sort_unique(&story->context);
  *added += story->context.count - had;
  return NA_OK;
}

/***
Adds the names in titles to the context of the stories of a report that have none but their topics and lead.
@function Scout:tag
@tparam Report report
@tparam number least probability, above 0 up to 1
@treturn integer how many names were added to contexts
*/
static int l_tag (lua_State *L) {
  scout_object *object = check_scout(L);
  na_report *report = lna_check_report(L, 2);
  double least = check_least(L, 3);
  size_t added = 0;
  for (size_t i = 0; i < report->story_count; i++)
    if (!na_scout_is_linked(report->stories[i]))
      lna_check_status(L, tag_story(object, report, report->stories[i], least, &added));
  lua_pushinteger(L, (lua_Integer)added);
  return 1;
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
  { "write", l_write }, { "find", l_find }, { "tag", l_tag }, { "size", l_size }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "learn_scout", l_learn_scout },
                                      { "read_scout", l_read_scout },
                                      { NULL, NULL } };

void lna_open_scout (lua_State *L) {
  lna_new_type(L, LNA_SCOUT, scout_methods, NULL, scout_close);
  luaL_setfuncs(L, functions, 0);
}
