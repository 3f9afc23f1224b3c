/***
csrc/lua/mediawiki.c -- newsarchive.XmlReader: exports of a MediaWiki in pieces; the days that titles name.
@module newsarchive.core
*/
#include "lua/lna.h"
#include "parse/mediawiki_export.h"
#include "parse/pagetitle.h"
#include "parse/wikitext.h"

#define XML_READER "newsarchive.XmlReader"

/* What the export points into is kept alive by user values. */
typedef struct reader_box {
  na_export *export;
} reader_box;

enum { RULES = 1, REPORT };

static na_export *check_reader (lua_State *L) {
  const reader_box *box = lna_check_object(L, 1, XML_READER);
  lua_getiuservalue(L, 1, REPORT);
  lna_check_report(L, lua_gettop(L));
  lua_pop(L, 1);
  return box->export;
}

static int reader_close (lua_State *L) {
  reader_box *box = lua_touserdata(L, 1);
  na_export_free(box->export);
  return 0;
}

/***
A reader of MediaWiki's XML exports that is fed in pieces, so that a dump larger than memory passes.
@function xml_reader
@tparam Report report where the stories and problems go
@tparam[opt] table options as for `Report:read`
@treturn XmlReader
*/
static int l_xml_reader (lua_State *L) {
  na_report *report = lna_check_report(L, 1);
  na_wikitext_options wikitext = { 0 };
  na_read_options options = lna_check_read_options(L, 2, &wikitext);
  lua_settop(L, 2);
  reader_box *box = lna_new_object(L, XML_READER, sizeof *box, 2);
  if (lua_istable(L, 2) && lua_getfield(L, 2, "rules")) lua_setiuservalue(L, 3, RULES);
  lua_settop(L, 3);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, 3, REPORT);
  lna_check_status(L, na_export_new(&box->export, report, &options));
  return 1;
}

/***
Reads on. Stories are in the report by and by, and all of them after `finish`.
@function XmlReader:feed
@tparam string chunk of any size
@treturn boolean whether there is use in feeding more: false after an error, which is in the report
*/
static int l_feed (lua_State *L) {
  na_export *export = check_reader(L);
  lna_check_status(L, na_export_feed(export, lna_check_slice(L, 2)));
  lua_pushboolean(L, !na_export_ended(export));
  return 1;
}

/***
Says that there is no more. An export that is cut becomes a problem in the report; a second call does nothing.
@function XmlReader:finish
@treturn XmlReader itself
*/
static int l_finish (lua_State *L) {
  na_export *export = check_reader(L);
  lna_check_status(L, na_export_finish(export));
  lua_settop(L, 1);
  return 1;
}

/***
The day that the title of a page names: `Portal:Current events/2007 September 1`, or the day alone as people write it:
`2007 September 1`, `2019年3月3日`, `2007-09-01`.
@function page_date
@tparam string title UTF-8
@treturn ?string ISO 8601; nil where there is no such day
@treturn ?string BCP 47, where the title is one of the portal
*/
static int l_page_date (lua_State *L) {
  na_slice title = lna_check_slice(L, 1);
  na_page_title page = { .day = na_day_written(title) };
  if (page.day == NA_DAY_NONE && !na_page_title_read(title, &page)) {
    lua_pushnil(L);
    return 1;
  }
  char date[NA_DATE_BYTES];
  na_day_format(page.day, date);
  lua_pushstring(L, date);
  lua_pushstring(L, page.language);
  return 2;
}

static const luaL_Reg methods[] = { { "feed", l_feed }, { "finish", l_finish }, { NULL, NULL } };

static const luaL_Reg functions[] = { { "xml_reader", l_xml_reader },
                                      { "page_date", l_page_date },
                                      { NULL, NULL } };

void lna_open_mediawiki (lua_State *L) {
  lna_new_type(L, XML_READER, methods, NULL, reader_close);
  luaL_setfuncs(L, functions, 0);
}
