/***
csrc/lua/search.c -- newsarchive.Search and what it finds, newsarchive.Result. Numbers in Lua count from 1.
@module newsarchive.core
*/
#include "lua/lna.h"
#include "search/rank.h"
#include "search/snippet.h"
#include "search/suggest.h"
#include "search/tally.h"
#include "text/words.h"

typedef struct search_box {
  const na_archive *archive; /* kept alive by the user value */
  lua_Integer changes;       /* of the archive, when the index was made */
  na_search_index index;
} search_box;

typedef struct result_box {
  search_box *search; /* kept alive by user value 1; user value 2 is the query's text */
  na_plan plan;
  na_query query;
  size_t own_notes; /* that the text alone gave */
  na_hit hits[NA_SEARCH_LIMIT_MAX];
  size_t hit_count;
  uint32_t *all; /* the stories of the whole result, where they were counted; in the plan's arena */
  size_t all_count;
} result_box;

static int search_close (lua_State *L) {
  search_box *box = lua_touserdata(L, 1);
  na_search_index_free(&box->index);
  return 0;
}

static int result_close (lua_State *L) {
  result_box *box = lua_touserdata(L, 1);
  na_plan_free(&box->plan);
  return 0;
}

/* The search at `index`, whose archive is still open and as it was. */
static search_box *check_search (lua_State *L, int index) {
  search_box *box = lna_check_object(L, index, LNA_SEARCH);
  lua_getiuservalue(L, index, 1);
  lua_Integer changes = lna_archive_changes(L, -1);
  lua_pop(L, 1);
  if (changes != box->changes) luaL_error(L, "the archive has changed: make its search anew");
  return box;
}

static result_box *check_result (lua_State *L) {
  result_box *box = lna_check_object(L, 1, LNA_RESULT);
  lua_getiuservalue(L, 1, 1);
  check_search(L, lua_gettop(L));
  lua_pop(L, 1);
  return box;
}

/***
Makes what is needed to search an archive: its words, sources, topics and categories.
@function search
@tparam Archive archive
@treturn Search of the archive as it is now: when stories are added, make another one
*/
static int l_search (lua_State *L) {
  const na_archive *archive = lna_check_archive(L, 1);
  na_terms *terms = lna_check_terms(L, 1);
  search_box *box = lna_new_object(L, LNA_SEARCH, sizeof(search_box), 1);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  box->archive = archive;
  box->changes = lna_archive_changes(L, 1);
  lna_check_sound(L, na_search_index_open(&box->index, archive, terms));
  return 1;
}

/* ---- asking ---- */

static const char *const option_names[] = { "limit",  "order",  "recency", "match",    "from", "to",
                                            "entity", "source", "topic",   "category", NULL };

/* Which of `names` the field is; the first where it is absent. */
static int check_choice (lua_State *L, int index, const char *field, const char *const *names) {
  na_slice given = lna_opt_field(L, index, field);
  for (int i = 0; given.data && names[i]; i++)
    if (na_slice_equal(given, na_slice_z(names[i]))) return i;
  if (given.data) luaL_argerror(L, index, lua_pushfstring(L, "field '%s': unknown '%s'", field, given.data));
  return 0;
}

static na_search_options check_options (lua_State *L, int index) {
  static const char *const orders[] = { "relevance", "newest", "oldest", NULL };
  lna_check_options(L, index, option_names);
  na_search_options options = { .order = (na_search_order)check_choice(L, index, "order", orders) };
  lua_Integer limit = lna_opt_integer_field(L, index, "limit", NA_SEARCH_LIMIT);
  if (limit < 0 || limit > NA_SEARCH_LIMIT_MAX) luaL_argerror(L, index, "field 'limit': 0 to 1000 expected");
  options.limit = (size_t)limit;
  if (!lua_isnoneornil(L, index)) {
    int type = lua_getfield(L, index, "recency");
    options.recency = type == LUA_TNUMBER ? lua_tonumber(L, -1) : type == LUA_TNIL ? 0 : -1;
    if (!(options.recency >= 0 && options.recency <= NA_RECENCY_MAX))
      luaL_argerror(L, index, "field 'recency': a number from 0 to 100 expected");
    lua_pop(L, 1);
  }
  return options;
}

