/***
csrc/lua/report.c -- newsarchive.Report: what reading gave.
@module newsarchive.core
*/
#include "index/identity.h"
#include "lua/lna.h"
#include "parse/json.h"
#include "parse/readers.h"
#include "parse/wikitext.h"

na_report *lna_check_report (lua_State *L, int index) {
  return lna_check_object(L, index, LNA_REPORT);
}

static int report_close (lua_State *L) {
  na_report_free(lua_touserdata(L, 1));
  return 0;
}

/***
An empty report, which readers fill.
@function report
@treturn Report
*/
static int l_report (lua_State *L) {
  lna_new_object(L, LNA_REPORT, sizeof(na_report), 0);
  return 1;
}

na_read_options lna_check_read_options (lua_State *L, int index, na_wikitext_options *wikitext) {
  static const char *const names[] = { "path", "language", "date", "variant", "rules", "lines", NULL };
  lna_check_options(L, index, names);
  lna_check_wikitext_options(L, index, wikitext);
  lua_Integer lines = lna_opt_integer_field(L, index, "lines", 0);
  if (lines < 0) luaL_argerror(L, index, "field 'lines': 0 or more expected");
  return (na_read_options){
    .path = lna_opt_field(L, index, "path"),
    .language = lna_opt_field(L, index, "language"),
    .date = lna_opt_date_field(L, index),
    .lines = (size_t)lines,
    .wikitext = wikitext,
  };
}

/***
Reads a text and appends its stories and problems. Never fails for what the text says.
@function Report:read
@tparam string format one of `newsarchive.core.formats`
@tparam string text
@tparam[opt] table options `path` (as it goes into origins and problems), `language` (BCP 47) and `date` (ISO 8601) of
stories that do not say; for JSON Lines `lines`: of the file before the text; for wikitext, whatever holds it, also
`variant` ("zh-tw") and `rules` (of `wikitext_rules`)
@treturn Report itself
*/
static int l_read (lua_State *L) {
  na_report *report = lna_check_report(L, 1);
  na_reader *reader = na_reader_of(lna_check_slice(L, 2));
  luaL_argcheck(L, reader, 2, "no such format");
  na_slice text = lna_check_slice(L, 3);
  na_wikitext_options wikitext = { 0 };
  na_read_options options = lna_check_read_options(L, 4, &wikitext);
  lna_check_status(L, reader(report, text, &options));
  lua_settop(L, 1);
  return 1;
}

/***
Appends one story.
@function Report:add
@tparam table story at least `title` and `date`; see the data model. A wrong type or an unknown field raises
@treturn Report itself
*/
static int l_add (lua_State *L) {
  na_report *report = lna_check_report(L, 1);
  na_story story = { 0 };
  lna_check_record(L, 2, &report->arena, &na_story_shape, &story);
  luaL_argcheck(L, story.title.data, 2, "field 'title': string expected, got no value");
  luaL_argcheck(L, na_story_day(&story) != NA_DAY_NONE, 2, "field 'date': ISO 8601 date expected");
  na_strings_sort_unique(&story.context);
  na_story *place = na_report_story(report);
  if (!place) return luaL_error(L, "not enough memory");
  *place = story;
  report->items++;
  lua_settop(L, 1);
  return 1;
}

/***
Appends copies of all stories of another report.
@function Report:take
@tparam Report other
@treturn Report itself
*/
static int l_take (lua_State *L) {
  na_report *report = lna_check_report(L, 1);
  const na_report *other = lna_check_report(L, 2);
  luaL_argcheck(L, report != other, 2, "another report expected");
  for (size_t i = 0; i < other->story_count; i++) {
    na_story *place = na_report_story(report);
    if (!place) return luaL_error(L, "not enough memory");
    lna_check_status(L, na_record_copy(&report->arena, &na_story_shape, place, other->stories[i]));
    report->items++;
  }
  lua_settop(L, 1);
  return 1;
}

static na_story *check_story (lua_State *L, const na_report *report) {
  lua_Integer i = luaL_checkinteger(L, 2);
  luaL_argcheck(L, i >= 1 && (lua_Unsigned)i <= report->story_count, 2, "no such story");
  return report->stories[i - 1];
}

