/***
csrc/lua/wikitext.c -- pages of Current Events as Lua tables, and into reports.
@module newsarchive.core
*/
#include "parse/wikitext.h"

#include <stdlib.h>

#include "lua/lna.h"

#define LNA_PAGE  "newsarchive.WikitextPage"
#define LNA_RULES "newsarchive.WikitextRules"

/* What a call needs while Lua may throw. */
typedef struct lna_page {
  na_arena arena;
  na_wikitext_page page;
  na_wikitext_options options;
} lna_page;

static int page_close (lua_State *L) {
  lna_page *held = lua_touserdata(L, 1);
  na_wikitext_page_free(&held->page);
  na_arena_free(&held->arena);
  return 0;
}

/* ---- rules: made once, used for many pages ---- */

/* The tables of wikitext_rules, sorted; their texts are copies in the arena. */
typedef struct lna_rules {
  na_arena arena;
  na_wikitext_template *templates;
  na_wikitext_category *categories;
  size_t template_count, category_count;
} lna_rules;

static int rules_close (lua_State *L) {
  na_arena_free(&((lna_rules *)lua_touserdata(L, 1))->arena);
  return 0;
}

/* Room for as many records as the table at `index` has entries. */
static void *room_for (lua_State *L, na_arena *arena, int index, size_t size) {
  size_t count = 0;
  luaL_checktype(L, index, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) count++;
  void *room = na_arena_alloc(arena, (count + 1) * size);
  if (!room) lna_check_status(L, NA_NOMEM);
  return room;
}

/* A copy of the string at `index`; raises, naming the entry that it belongs to, where it is none. */
static na_slice copy_text (lua_State *L, na_arena *arena, int index, int argument, const char *entry) {
  na_slice text, copy;
  if (lua_type(L, index) != LUA_TSTRING)
    luaL_argerror(L, argument,
                  lua_pushfstring(L, "'%s': string expected, got %s", entry, luaL_typename(L, index)));
  text.data = lua_tolstring(L, index, &text.size);
  lna_check_status(L, na_arena_copy(arena, text, &copy));
  return copy;
}

/* The key below the value on top of the stack. */
static na_slice copy_key (lua_State *L, na_arena *arena, int argument) {
  return copy_text(L, arena, -2, argument, "a key");
}

static na_slice rule_field (lua_State *L, na_arena *arena, const char *field, const char *name) {
  na_slice text = NA_NONE;
  if (lua_getfield(L, -1, field) != LUA_TNIL) text = copy_text(L, arena, -1, 1, name);
  lua_pop(L, 1);
  return text;
}

static int compare_templates (const void *a, const void *b) {
  return na_slice_compare(((const na_wikitext_template *)a)->name, ((const na_wikitext_template *)b)->name);
}

static void check_templates (lua_State *L, lna_rules *rules) {
  static const char *const names[] = { "text", "link", "interlanguage", "like", NULL };
  rules->templates = room_for(L, &rules->arena, 1, sizeof *rules->templates);
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
    na_slice name = copy_key(L, &rules->arena, 1);
    if (lua_type(L, -1) != LUA_TTABLE)
      luaL_argerror(L, 1,
                    lua_pushfstring(L, "'%s': table expected, got %s", name.data, luaL_typename(L, -1)));
    lna_check_options(L, lua_gettop(L), names);
    rules->templates[rules->template_count++] = (na_wikitext_template){
      .name = name,
      .text = rule_field(L, &rules->arena, "text", name.data),
      .link = rule_field(L, &rules->arena, "link", name.data),
      .interlanguage = rule_field(L, &rules->arena, "interlanguage", name.data),
      .like = rule_field(L, &rules->arena, "like", name.data),
    };
  }
  qsort(rules->templates, rules->template_count, sizeof *rules->templates, compare_templates);
}

static int compare_categories (const void *a, const void *b) {
  return na_slice_compare(((const na_wikitext_category *)a)->heading,
                          ((const na_wikitext_category *)b)->heading);
}

static void check_categories (lua_State *L, lna_rules *rules) {
  rules->categories = room_for(L, &rules->arena, 2, sizeof *rules->categories);
  for (lua_pushnil(L); lua_next(L, 2); lua_pop(L, 1)) {
    na_slice heading = copy_key(L, &rules->arena, 2);
    rules->categories[rules->category_count++] =
        (na_wikitext_category){ heading, copy_text(L, &rules->arena, -1, 2, heading.data) };
  }
  qsort(rules->categories, rules->category_count, sizeof *rules->categories, compare_categories);
}