/* What the fields of the options ask for beside the text; their texts are kept by the table. */
static void take_fields (lua_State *L, int index, na_query *query) {
  static const char *const fields[NA_CLAUSE_FIELDS] = { "entity", "source", "topic", "category" };
  for (int i = 0; i < NA_CLAUSE_FIELDS; i++) {
    na_slice value = lna_opt_field(L, index, fields[i]);
    if (value.data)
      na_query_add(query, (na_clause){ .kind = (na_clause_kind)(NA_CLAUSE_ENTITY + i), .text = value });
  }
  na_slice from = lna_opt_field(L, index, "from"), to = lna_opt_field(L, index, "to");
  if (from.data && !na_query_narrow(query, from, false))
    luaL_argerror(L, index, "field 'from': ISO 8601 date expected");
  if (to.data && !na_query_narrow(query, to, true))
    luaL_argerror(L, index, "field 'to': ISO 8601 date expected");
}

/* Whether the plan means any story at all. */
static bool means_something (na_plan *plan) {
  uint32_t story;
  na_rank_begin(plan);
  return na_rank_next(plan, &story);
}

typedef enum match_mode { MATCH_AUTO, MATCH_ALL, MATCH_ANY } match_mode;

/* All words, and where no story has them all, any. Notes of the first try are those of both. */
static void make_plan (lua_State *L, result_box *box, match_mode mode) {
  na_search_index *index = &box->search->index;
  lna_check_sound(L, na_plan_make(&box->plan, index, &box->query, mode == MATCH_ANY));
  bool several = box->plan.word_count + box->plan.unknown_count > 1;
  if (mode != MATCH_AUTO || !several || means_something(&box->plan)) return;
  box->query.note_count = box->own_notes;
  lna_check_sound(L, na_plan_make(&box->plan, index, &box->query, true));
  if (means_something(&box->plan))
    na_query_note(&box->query, "any-word", "no story has all words: these have some of them", NA_LITERAL(""));
}

static int find (lua_State *L, bool slowly) {
  static const char *const modes[] = { "auto", "all", "any", NULL };
  search_box *search = check_search(L, 1);
  na_slice text = lna_check_slice(L, 2);
  na_search_options options = check_options(L, 3);
  match_mode mode = (match_mode)check_choice(L, 3, "match", modes);
  result_box *box = lna_new_object(L, LNA_RESULT, sizeof(result_box), 3);
  for (int i = 1; i <= 3; i++) {
    lua_pushvalue(L, i);
    lua_setiuservalue(L, -2, i);
  }
  box->search = search;
  na_query_begin(&box->query);
  na_query_parse(&box->query, text);
  take_fields(L, 3, &box->query);
  box->own_notes = box->query.note_count;
  make_plan(L, box, mode);
  box->hit_count = slowly ? na_rank_find_slowly(&box->plan, &options, box->hits)
                          : na_rank_find(&box->plan, &options, box->hits);
  lna_check_sound(L, na_search_status(&search->index));
  return 1;
}

/***
Searches. A query is never wrong: what cannot be understood is searched as words, and noted.
@function Search:find
@tparam string text words, `"phrases"`, `pref*`, `-not`, `entity:`, `source:`, `topic:`, `category:`, `from:`, `to:`
@tparam[opt] table options `limit` (0 to 1000, default 10), `order` (`"relevance"`, `"newest"`, `"oldest"`), `recency` (0 to
100, default 0: how much more the newest story counts), `match` (`"auto"`: all words or else any, `"all"`, `"any"`), and
`entity`, `source`, `topic`, `category`, `from`, `to` as in the text
@treturn Result
*/
static int l_find (lua_State *L) {
  lua_settop(L, 3);
  return find(L, false);
}

/***
The same by relevance, looking at every story: what `find` is checked against.
@function Search:find_slowly
@tparam string text
@tparam[opt] table options
@treturn Result
*/
static int l_find_slowly (lua_State *L) {
  lua_settop(L, 3);
  return find(L, true);
}