/***
Puts a changed story in the place of another: what a rule does.
@function Report:replace
@tparam integer i from 1
@tparam table story as for `add`
@treturn Report itself
*/
static int l_replace (lua_State *L) {
  na_report *report = lna_check_report(L, 1);
  na_story *place = check_story(L, report), story = { 0 };
  lna_check_record(L, 3, &report->arena, &na_story_shape, &story);
  luaL_argcheck(L, story.title.data, 3, "field 'title': string expected, got no value");
  luaL_argcheck(L, na_story_day(&story) != NA_DAY_NONE, 3, "field 'date': ISO 8601 date expected");
  na_strings_sort_unique(&story.context);
  *place = story;
  lua_settop(L, 1);
  return 1;
}

/***
Takes out stories that are not to be published, as if they had not been read.
@function Report:withhold
@tparam boolean drafts whether drafts go
@tparam[opt] string last ISO 8601 date: stories after this day go
@treturn integer how many went
*/
static int l_withhold (lua_State *L) {
  na_report *report = lna_check_report(L, 1);
  na_day last = NA_DAY_NONE;
  luaL_checktype(L, 2, LUA_TBOOLEAN);
  if (!lua_isnoneornil(L, 3)) {
    last = na_day_parse(lna_check_slice(L, 3));
    luaL_argcheck(L, last != NA_DAY_NONE, 3, "ISO 8601 date expected");
  }
  lua_pushinteger(L, (lua_Integer)na_report_withhold(report, lua_toboolean(L, 2), last));
  return 1;
}

/***
Changes some fields of a story.
@function Report:amend
@tparam integer i from 1
@tparam table fields what changes, as for `add`; the fields that it has not stay as they are
@treturn Report itself
*/
static int l_amend (lua_State *L) {
  na_report *report = lna_check_report(L, 1);
  na_story *place = check_story(L, report), changes = { 0 };
  lna_check_record(L, 3, &report->arena, &na_story_shape, &changes);
  luaL_argcheck(L, !changes.date.data || na_story_day(&changes) != NA_DAY_NONE, 3,
                "field 'date': ISO 8601 date expected");
  na_strings_sort_unique(&changes.context);
  na_record_amend(&na_story_shape, place, &changes);
  lua_settop(L, 1);
  return 1;
}

/***
Notes a problem.
@function Report:note
@tparam table problem `path`, `line`, `column` (from 1, in bytes), `message`
@treturn Report itself
*/
static int l_note (lua_State *L) {
  static const char *const names[] = { "path", "line", "column", "message", NULL };
  na_report *report = lna_check_report(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  lna_check_options(L, 2, names);
  na_slice message = lna_opt_field(L, 2, "message");
  lua_Integer line = lna_opt_integer_field(L, 2, "line", 0),
              column = lna_opt_integer_field(L, 2, "column", 0);
  luaL_argcheck(L, message.data && line >= 0 && column >= 0, 2, "'message' and numbers from 0 expected");
  lna_check_status(L, na_report_problem(report, lna_opt_field(L, 2, "path"), (size_t)line, (size_t)column,
                                        "note", "%.*s", (int)message.size, message.data));
  lua_settop(L, 1);
  return 1;
}

/***
One story as a table, made anew at each call.
@function Report:story
@tparam integer i from 1
@treturn ?table nil beyond the last
*/
static int l_story (lua_State *L) {
  const na_report *report = lna_check_report(L, 1);
  lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 1 || (lua_Unsigned)i > report->story_count)
    lua_pushnil(L);
  else
    lna_push_record(L, &na_story_shape, report->stories[i - 1]);
  return 1;
}

/***
All stories as JSON Lines: one object a line, keys sorted.
@function Report:json_lines
@tparam[opt=1] integer from the first story
@treturn string UTF-8
*/
static int l_json_lines (lua_State *L) {
  const na_report *report = lna_check_report(L, 1);
  lua_Integer from = luaL_optinteger(L, 2, 1);
  luaL_argcheck(L, from >= 1, 2, "must be 1 or more");
  na_buffer *out = lna_scratch(L);
  for (size_t i = (size_t)from - 1; i < report->story_count; i++) {
    lna_check_status(L, na_json_append(out, &na_story_shape, report->stories[i]));
    lna_check_status(L, na_buffer_byte(out, '\n'));
  }
  return lna_push_buffer(L, out);
}

