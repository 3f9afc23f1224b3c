/***
csrc/lua/phrases.c -- capitalised phrases that recur in the stories of a report.
@module newsarchive.core
*/
#include "index/brackets.h"
#include "index/phrases.h"
#include "index/scout.h"
#include "lua/lna.h"

static int l_phrases_gc (lua_State *L) {
  na_phrases_free(lua_touserdata(L, 1));
  return 0;
}

static na_phrases *new_phrases (lua_State *L) {
  na_phrases *phrases = lua_newuserdatauv(L, sizeof *phrases, 0);
  *phrases = (na_phrases){ 0 };
  if (luaL_newmetatable(L, "newsarchive.Phrases")) {
    lua_pushcfunction(L, l_phrases_gc);
    lua_setfield(L, -2, "__gc");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
  }
  lua_setmetatable(L, -2);
  return phrases;
}

typedef na_status title_counter (na_phrases *phrases, na_slice title, na_day day);

/* Pushes what a function counts in titles, in those of stories with links only where `linked` says so. */
static na_phrases *count_titles (lua_State *L, const na_report *report, title_counter *count, bool linked) {
  na_phrases *phrases = new_phrases(L);
  for (size_t i = 0; i < report->story_count; i++) {
    const na_story *story = report->stories[i];
    if (linked || !na_scout_is_linked(story))
      lna_check_status(L, count(phrases, story->title, na_story_day(story)));
  }
  return phrases;
}

static void push_phrase (lua_State *L, const na_phrase *phrase) {
  char first[NA_DATE_BYTES];
  na_day_format(phrase->first, first);
  lua_createtable(L, 0, 8);
  lna_set_text(L, "text", phrase->text);
  lna_set_integer(L, "count", phrase->count);
  lna_set_integer(L, "starts", phrase->starts);
  lna_set_integer(L, "capital", phrase->capital);
  lna_set_integer(L, "days", phrase->days);
  lna_set_integer(L, "small", phrase->small);
  lna_set_integer(L, "signs", phrase->signs);
  lna_set_string(L, "first", first);
}

/* Pushes those that occur on `least` days, in order of their first place. */
static int push_phrases (lua_State *L, const na_phrases *phrases, lua_Integer least) {
  lua_Integer count = 0;
  lua_newtable(L);
  for (size_t i = 0; i < phrases->count; i++) {
    if ((lua_Integer)phrases->items[i].days < least) continue;
    push_phrase(L, &phrases->items[i]);
    lua_rawseti(L, -2, ++count);
  }
  return 1;
}

/***
Phrases of capitalised words in the titles of stories without context (but for their topics).
@function phrases
@tparam Report report
@tparam integer least days on which a phrase must occur
@treturn {table,...} in order of their first place, each with `text`, `count` (where it does not begin a sentence),
`starts` (where it does), `signs` (of `count`: where a sign stands right behind it, or nothing), `days`, `small` (how often
its first word occurs without a capital), `capital` (how often its first word has one where it does not begin a sentence)
and `first` (ISO 8601 date)
*/
static int l_phrases (lua_State *L) {
  const na_report *report = lna_check_report(L, 1);
  lua_Integer least = luaL_checkinteger(L, 2);
  na_phrases *phrases = count_titles(L, report, na_phrases_count, false);
  na_phrases_close(phrases);
  return push_phrases(L, phrases, least);
}

/***
The headings of stories: their topics, and the leads before their titles.
@function headings
@tparam Report report
@tparam integer least days on which a heading must occur
@treturn {table,...} as of `phrases`
*/
static int l_headings (lua_State *L) {
  const na_report *report = lna_check_report(L, 1);
  lua_Integer least = luaL_checkinteger(L, 2);
  na_phrases *phrases = new_phrases(L);
  for (size_t i = 0; i < report->story_count; i++) {
    const na_story *story = report->stories[i];
    na_day day = na_story_day(story);
    for (size_t k = 0; k < story->topics.count; k++)
      lna_check_status(L, na_phrases_count_whole(phrases, story->topics.items[k], day));
    if (story->lead.data) lna_check_status(L, na_phrases_count_whole(phrases, story->lead, day));
  }
  return push_phrases(L, phrases, least);
}

static na_status count_links (na_phrases *phrases, const na_story *story) {
  const na_mention *mentions = story->mentions.items;
  for (size_t i = 0; i < story->mentions.count; i++) {
    na_slice target = mentions[i].target, label = mentions[i].label;
    if (!target.size) continue;
    NA_TRY(na_phrases_count_link(phrases, label.size ? label : target, target, na_story_day(story)));
  }
  return NA_OK;
}

/***
The links of stories, with what they are shown as.
@function links
@tparam Report report
@tparam integer least days on which a link must occur
@treturn {table,...} as of `phrases`; `text` is the label, a tab, and what the link leads to
*/
static int l_links (lua_State *L) {
  const na_report *report = lna_check_report(L, 1);
  lua_Integer least = luaL_checkinteger(L, 2);
  na_phrases *phrases = new_phrases(L);
  for (size_t i = 0; i < report->story_count; i++)
    lna_check_status(L, count_links(phrases, report->stories[i]));
  return push_phrases(L, phrases, least);
}

/***
Abbreviations that titles explain in brackets: "International Atomic Energy Agency (IAEA)".
@function abbreviations
@tparam Report report
@tparam integer least days on which one must be explained so
@treturn {table,...} as of `links`; `text` is the abbreviation, a tab, and what it is short for
*/
static int l_abbreviations (lua_State *L) {
  const na_report *report = lna_check_report(L, 1);
  lua_Integer least = luaL_checkinteger(L, 2);
  na_phrases *phrases = count_titles(L, report, na_brackets_count, true);
  return push_phrases(L, phrases, least);
}

static const luaL_Reg functions[] = { { "phrases", l_phrases },
                                      { "headings", l_headings },
                                      { "links", l_links },
                                      { "abbreviations", l_abbreviations },
                                      { NULL, NULL } };

void lna_open_phrases (lua_State *L) {
  luaL_setfuncs(L, functions, 0);
}
