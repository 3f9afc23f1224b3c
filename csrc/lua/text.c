/***
csrc/lua/text.c -- slugs, escapes, normal forms, fingerprints, JSON values.
@module newsarchive.core
*/
#include <xxhash.h>

#include "lua/lna.h"
#include "text/escape.h"
#include "text/slug.h"
#include "text/stem.h"
#include "text/utf8.h"
#include "text/words.h"

typedef na_status text_function (na_buffer *out, na_slice text);

static int mapped (lua_State *L, text_function *function) {
  na_slice text = lna_check_utf8(L, 1);
  na_buffer *out = lna_scratch(L);
  lna_check_status(L, function(out, text));
  return lna_push_buffer(L, out);
}

/***
The readable end of an address, made from a headline: lower case, NFC, words joined by `-`.
@function slug
@tparam string title UTF-8; other bytes raise
@tparam[opt] string rule `"archive"` (the default), `"context-zh"` or `"context-en"`: the reference system's own
@treturn string at most 80 characters and 200 bytes by the default rule
*/
static int l_slug (lua_State *L) {
  static const char *const rules[] = { "archive", "context-zh", "context-en", NULL };
  static text_function *const functions[] = { na_slug_append, na_slug_append_context_zh,
                                              na_slug_append_context_en };
  lna_check_utf8(L, 1);
  return mapped(L, functions[luaL_checkoption(L, 2, "archive", rules)]);
}

/***
A text made harmless for HTML and XML, in element content and in quoted attributes.
@function escape
@tparam string text UTF-8
@treturn string
*/
static int l_escape (lua_State *L) {
  if (na_escape_is_plain_markup(lna_check_utf8(L, 1))) {
    lua_settop(L, 1);
    return 1;
  }
  return mapped(L, na_escape_markup);
}

/***
A value as a template prints it: a text made harmless, or a number. Anything else raises at the caller's line.
@function escape_value
@tparam string|number value
@treturn string
*/
static int l_escape_value (lua_State *L) {
  int type = lua_type(L, 1);
  if (type == LUA_TSTRING) return l_escape(L);
  if (type != LUA_TNUMBER)
    return luaL_error(L, "nothing to print: the value is %s%s", type == LUA_TNIL ? "" : "a ",
                      luaL_typename(L, 1));
  luaL_tolstring(L, 1, NULL);
  return 1;
}

#define JOINED_AT_ONCE 4096 /* texts on the stack */

/***
The texts of a list as one. They meet in the memory that the result keeps: `table.concat` grows a buffer and copies it, which
tells where a hundred thousand pages are put together.
@function concat
@tparam {string,...} list
@tparam integer count so many of its texts, from the first on
@treturn string
*/
static int l_concat (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Integer count = luaL_checkinteger(L, 2), most = count < JOINED_AT_ONCE ? count : JOINED_AT_ONCE;
  luaL_checkstack(L, (int)(most > 0 ? most : 0) + 1, "texts");
  int joined = 0; /* texts above the arguments; the first may be what was joined before */
  for (lua_Integer i = 1; i <= count; i++) {
    if (joined == JOINED_AT_ONCE) {
      lua_concat(L, joined);
      joined = 1;
    }
    if (lua_rawgeti(L, 1, i) != LUA_TSTRING) luaL_error(L, "bad argument #1 (item %I is no string)", i);
    joined++;
  }
  lua_concat(L, joined);
  return 1;
}

/***
A URL made harmless for a quoted attribute; `"#"` where its scheme is none that a reader may follow.
@function escape_url
@tparam string url UTF-8
@treturn string RFC 3986, with `&` as a reference
*/
static int l_escape_url (lua_State *L) {
  if (na_escape_is_plain_url(lna_check_utf8(L, 1))) {
    lua_settop(L, 1);
    return 1;
  }
  return mapped(L, na_escape_url);
}

/***
A text as a JSON string, harmless in a script element of HTML too.
@function escape_json
@tparam string text UTF-8
@treturn string with its quotes
*/
static int l_escape_json (lua_State *L) {
  na_slice text = lna_check_utf8(L, 1);
  if (na_escape_is_plain_json(text)) {
    luaL_Buffer out;
    char *place = luaL_buffinitsize(L, &out, text.size + 2);
    place[0] = place[text.size + 1] = '"';
    memcpy(place + 1, text.data, text.size);
    luaL_pushresultsize(&out, text.size + 2);
    return 1;
  }
  return mapped(L, na_escape_json);
}