/***
What `parse_wikitext` and `read_wikitext` are to know of templates and categories, made ready for many pages.
@function wikitext_rules
@tparam table templates lower-case name to `{ text =, link =, interlanguage =, like = }`, all of them patterns
@tparam table categories lower-case heading to the category that it means
@treturn WikitextRules
*/
static int l_wikitext_rules (lua_State *L) {
  lna_rules *rules = lna_new_object(L, LNA_RULES, sizeof *rules, 0);
  check_templates(L, rules);
  check_categories(L, rules);
  return 1;
}

void lna_check_wikitext_options (lua_State *L, int index, na_wikitext_options *wikitext) {
  wikitext->variant = lna_opt_field(L, index, "variant");
  if (lua_isnoneornil(L, index)) return;
  if (lua_getfield(L, index, "rules") != LUA_TNIL) {
    const lna_rules *rules = lna_check_object(L, -1, LNA_RULES);
    wikitext->templates = rules->templates;
    wikitext->template_count = rules->template_count;
    wikitext->categories = rules->categories;
    wikitext->category_count = rules->category_count;
  }
  lua_pop(L, 1);
}

/* Pushes what holds the options of the table at `index`, which keeps their texts and the rules alive. */
static lna_page *check_page_options (lua_State *L, int index) {
  static const char *const names[] = { "path", "title", "date", "language", "variant", "rules", NULL };
  lna_check_options(L, index, names);
  lna_page *held = lna_new_object(L, LNA_PAGE, sizeof *held, 0);
  na_wikitext_options *options = &held->options;
  options->title = lna_opt_field(L, index, "title");
  options->date = lna_opt_date_field(L, index);
  options->language = lna_opt_field(L, index, "language");
  lna_check_wikitext_options(L, index, options);
  return held;
}

/* ---- results ---- */

static void set_size (lua_State *L, const char *key, size_t number) {
  if (number) lna_set_integer(L, key, (lua_Integer)number);
}

static void set_day (lua_State *L, na_day day) {
  char date[NA_DATE_BYTES];
  if (day == NA_DAY_NONE) return;
  na_day_format(day, date);
  lna_set_string(L, "date", date);
}

