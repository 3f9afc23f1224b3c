#include "parse/dayfile.h"

#include "parse/citation.h"
#include "parse/heading.h"
#include "parse/section.h"
#include "parse/yaml.h"

#define PATH_MAX_HEADINGS 16 /* nesting of topics: the portal's own lists go five deep */

/* One file being read. The slices are in the report's arena and shared by all stories of the file. */
typedef struct day_reader {
  na_report *report;
  na_arena *arena; /* the report's */
  na_slice path, date, language;
  int64_t order; /* of the last story */
} day_reader;

/* One list of items, and the headings that its next story stands below. */
typedef struct list_reader {
  day_reader *day;
  na_slice category, raw_category, topic; /* the topic that the category's name is, or absent */
  na_slice headings[PATH_MAX_HEADINGS];   /* outermost first; parts of the YAML tree */
  size_t count;
  bool used; /* a story has stood below them */
} list_reader;

static na_status problem (day_reader *day, const na_yaml_node *node, const char *code, const char *message) {
  return na_report_problem(day->report, day->path, node ? node->line : 1, node ? node->column : 1, code, "%s",
                           message);
}

/* The trimmed text of a scalar; absent for anything else and where nothing is left. */
static na_slice text_of (const na_yaml_node *node) {
  na_slice text = node && node->kind == NA_YAML_SCALAR ? na_slice_trim(node->text) : NA_NONE;
  return text.size ? text : NA_NONE;
}

/* Is there white space other than single blanks? The text has a NUL behind it. */
static bool has_wide_space (na_slice text) {
  return strstr(text.data, "  ") || memchr(text.data, '\n', text.size) ||
         memchr(text.data, '\t', text.size) || memchr(text.data, '\r', text.size);
}

/* Copies a trimmed text with every run of white space as one blank. */
static na_status copy_line (na_arena *arena, na_slice text, na_slice *line) {
  NA_TRY(na_arena_copy(arena, text, line));
  if (!has_wide_space(*line)) return NA_OK;
  char *bytes = (char *)(uintptr_t)line->data;
  size_t size = 0;
  for (size_t i = 0; i < text.size; i++) {
    bool space = na_is_space(text.data[i]);
    if (!space || (size && bytes[size - 1] != ' ')) bytes[size++] = space ? ' ' : text.data[i];
  }
  line->size = size;
  return NA_OK;
}

static na_story *new_story (day_reader *day, const na_yaml_node *node) {
  na_story *story = na_report_story(day->report);
  if (!story) return NULL;
  story->date = day->date;
  story->language = day->language;
  story->origin.path = day->path;
  story->origin.line = (int64_t)node->line;
  story->order = ++day->order;
  return story;
}

/* ---- lists of texts ---- */

static void add_heading (list_reader *list, na_slice heading) {
  if (list->used) list->count = 0;
  if (list->count == PATH_MAX_HEADINGS) {
    memmove(list->headings, list->headings + 1, (PATH_MAX_HEADINGS - 1) * sizeof *list->headings);
    list->count--;
  }
  while (heading.size &&
         (heading.data[heading.size - 1] == ':' || na_is_space(heading.data[heading.size - 1])))
    heading.size--;
  list->headings[list->count++] = heading;
  list->used = false;
}

/* Leaves the headings that the story stands below. */
static void keep_headings (list_reader *list, na_slice sentence) {
  if (list->used)
    while (list->count && !na_heading_concerns(list->headings[list->count - 1], sentence)) list->count--;
  list->used = true;
}

static na_status add_topic (na_arena *arena, na_story *story, na_slice topic) {
  if (story->topics.count && na_slice_equal(story->topics.items[story->topics.count - 1], topic))
    return NA_OK;
  NA_TRY(na_strings_add(arena, &story->topics, topic));
  return na_heading_add_topics(arena, topic, &story->context);
}

static na_status add_topics (const list_reader *list, na_story *story) {
  na_arena *arena = list->day->arena;
  if (list->topic.data) NA_TRY(add_topic(arena, story, list->topic));
  for (size_t i = 0; i < list->count; i++) NA_TRY(add_topic(arena, story, list->headings[i]));
  if (story->lead.data) NA_TRY(add_topic(arena, story, story->lead));
  na_strings_sort_unique(&story->context);
  return NA_OK;
}