/***
The nearest word of the archive: one or two letters otherwise, that of most stories.
@function Search:suggest
@tparam string word
@treturn ?string nil where there is none
*/
static int l_suggest (lua_State *L) {
  search_box *box = check_search(L, 1);
  na_slice text = lna_check_slice(L, 2);
  na_words words;
  na_word word;
  na_words_begin(&words, &box->index.terms->fold, text);
  lna_push_slice(L, na_words_next(&words, &word) ? na_suggest(&box->index, word.text) : NA_NONE);
  return 1;
}

/* ---- results ---- */

/***
@function Result:count
@treturn integer hits, at most the limit
*/
static int l_count (lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check_result(L)->hit_count);
  return 1;
}

static const na_hit *check_hit (lua_State *L, const result_box *box) {
  lua_Integer k = luaL_checkinteger(L, 2);
  luaL_argcheck(L, k >= 1 && (lua_Unsigned)k <= box->hit_count, 2, "no such hit");
  return &box->hits[k - 1];
}

/***
@function Result:hit
@tparam integer k from 1
@treturn integer the number of the story
@treturn number its score
*/
static int l_hit (lua_State *L) {
  const na_hit *hit = check_hit(L, check_result(L));
  lua_pushinteger(L, (lua_Integer)hit->story + 1);
  lua_pushnumber(L, hit->score * NA_SEARCH_SCORE_UNIT);
  return 2;
}

#define ELLIPSIS "\u2026"

/***
The part of a hit's story in which the words were found.
@function Result:snippet
@tparam integer k from 1
@tparam[opt=240] integer bytes 1 to 65536; a title is never cut
@treturn string UTF-8, with an ellipsis where something is left out
@treturn {integer,...} the first and the last byte of every word found, as for `string.sub`, flat and ascending
@treturn string `"title"`, `"description"` or `"body"`
*/
static int l_snippet (lua_State *L) {
  result_box *box = check_result(L);
  uint32_t story = check_hit(L, box)->story;
  lua_Integer bytes = luaL_optinteger(L, 3, NA_SNIPPET_BYTES);
  luaL_argcheck(L, bytes >= 1 && bytes <= NA_SNIPPET_BYTES_MAX, 3, "1 to 65536 expected");
  na_snippet snippet;
  na_snippet_make(&box->plan, story, (size_t)bytes, &snippet);
  na_buffer *out = lna_scratch(L);
  if (!snippet.begins) lna_check_status(L, na_buffer_append(out, NA_LITERAL(ELLIPSIS)));
  lua_Integer shift = (lua_Integer)out->size;
  lna_check_status(L, na_buffer_append(out, snippet.text));
  if (!snippet.ends) lna_check_status(L, na_buffer_append(out, NA_LITERAL(ELLIPSIS)));
  lna_push_buffer(L, out);
  lua_createtable(L, (int)snippet.span_count * 2, 0);
  for (size_t i = 0; i < snippet.span_count; i++) {
    lua_pushinteger(L, shift + (lua_Integer)snippet.spans[i].first + 1);
    lua_rawseti(L, -2, (lua_Integer)i * 2 + 1);
    lua_pushinteger(L, shift + (lua_Integer)snippet.spans[i].last);
    lua_rawseti(L, -2, (lua_Integer)i * 2 + 2);
  }
  lua_pushstring(L, snippet.field);
  return 3;
}