static void push_mentions (lua_State *L, const na_records *mentions) {
  lua_createtable(L, (int)mentions->count, 0);
  for (size_t i = 0; i < mentions->count; i++) {
    lna_push_record(L, &na_mention_shape, (const na_mention *)mentions->items + i);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static void push_sources (lua_State *L, const na_wikitext_item *item) {
  lua_createtable(L, (int)item->sources.count, 0);
  for (size_t i = 0; i < item->sources.count; i++) {
    lna_push_record(L, &na_source_shape, (const na_source *)item->sources.items + i);
    lna_set_string(L, "style", item->styles[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/* Pushes an item as what stories stand under. */
static void push_topic (lua_State *L, const na_wikitext_item *item) {
  lua_createtable(L, 0, 6);
  lna_set_text(L, "text", item->text);
  lna_set_text(L, "raw_category", item->category);
  set_size(L, "line", item->line);
  set_size(L, "depth", item->depth);
  if (item->role == NA_WIKITEXT_CONTAINER) lua_pushboolean(L, 1), lua_setfield(L, -2, "container");
  push_mentions(L, &item->mentions);
  lua_setfield(L, -2, "mentions");
}

/* Pushes the path of an item, outermost first; `topics` is where the tables of all topics are, by index of the item. */
static void push_path (lua_State *L, const na_wikitext_page *page, const na_wikitext_item *item, int topics) {
  size_t path[NA_WIKITEXT_DEPTH_MAX], count = 0;
  for (size_t i = item->parent; i != NA_WIKITEXT_NONE && count < NA_WIKITEXT_DEPTH_MAX;
       i = page->items[i].parent)
    path[count++] = i;
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(L, topics, (lua_Integer)path[count - 1 - i] + 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static void push_story (lua_State *L, const lna_page *held, const na_wikitext_item *item, int topics) {
  lua_createtable(L, 0, 12);
  lna_set_text(L, "title", item->text);
  lna_set_text(L, "lead", item->lead);
  lna_set_text(L, "raw_category", item->category);
  if (item->category.data)
    lna_set_text(L, "category", na_wikitext_category_of(&held->options, item->category));
  set_size(L, "line", item->line);
  set_size(L, "depth", item->depth);
  set_day(L, item->day);
  lna_set_string(L, "role", na_wikitext_role_name(item->role));
  push_path(L, &held->page, item, topics);
  lua_setfield(L, -2, "topics");
  push_mentions(L, &item->mentions);
  lua_setfield(L, -2, "mentions");
  push_sources(L, item);
  lua_setfield(L, -2, "sources");
}

/* Sets `stories` and `topics` of the table on top of the stack. */
static void set_items (lua_State *L, const lna_page *held) {
  const na_wikitext_page *page = &held->page;
  int result = lua_gettop(L), by_index = result + 1, stories = result + 2, listed = result + 3;
  luaL_checkstack(L, 16, NULL);
  lua_Integer story_count = 0, topic_count = 0;
  lua_newtable(L);
  lua_newtable(L);
  lua_newtable(L);
  for (size_t i = 0; i < page->item_count; i++) {
    const na_wikitext_item *item = &page->items[i];
    if (item->has_children) {
      push_topic(L, item);
      lua_pushvalue(L, -1);
      lua_rawseti(L, by_index, (lua_Integer)i + 1);
      if (item->role == NA_WIKITEXT_TOPIC)
        lua_rawseti(L, listed, ++topic_count);
      else
        lua_pop(L, 1);
    }
    if (item->role == NA_WIKITEXT_TOPIC) continue;
    push_story(L, held, item, by_index);
    lua_rawseti(L, stories, ++story_count);
  }
  lua_setfield(L, result, "topics");
  lua_setfield(L, result, "stories");
  lua_settop(L, result);
}

static void set_media (lua_State *L, const na_wikitext_page *page) {
  lua_createtable(L, (int)page->media_count, 0);
  for (size_t i = 0; i < page->media_count; i++) {
    lua_createtable(L, 0, 2);
    set_size(L, "line", page->media[i].line);
    lna_set_text(L, "raw", page->media[i].raw);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "media");
}

static void set_problems (lua_State *L, const na_wikitext_page *page) {
  lua_createtable(L, (int)page->problem_count, 0);
  for (size_t i = 0; i < page->problem_count; i++) {
    const na_wikitext_problem *problem = &page->problems[i];
    lua_createtable(L, 0, 5);
    set_size(L, "line", problem->line);
    set_size(L, "column", problem->column);
    lna_set_string(L, "code", problem->code);
    lna_set_string(L, "message", na_wikitext_explain(problem->code));
    lna_set_text(L, "raw", problem->raw);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "problems");
}

/***
A page of Current Events as a table. Any text is a page: what could not be used is in `problems`.
@function parse_wikitext
@tparam string text wikitext
@tparam[opt] table options `title` (of the page), `date` (ISO 8601), `language` (BCP 47, "en"), `variant` ("zh-tw"), `rules`
@treturn table `date`, `wrapper` ("content", "sandwich", "header", "bare"), `language`, `title`, `items` and `rejected`
(counts; items = stories + topics + media + rejected), `stories`, `topics`, `media`, `problems`
*/
static int l_parse_wikitext (lua_State *L) {
  na_slice text = lna_check_slice(L, 1);
  lna_page *held = check_page_options(L, 2);
  lna_check_status(L, na_wikitext_parse(&held->arena, text, &held->options, &held->page));
  lua_createtable(L, 0, 10);
  set_day(L, held->page.day);
  lna_set_text(L, "title", held->options.title);
  lna_set_text(L, "language", held->options.language.data ? held->options.language : NA_LITERAL("en"));
  lna_set_string(L, "wrapper", na_wikitext_wrapper_name(held->page.wrapper));
  lna_set_integer(L, "items", (lua_Integer)held->page.seen);
  lna_set_integer(L, "rejected", (lua_Integer)held->page.rejected);
  set_items(L, held);
  set_media(L, &held->page);
  set_problems(L, &held->page);
  return 1;
}

/***
Reads a page into a report, with the options of `parse_wikitext`.
@function read_wikitext
@tparam Report report
@tparam string text wikitext
@tparam[opt] table options also `path`, as it goes into origins and problems; it may tell date and language:
"2007-09-01.en.wiki"
@treturn Report the report
*/
static int l_read_wikitext (lua_State *L) {
  na_report *report = lna_check_report(L, 1);
  na_slice text = lna_check_slice(L, 2);
  lna_page *held = check_page_options(L, 3);
  na_read_options read = { .path = lna_opt_field(L, 3, "path") };
  lna_check_status(L, na_wikitext_read(report, text, &read, &held->options));
  lua_settop(L, 1);
  return 1;
}

static const luaL_Reg functions[] = {
  { "wikitext_rules", l_wikitext_rules },
  { "parse_wikitext", l_parse_wikitext },
  { "read_wikitext", l_read_wikitext },
  { NULL, NULL },
};

void lna_open_wikitext (lua_State *L) {
  static const luaL_Reg none[] = { { NULL, NULL } };
  lna_new_type(L, LNA_PAGE, none, NULL, page_close);
  lna_new_type(L, LNA_RULES, none, NULL, rules_close);
  luaL_setfuncs(L, functions, 0);
}