/***
One problem.
@function Report:problem
@tparam integer i from 1
@treturn ?table `path`, `line`, `column`, `code`, `message`; nil beyond the last
*/
static int l_problem (lua_State *L) {
  const na_report *report = lna_check_report(L, 1);
  lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 1 || (lua_Unsigned)i > report->problem_count) {
    lua_pushnil(L);
    return 1;
  }
  const na_problem *problem = &report->problems[i - 1];
  lua_createtable(L, 0, 5);
  lna_set_text(L, "path", problem->path);
  if (problem->line) lna_set_integer(L, "line", (lua_Integer)problem->line);
  if (problem->column) lna_set_integer(L, "column", (lua_Integer)problem->column);
  lna_set_string(L, "code", problem->code);
  lna_set_text(L, "message", problem->message);
  return 1;
}

/***
What was counted: every item of the input once, items = stories - events + headings + media + rejected.
@function Report:counts
@treturn table `files`, `items`, `stories`, `headings`, `media`, `rejected`, `events`, `problems`, `sources`, `relations`
*/
static int l_counts (lua_State *L) {
  const na_report *report = lna_check_report(L, 1);
  size_t sources = 0, relations = 0;
  for (size_t i = 0; i < report->story_count; i++) {
    sources += report->stories[i]->sources.count;
    relations += report->stories[i]->related.count;
  }
  const struct {
    const char *name;
    size_t count;
  } counts[] = {
    { "files", report->files },
    { "items", report->items },
    { "stories", report->story_count },
    { "headings", report->headings },
    { "media", report->media },
    { "rejected", report->rejected },
    { "events", report->events },
    { "problems", report->problem_count },
    { "sources", sources },
    { "relations", relations },
  };
  lua_createtable(L, 0, (int)(sizeof counts / sizeof *counts));
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    lua_pushinteger(L, (lua_Integer)counts[i].count);
    lua_setfield(L, -2, counts[i].name);
  }
  return 1;
}

static const luaL_Reg report_methods[] = {
  { "read", l_read },         { "add", l_add },
  { "replace", l_replace },   { "take", l_take },
  { "amend", l_amend },       { "note", l_note },
  { "withhold", l_withhold }, { "story", l_story },
  { "problem", l_problem },   { "json_lines", l_json_lines },
  { "counts", l_counts },     { NULL, NULL },
};

/* The number of stories. */
static int l_len (lua_State *L) {
  lua_pushinteger(L, (lua_Integer)lna_check_report(L, 1)->story_count);
  return 1;
}

static const luaL_Reg report_metamethods[] = { { "__len", l_len }, { NULL, NULL } };

/* ---- ids ---- */

static int ids_close (lua_State *L) {
  na_ids_free(lua_touserdata(L, 1));
  return 0;
}

/***
The ids given in one run.
@function ids
@treturn Ids
*/
static int l_ids (lua_State *L) {
  lna_new_object(L, LNA_IDS, sizeof(na_ids), 0);
  return 1;
}

/***
Gives an id to every story of a report that has none; repeats get a number behind.
@function Ids:assign
@tparam Report report
@treturn Ids itself
*/
static int l_assign (lua_State *L) {
  na_ids *ids = lna_check_object(L, 1, LNA_IDS);
  na_report *report = lna_check_report(L, 2);
  for (size_t i = 0; i < report->story_count; i++)
    lna_check_status(L, na_ids_assign(ids, report, report->stories[i]));
  lua_settop(L, 1);
  return 1;
}

static const luaL_Reg ids_methods[] = { { "assign", l_assign }, { NULL, NULL } };

static const luaL_Reg functions[] = { { "report", l_report }, { "ids", l_ids }, { NULL, NULL } };

void lna_open_report (lua_State *L) {
  lna_new_type(L, LNA_REPORT, report_methods, report_metamethods, report_close);
  lna_new_type(L, LNA_IDS, ids_methods, NULL, ids_close);
  luaL_setfuncs(L, functions, 0);
  lua_newtable(L);
  for (lua_Integer i = 0; na_reader_name((size_t)i); i++) {
    lua_pushstring(L, na_reader_name((size_t)i));
    lua_rawseti(L, -2, i + 1);
  }
  lua_setfield(L, -2, "formats");
}