static na_status reject (day_reader *day, const na_yaml_node *node, const char *code, const char *message) {
  day->report->rejected++;
  return problem(day, node, code, message);
}

static na_status read_story (list_reader *list, const na_yaml_node *item, na_slice sentence,
                             const na_records *sources) {
  day_reader *day = list->day;
  na_story *story = new_story(day, item);
  if (!story) return NA_NOMEM;
  keep_headings(list, sentence);
  story->category = list->category;
  story->raw_category = list->raw_category;
  story->sources = *sources;
  NA_TRY(copy_line(day->arena, sentence, &story->title));
  na_slice lead = na_heading_lead(story->title);
  if (lead.data) NA_TRY(na_arena_copy(day->arena, lead, &story->lead));
  return add_topics(list, story);
}

static na_status read_item (list_reader *list, const na_yaml_node *item) {
  day_reader *day = list->day;
  na_slice text = text_of(item), sentence;
  na_records sources = { 0 };
  day->report->items++;
  if (!day->date.data) {
    day->report->rejected++;
    return NA_OK;
  }
  if (!text.data)
    return reject(day, item,
                  item->kind == NA_YAML_LIST || item->kind == NA_YAML_MAP ? "field-type" : "no-title",
                  "an item must be a text");
  NA_TRY(na_citation_split(day->arena, text, &sentence, &sources));
  if (!sentence.size) return reject(day, item, "no-title", "an item with nothing but sources");
  if (!sources.count && na_heading_is(sentence)) {
    add_heading(list, sentence);
    day->report->headings++;
    return NA_OK;
  }
  return read_story(list, item, sentence, &sources);
}

static na_status begin_list (list_reader *list, day_reader *day, na_slice key) {
  *list = (list_reader){ .day = day };
  bool named;
  if (na_slice_equal(key, NA_LITERAL("Uncategorized"))) return NA_OK;
  na_slice section = na_section_of(key, &named);
  if (section.data) NA_TRY(na_arena_copy(day->arena, section, &list->category));
  if (!na_slice_equal(key, section)) NA_TRY(na_arena_copy(day->arena, key, &list->raw_category));
  if (!named) list->topic = list->raw_category;
  return NA_OK;
}

static na_status read_list (day_reader *day, na_slice key, const na_yaml_node *items) {
  list_reader list;
  if (items->kind == NA_YAML_NULL) return NA_OK;
  if (items->kind != NA_YAML_LIST) return problem(day, items, "field-type", "a list of texts expected");
  NA_TRY(begin_list(&list, day, na_slice_trim(key)));
  for (size_t i = 0; i < items->count; i++) NA_TRY(read_item(&list, items->items[i]));
  return NA_OK;
}

static na_status read_payload (day_reader *day, const na_yaml_node *payload) {
  if (payload->kind == NA_YAML_NULL) return NA_OK;
  if (payload->kind != NA_YAML_MAP)
    return problem(day, payload, "field-type", "'Intelligence_Payload': a map of lists expected");
  for (size_t i = 0; i < payload->count; i++)
    NA_TRY(read_list(day, payload->keys[i]->text, payload->items[i]));
  return NA_OK;
}

/* ---- lists of events ---- */

static na_status add_texts (na_arena *arena, na_strings *list, const na_yaml_node *texts) {
  if (!texts || texts->kind != NA_YAML_LIST) return NA_OK;
  for (size_t i = 0; i < texts->count; i++) {
    na_slice text = text_of(texts->items[i]);
    if (text.data) NA_TRY(na_strings_add(arena, list, text));
  }
  return NA_OK;
}

static na_status add_sources (na_arena *arena, na_records *list, const na_yaml_node *sources) {
  if (!sources || sources->kind != NA_YAML_LIST) return NA_OK;
  for (size_t i = 0; i < sources->count; i++) {
    na_slice name = text_of(na_yaml_get(sources->items[i], "outlet")),
             url = text_of(na_yaml_get(sources->items[i], "url"));
    if (!name.data && !url.data) continue;
    na_source *source = na_records_add(arena, list, sizeof *source);
    if (!source) return NA_NOMEM;
    if (name.data) NA_TRY(na_citation_label(arena, name, source));
    NA_TRY(na_arena_copy(arena, url, &source->url));
  }
  return NA_OK;
}

