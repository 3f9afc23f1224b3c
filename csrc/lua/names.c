/***
csrc/lua/names.c -- newsarchive.Names: known names, where they occur, and the entities that they stand for.
@module newsarchive.core
*/
#include "index/tag.h"
#include "lua/lna.h"

/* What the userdata holds: the names, and what matching uses anew each time. */
typedef struct names_object {
  na_tagger tagger;
  na_tag_work work;
} names_object;

static names_object *check_names (lua_State *L) {
  return lna_check_object(L, 1, LNA_NAMES);
}

na_tagger *lna_check_names (lua_State *L, int index, na_tag_work **work) {
  names_object *names = lna_check_object(L, index, LNA_NAMES);
  *work = &names->work;
  return &names->tagger;
}

static int names_close (lua_State *L) {
  names_object *names = lua_touserdata(L, 1);
  na_tagger_free(&names->tagger);
  na_tag_work_free(&names->work);
  return 0;
}

/***
An empty set of names.
@function names
@treturn Names
*/
static int l_names (lua_State *L) {
  lna_new_object(L, LNA_NAMES, sizeof(names_object), 0);
  return 1;
}

/* nil, message and details for a name that cannot be taken; memory running out raises. */
static int push_fault (lua_State *L, na_status status, na_name_fault fault) {
  static const char *const messages[] = { "",
                                          "a name needs a letter or a digit",
                                          "a name of more than 512 bytes",
                                          "a name of more than 64 words, signs and characters",
                                          "a name that is not UTF-8",
                                          "a name with control characters",
                                          "eight names that differ in capitals alone are enough" };
  if (status != NA_BAD) lna_check_status(L, status);
  luaL_pushfail(L);
  lua_pushstring(L, messages[fault]);
  lua_createtable(L, 0, 1);
  lna_set_string(L, "code", na_name_fault_code(fault));
  return 3;
}

static bool boolean_field (lua_State *L, int index, const char *name, bool otherwise) {
  if (lua_isnoneornil(L, index)) return otherwise;
  int type = lua_getfield(L, index, name);
  if (type != LUA_TNIL && type != LUA_TBOOLEAN)
    luaL_argerror(L, index,
                  lua_pushfstring(L, "field '%s': boolean expected, got %s", name, luaL_typename(L, -1)));
  if (type == LUA_TBOOLEAN) otherwise = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return otherwise;
}

static na_letters letters_field (lua_State *L, int index) {
  na_slice name = lna_opt_field(L, index, "letters");
  if (!name.data || na_slice_equal(name, NA_LITERAL("smart"))) return NA_LETTERS_SMART;
  if (na_slice_equal(name, NA_LITERAL("any"))) return NA_LETTERS_ANY;
  if (!na_slice_equal(name, NA_LITERAL("exact")))
    luaL_argerror(L, index, "field 'letters': 'smart', 'any' or 'exact' expected");
  return NA_LETTERS_EXACT;
}

/***
Adds a name. Adding the same name with the same demands on capitals again changes nothing: the first one stays.
@function Names:add
@tparam string name UTF-8
@tparam[opt] table options

  * `as`: the canonical name of the entity that it stands for; the name itself where absent
  * `letters`: `"smart"` (the default: a word in capitals must be in capitals, a capitalised one capitalised), `"any"` or
    `"exact"`
  * `start`: a single capitalised word is enough at the beginning of a sentence, too (default false)
  * `plural`: a final "s" or "es" is the same name (default true)
@treturn[1] integer the name's number, from 1
@treturn[1] boolean whether it is new
@return[2] nil
@treturn[2] string why it cannot be taken
@treturn[2] table `code`: `"name-empty"`, `"name-long"`, `"name-parts"`, `"name-encoding"`, `"name-control"`,
`"name-crowded"`
*/
static int l_add (lua_State *L) {
  static const char *const fields[] = { "as", "letters", "start", "plural", NULL };
  names_object *names = check_names(L);
  na_slice name = lna_check_slice(L, 2);
  lna_check_options(L, 3, fields);
  na_name_options options = {
    .letters = letters_field(L, 3),
    .start = boolean_field(L, 3, "start", false),
    .plural = boolean_field(L, 3, "plural", true),
  };
  na_slice canonical = lna_opt_field(L, 3, "as");
  uint32_t entity, number;
  bool fresh;
  na_name_fault fault = NA_NAME_FINE;
  lna_check_status(L, na_tagger_entity(&names->tagger, canonical.data ? canonical : name, &entity));
  na_status status = na_names_add(&names->tagger.names, name, entity, &options, &number, &fresh, &fault);
  if (status != NA_OK) return push_fault(L, status, fault);
  lua_pushinteger(L, (lua_Integer)number + 1);
  lua_pushboolean(L, fresh);
  return 2;
}