/***
One segment of a URL's path, percent-encoded.
@function escape_segment
@tparam string text UTF-8
@treturn string RFC 3986 unreserved characters and `%XX`
*/
static int l_escape_segment (lua_State *L) {
  return mapped(L, na_escape_segment);
}

/***
A text in Unicode normalisation form C.
@function nfc
@tparam string text UTF-8
@treturn string
*/
static int l_nfc (lua_State *L) {
  return mapped(L, na_utf8_append_nfc);
}

/***
The fingerprint of a text: XXH3, 64 bits. Not for secrets.
@function fingerprint
@tparam string bytes
@treturn string 16 hexadecimal digits
*/
static int l_fingerprint (lua_State *L) {
  na_slice text = lna_check_slice(L, 1);
  char hex[17];
  snprintf(hex, sizeof hex, "%016llx", (unsigned long long)XXH3_64bits(text.data, text.size));
  lua_pushlstring(L, hex, 16);
  return 1;
}

/***
A Lua value as JSON: object keys sorted, no blanks. `newsarchive.null` is null, an empty table is `[]`.
Raises for what JSON cannot say: functions, numbers that are not finite, tables that contain themselves.
@function encode_json
@param value
@treturn string UTF-8
*/
static int l_encode_json (lua_State *L) {
  luaL_checkany(L, 1);
  na_buffer *out = lna_scratch(L);
  lna_append_json(L, 1, out);
  return lna_push_buffer(L, out);
}

/***
A JSON text (RFC 8259) as a Lua value; null becomes `newsarchive.null`.
@function decode_json
@tparam string text
@return the value, or nil where the text is no JSON
*/
static int l_decode_json (lua_State *L) {
  na_slice text = lna_check_slice(L, 1);
  lna_push_json(L, text);
  return 1;
}

static int fold_close (lua_State *L) {
  na_fold_close(lua_touserdata(L, 1));
  return 0;
}

/***
The words of a text, as index, search and relations see them: folded, stemmed where the language has a stemmer; pairs of
characters in Chinese and Japanese.
@function words
@tparam string text UTF-8
@tparam[opt] string language BCP 47; without it, words are not stemmed
@treturn {string,...}
*/
static int l_words (lua_State *L) {
  na_slice text = lna_check_utf8(L, 1);
  na_slice language = lua_isnoneornil(L, 2) ? NA_NONE : lna_check_slice(L, 2);
  na_fold_table *fold = lna_new_object(L, LNA_FOLD, sizeof *fold, 0);
  if (!na_fold_open(fold)) lna_check_status(L, NA_NOMEM);
  na_buffer *out = lna_scratch(L);
  na_stemmer stemmer;
  na_stemmer_open(&stemmer, language);
  na_words words;
  na_word word;
  na_status status = NA_OK;
  na_words_begin(&words, fold, text);
  while (status == NA_OK && na_words_next(&words, &word)) {
    status = na_buffer_append(out, na_stem(&stemmer, word.text));
    if (status == NA_OK) status = na_buffer_byte(out, '\n');
  }
  na_stemmer_close(&stemmer);
  lna_check_status(L, status);
  lua_newtable(L);
  na_slice rest = na_buffer_slice(out);
  for (lua_Integer i = 1; rest.size; i++) {
    size_t end = na_slice_find(rest, '\n', 0);
    lua_pushlstring(L, rest.data, end);
    lua_rawseti(L, -2, i);
    rest = na_slice_part(rest, end + 1, rest.size);
  }
  return 1;
}

static const luaL_Reg functions[] = {
  { "slug", l_slug },
  { "escape", l_escape },
  { "escape_value", l_escape_value },
  { "concat", l_concat },
  { "escape_url", l_escape_url },
  { "escape_json", l_escape_json },
  { "escape_segment", l_escape_segment },
  { "nfc", l_nfc },
  { "words", l_words },
  { "fingerprint", l_fingerprint },
  { "encode_json", l_encode_json },
  { "decode_json", l_decode_json },
  { NULL, NULL },
};

static const luaL_Reg no_methods[] = { { NULL, NULL } };

void lna_open_text (lua_State *L) {
  lna_new_type(L, LNA_FOLD, no_methods, NULL, fold_close);
  luaL_setfuncs(L, functions, 0);
}