static na_status copy_category (na_arena *arena, na_story *story, na_slice written) {
  bool named;
  na_slice section = written.data ? na_section_of(written, &named) : NA_NONE;
  if (section.data && !na_slice_equal(section, written))
    NA_TRY(na_arena_copy(arena, written, &story->raw_category));
  return na_arena_copy(arena, section.data ? section : written, &story->category);
}

static na_status read_event (day_reader *day, const na_yaml_node *event) {
  na_slice headline = text_of(na_yaml_get(event, "headline")),
           summary = text_of(na_yaml_get(event, "summary"));
  const na_yaml_node *entities = na_yaml_get(event, "entities");
  if (!day->date.data || !headline.data) {
    day->report->items++;
    day->report->rejected++;
    return day->date.data ? problem(day, event, "no-title", "an event needs a 'headline'") : NA_OK;
  }
  na_story *story = new_story(day, event);
  if (!story) return NA_NOMEM;
  day->report->events++;
  NA_TRY(copy_line(day->arena, headline, &story->title));
  if (summary.data) NA_TRY(copy_line(day->arena, summary, &story->description));
  NA_TRY(copy_category(day->arena, story, text_of(na_yaml_get(event, "category"))));
  NA_TRY(add_texts(day->arena, &story->topics, na_yaml_get(event, "topics")));
  NA_TRY(add_texts(day->arena, &story->context, na_yaml_get(entities, "people")));
  NA_TRY(add_texts(day->arena, &story->context, na_yaml_get(entities, "organizations")));
  NA_TRY(add_texts(day->arena, &story->context, na_yaml_get(entities, "states")));
  na_strings_sort_unique(&story->context);
  return add_sources(day->arena, &story->sources, na_yaml_get(na_yaml_get(event, "sources"), "external"));
}

static na_status read_events (day_reader *day, const na_yaml_node *events) {
  if (events->kind == NA_YAML_NULL) return NA_OK;
  if (events->kind != NA_YAML_LIST)
    return problem(day, events, "field-type", "'events': a list of maps expected");
  for (size_t i = 0; i < events->count; i++) NA_TRY(read_event(day, events->items[i]));
  return NA_OK;
}

/* ---- the file ---- */

/* The file's own date, or the one of the options; absent, with a problem, where neither is a day. */
static na_status find_date (day_reader *day, const na_yaml_node *root, const na_yaml_node *written,
                            na_slice otherwise) {
  na_slice date = text_of(written);
  bool good = date.data && na_day_parse(date) != NA_DAY_NONE;
  if (!good && otherwise.data && na_day_parse(otherwise) != NA_DAY_NONE) good = true, date = otherwise;
  if (good) return na_arena_copy(day->arena, date, &day->date);
  if (date.data) return problem(day, written, "bad-date", "the date is no day of the calendar");
  return problem(day, written ? written : root, "no-date", "a day file needs a date");
}

static na_status read_day (day_reader *day, const na_yaml_node *root, const na_read_options *options) {
  const na_yaml_node *payload = na_yaml_get(root, "Intelligence_Payload"),
                     *events = na_yaml_get(root, "events");
  const na_yaml_node *date = na_yaml_get(root, payload ? "Date" : "date");
  na_slice language = text_of(na_yaml_get(na_yaml_get(root, "source_page"), "language"));
  if (!payload && !events)
    return problem(day, root, "no-items", "a day file needs 'Intelligence_Payload' or 'events'");
  NA_TRY(find_date(day, root, date, options->date));
  NA_TRY(na_arena_copy(day->arena, language.data ? language : options->language, &day->language));
  if (payload) NA_TRY(read_payload(day, payload));
  return events ? read_events(day, events) : NA_OK;
}

na_status na_read_dayfile (na_report *report, na_slice text, const na_read_options *options) {
  day_reader day = { .report = report, .arena = &report->arena };
  na_arena tree = { 0 };
  na_yaml_node *root;
  na_yaml_error error;
  report->files++;
  NA_TRY(na_arena_copy(day.arena, options->path, &day.path));
  na_status status = na_yaml_parse(&tree, text, &root, &error);
  if (status == NA_OK)
    status = read_day(&day, root, options);
  else if (status != NA_NOMEM)
    status = na_report_problem(report, day.path, error.line, error.column, error.code, "%s", error.message);
  na_arena_free(&tree);
  return status;
}