/* Takes the words in the list `field` of the options as conditions; gives the values pushed for a fault, or 0. */
static int add_conditions (lua_State *L, na_tagger *tagger, uint32_t entity, const char *field, bool unless) {
  if (lua_isnoneornil(L, 3) || lua_getfield(L, 3, field) == LUA_TNIL) return 0;
  if (!lua_istable(L, -1))
    luaL_argerror(L, 3, lua_pushfstring(L, "field '%s': list of strings expected", field));
  for (lua_Integer i = 1; lua_geti(L, -1, i) != LUA_TNIL; i++) {
    na_slice word;
    na_name_fault fault = NA_NAME_FINE;
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_argerror(L, 3, lua_pushfstring(L, "field '%s': list of strings expected", field));
    word.data = lua_tolstring(L, -1, &word.size);
    na_status status = na_tagger_condition(tagger, entity, word, unless, &fault);
    if (status != NA_OK) return push_fault(L, status, fault);
    lua_pop(L, 1);
  }
  return 0;
}

/***
Says more of an entity.
@function Names:entity
@tparam string name canonical
@tparam[opt] table options

  * `only_with`: words, one of which must be in the story for the entity to be found
  * `unless`: words, none of which may be there
  * `silent`: its names are found, so that no shorter ones within them are, but add nothing
@treturn[1] Names itself
@return[2] nil
@treturn[2] string why a word cannot be taken
@treturn[2] table `code`, as of `add`
*/
static int l_entity (lua_State *L) {
  static const char *const fields[] = { "only_with", "unless", "silent", NULL };
  names_object *names = check_names(L);
  na_slice name = lna_check_slice(L, 2);
  lna_check_options(L, 3, fields);
  uint32_t entity;
  lna_check_status(L, na_tagger_entity(&names->tagger, name, &entity));
  if (boolean_field(L, 3, "silent", false)) names->tagger.entities[entity].is_silent = true;
  int pushed = add_conditions(L, &names->tagger, entity, "only_with", false);
  if (!pushed) pushed = add_conditions(L, &names->tagger, entity, "unless", true);
  if (pushed) return pushed;
  lua_settop(L, 1);
  return 1;
}

/***
Whether phrases of two and more capitalised words are names, too, where no name is known; and short headings as a whole.
@function Names:by_looks
@tparam boolean yes
@treturn Names itself
*/
static int l_by_looks (lua_State *L) {
  names_object *names = check_names(L);
  luaL_checktype(L, 2, LUA_TBOOLEAN);
  names->tagger.by_looks = lua_toboolean(L, 2);
  lua_settop(L, 1);
  return 1;
}

/***
A name that stories have in their context becomes another one, or is taken out where that one is silent.
@function Names:redirect
@tparam string from
@tparam string to the canonical name of an entity
@treturn Names itself
*/
static int l_redirect (lua_State *L) {
  names_object *names = check_names(L);
  na_slice from = lna_check_slice(L, 2), to = lna_check_slice(L, 3);
  uint32_t entity;
  lna_check_status(L, na_tagger_entity(&names->tagger, to, &entity));
  lna_check_status(L, na_tagger_redirect(&names->tagger, from, entity));
  lua_settop(L, 1);
  return 1;
}

/* Pushes a table with `first`, `last` (bytes from 1, inclusive), `name` and `entity`. */
static void push_place (lua_State *L, const na_span *span, na_slice name, na_slice entity) {
  lua_createtable(L, 0, 6);
  lna_set_integer(L, "first", (lua_Integer)span->first + 1);
  lna_set_integer(L, "last", (lua_Integer)span->end);
  lna_set_text(L, "name", name);
  lna_set_text(L, "entity", entity);
}

static void push_span (lua_State *L, const na_tagger *tagger, const na_span *span) {
  push_place(L, span, na_names_text(&tagger->names, span->name),
             tagger->entities[tagger->names.items[span->name].entity].name);
}

static void push_finding (lua_State *L, const na_tagger *tagger, const na_tag_finding *finding) {
  if (finding->entity != NA_LOOKUP_NONE) {
    push_span(L, tagger, &finding->span);
    return;
  }
  na_slice name = na_tag_name(tagger, finding);
  push_place(L, &finding->span, name, name);
  lua_pushboolean(L, true);
  lua_setfield(L, -2, "by_looks");
}