/***
What was not taken as it may have been meant.
@function Result:notes
@treturn {table,...} `code`, `message`, `text`
@treturn {string,...} words of the query that no story has
*/
static int l_notes (lua_State *L) {
  const result_box *box = check_result(L);
  lua_createtable(L, (int)box->query.note_count, 0);
  for (size_t i = 0; i < box->query.note_count; i++) {
    const na_note *note = &box->query.notes[i];
    lua_createtable(L, 0, 3);
    lna_set_string(L, "code", note->code);
    lna_set_string(L, "message", note->message);
    lna_set_text(L, "text", note->text);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_createtable(L, (int)box->plan.unknown_count, 0);
  for (size_t i = 0; i < box->plan.unknown_count; i++) {
    lna_push_slice(L, box->plan.unknown[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 2;
}

/* ---- the whole result ---- */

static void gather (lua_State *L, result_box *box) {
  uint32_t *all;
  size_t count;
  if (box->all) return;
  lna_check_status(L, na_tally_gather(&box->plan, &all, &count));
  box->all = all;
  box->all_count = count;
}

/* Pushes the years or the months that have stories, oldest first: a flat list of their names and numbers of stories. */
static void push_times (lua_State *L, const result_box *box, bool months) {
  const na_day *days = box->search->archive->days;
  lua_newtable(L);
  lua_Integer at = 0;
  for (size_t i = box->all_count, next; i > 0; i = next) {
    int year, month, day, other_year, other_month;
    na_day_split(days[box->all[i - 1]], &year, &month, &day);
    for (next = i - 1; next > 0; next--) {
      na_day_split(days[box->all[next - 1]], &other_year, &other_month, &day);
      if (other_year != year || (months && other_month != month)) break;
    }
    char name[NA_DATE_BYTES];
    na_day_format(days[box->all[i - 1]], name);
    lua_pushlstring(L, name, months ? 7 : 4);
    lua_rawseti(L, -2, ++at);
    lua_pushinteger(L, (lua_Integer)(i - next));
    lua_rawseti(L, -2, ++at);
  }
}

/***
Counts the stories of the whole result, of which `hit` gives the first.
@function Result:tally
@tparam string kind `"year"`, `"month"`: all there are, in order; `"entity"`, `"source"`, `"topic"`, `"category"`: those with
most stories; `"stories"`: nothing but their number
@tparam[opt=10] integer limit 0 to 1000
@treturn {string,integer,...} a flat list of values and their numbers of stories
@treturn integer stories in all
*/
static int l_tally (lua_State *L) {
  static const char *const kinds[] = { "entity", "source", "topic",   "category",
                                       "year",   "month",  "stories", NULL };
  result_box *box = check_result(L);
  int kind = luaL_checkoption(L, 2, NULL, kinds);
  lua_Integer limit = luaL_optinteger(L, 3, NA_TALLY_LIMIT);
  luaL_argcheck(L, limit >= 0 && limit <= NA_TALLY_LIMIT_MAX, 3, "0 to 1000 expected");
  const na_archive *archive = box->search->archive;
  gather(L, box);
  if (kind == NA_CLAUSE_FIELDS || kind == NA_CLAUSE_FIELDS + 1) {
    push_times(L, box, kind > NA_CLAUSE_FIELDS);
  } else {
    na_tally found[NA_TALLY_LIMIT_MAX];
    na_clause_kind facet = (na_clause_kind)(NA_CLAUSE_ENTITY + kind);
    size_t count = kind < NA_CLAUSE_FIELDS ? na_tally_top(&box->search->index, facet, box->all,
                                                          box->all_count, found, (size_t)limit)
                                           : 0;
    lua_createtable(L, (int)count * 2, 0);
    for (size_t i = 0; i < count; i++) {
      lna_push_slice(L, na_rows_get(&archive->pools[NA_FACET_FIRST + kind], found[i].value));
      lua_rawseti(L, -2, (lua_Integer)i * 2 + 1);
      lua_pushinteger(L, (lua_Integer)found[i].stories);
      lua_rawseti(L, -2, (lua_Integer)i * 2 + 2);
    }
  }
  lua_pushinteger(L, (lua_Integer)box->all_count);
  return 2;
}

static const luaL_Reg search_methods[] = {
  { "find", l_find }, { "find_slowly", l_find_slowly }, { "suggest", l_suggest }, { NULL, NULL }
};

static const luaL_Reg result_methods[] = {
  { "count", l_count }, { "hit", l_hit },     { "snippet", l_snippet },
  { "notes", l_notes }, { "tally", l_tally }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "search", l_search }, { NULL, NULL } };

void lna_open_search (lua_State *L) {
  lna_new_type(L, LNA_SEARCH, search_methods, NULL, search_close);
  lna_new_type(L, LNA_RESULT, result_methods, NULL, result_close);
  luaL_setfuncs(L, functions, 0);
}