/***
Where names occur in a text, from left to right: the longest at each place, none within another. Conditions are not
heeded, as there is no story.
@function Names:match
@tparam string text any bytes
@tparam[opt=false] boolean all every name at every place, also those within others
@treturn {table,...} each with `first` and `last` (bytes from 1, as for `string.sub`), `name` as it was added, and `entity`
*/
static int l_match (lua_State *L) {
  names_object *names = check_names(L);
  na_slice text = lna_check_slice(L, 2);
  na_spans *spans = &names->work.spans;
  spans->count = 0;
  lna_check_status(
      L, (lua_toboolean(L, 3) ? na_names_match_all : na_names_match)(&names->tagger.names, text, spans));
  lua_createtable(L, (int)spans->count, 0);
  for (size_t i = 0; i < spans->count; i++) {
    push_span(L, &names->tagger, &spans->items[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static const struct {
  const char *name;
  na_tag_field field;
} tag_fields[] = {
  { "title", NA_TAG_TITLE }, { "description", NA_TAG_DESCRIPTION }, { "body", NA_TAG_BODY },
  { "lead", NA_TAG_LEAD },   { "topics", NA_TAG_TOPICS },
};

#define TAG_FIELDS (sizeof tag_fields / sizeof *tag_fields)

/* The fields named in the list `fields` of the options; the title alone where there is none. */
static unsigned check_fields (lua_State *L, int index) {
  unsigned fields = 0;
  if (lua_isnoneornil(L, index) || lua_getfield(L, index, "fields") == LUA_TNIL) return NA_TAG_TITLE;
  if (!lua_istable(L, -1)) luaL_argerror(L, index, "field 'fields': list of strings expected");
  for (lua_Integer i = 1; lua_geti(L, -1, i) != LUA_TNIL; i++) {
    const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    size_t k = 0;
    while (k < TAG_FIELDS && strcmp(tag_fields[k].name, name) != 0) k++;
    if (k == TAG_FIELDS)
      return (unsigned)luaL_argerror(
          L, index, "field 'fields': 'title', 'description', 'body', 'lead' or 'topics' expected");
    fields |= tag_fields[k].field;
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
  return fields;
}

/***
Adds the entities whose names are found to the context of every story of a report, which keeps what it has.
@function Names:tag
@tparam Report report
@tparam[opt] table options `fields`: where to look, of `"title"` (the default), `"description"`, `"body"`, `"lead"`,
`"topics"`; `language`: stories of this language alone (BCP 47)
@treturn integer how many names were added to contexts
*/
static int l_tag (lua_State *L) {
  static const char *const options[] = { "fields", "language", NULL };
  names_object *names = check_names(L);
  na_report *report = lna_check_report(L, 2);
  lna_check_options(L, 3, options);
  na_slice language = lna_opt_field(L, 3, "language");
  unsigned fields = check_fields(L, 3);
  size_t added = 0;
  for (size_t i = 0; i < report->story_count; i++) {
    na_story *story = report->stories[i];
    if (language.data && !na_slice_equal(language, story->language)) continue;
    lna_check_status(L, na_tag_story(&names->tagger, &report->arena, story, fields, &names->work, &added));
  }
  lua_pushinteger(L, (lua_Integer)added);
  return 1;
}

/***
Why entities are found in a story: what `tag` goes by, found anew.
@function Names:why
@tparam Report report
@tparam integer i which story, from 1
@tparam[opt] table options `fields`, as of `tag`
@treturn {table,...} each with `field`, `topic` (its number, for `field` "topics"), `first`, `last`, `name`, `entity`,
and `by_looks` where no name is known
*/
static int l_why (lua_State *L) {
  static const char *const options[] = { "fields", NULL };
  names_object *names = check_names(L);
  const na_report *report = lna_check_report(L, 2);
  lua_Integer number = luaL_checkinteger(L, 3);
  luaL_argcheck(L, number >= 1 && (lua_Unsigned)number <= report->story_count, 3, "no such story");
  lna_check_options(L, 4, options);
  unsigned fields = check_fields(L, 4);
  na_tag_work *work = &names->work;
  lna_check_status(L, na_tag_find(&names->tagger, report->stories[number - 1], fields, work));
  lua_createtable(L, (int)work->count, 0);
  for (size_t i = 0; i < work->count; i++) {
    const na_tag_finding *finding = &work->findings[i];
    push_finding(L, &names->tagger, finding);
    size_t k = 0;
    while (tag_fields[k].field != finding->field) k++;
    lna_set_string(L, "field", tag_fields[k].name);
    if (finding->field == NA_TAG_TOPICS) lna_set_integer(L, "topic", (lua_Integer)finding->topic + 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/***
How large the set is.
@function Names:size
@treturn integer names
@treturn integer bytes of memory that they take
*/
static int l_size (lua_State *L) {
  const names_object *names = check_names(L);
  lua_pushinteger(L, (lua_Integer)names->tagger.names.count);
  lua_pushinteger(L, (lua_Integer)na_names_bytes(&names->tagger.names));
  return 2;
}

static const luaL_Reg names_methods[] = {
  { "add", l_add },     { "entity", l_entity },     { "redirect", l_redirect },
  { "match", l_match }, { "tag", l_tag },           { "why", l_why },
  { "size", l_size },   { "by_looks", l_by_looks }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "names", l_names }, { NULL, NULL } };

void lna_open_names (lua_State *L) {
  lna_new_type(L, LNA_NAMES, names_methods, NULL, names_close);
  luaL_setfuncs(L, functions, 0);
}
