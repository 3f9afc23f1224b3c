#include "parse/context.h"

#include "parse/timestamp.h"
#include "text/slug.h"

/* ---- words ---- */

typedef struct words {
  const char *language, *sources, *related, *reason, *previous;
} words;

static const words known_words[] = {
  { "zh", "信息来源", "有关", "消息", "前一天..." },
  { "zh", "信息来源", "有关", "上下文", "前一天..." },
  { "en", "Source", "Related", "Context", "Previous Day..." },
  { "en", "Sources", "Related", "Context", "Previous Day..." },
};

#define WORDS (sizeof known_words / sizeof *known_words)

/* ---- lines ---- */

typedef struct lines {
  na_slice text;
  size_t next;   /* where the next line begins */
  size_t number; /* of the line that was read last */
} lines;

static bool next_line (lines *from, na_slice *line) {
  if (from->next >= from->text.size) return false;
  size_t end = na_slice_find(from->text, '\n', from->next);
  *line = na_slice_part(from->text, from->next, end);
  if (line->size && line->data[line->size - 1] == '\r') line->size--;
  from->next = end + 1;
  from->number++;
  return true;
}

/* Takes `prefix` off *text. */
static bool cut_prefix (na_slice *text, na_slice prefix) {
  if (!na_slice_starts(*text, prefix)) return false;
  *text = na_slice_part(*text, prefix.size, text->size);
  return true;
}

static bool cut_suffix (na_slice *text, na_slice suffix) {
  if (!na_slice_ends(*text, suffix)) return false;
  text->size -= suffix.size;
  return true;
}

/* The last place of `what` in the text; the text's size where there is none. */
static size_t find_last (na_slice text, na_slice what) {
  for (size_t at = text.size; at >= what.size; at--)
    if (memcmp(text.data + at - what.size, what.data, what.size) == 0) return at - what.size;
  return text.size;
}

/* Cuts "[label](target)" in two, at the last "](": labels have brackets of their own, targets have none. */
static bool cut_link (na_slice text, na_slice *label, na_slice *target) {
  size_t middle = find_last(text, NA_LITERAL("]("));
  if (middle == text.size || text.data[0] != '[' || !cut_suffix(&text, NA_LITERAL(")"))) return false;
  *label = na_slice_part(text, 1, middle);
  *target = na_slice_part(text, middle + 2, text.size);
  return true;
}

/* Takes "12. " off. */
static bool cut_number (na_slice *text) {
  size_t digits = 0;
  while (digits < text->size && na_is_digit(text->data[digits])) digits++;
  na_slice rest = na_slice_part(*text, digits, text->size);
  if (!digits || !cut_prefix(&rest, NA_LITERAL(". "))) return false;
  *text = rest;
  return true;
}

/* ---- addresses ---- */

/* The part from "news/" on of "/zh/news/2019/12/9/x.md"; absent where there is none. */
static na_slice news_path (na_slice url) {
  na_slice within = url;
  if (cut_prefix(&within, NA_LITERAL("news/"))) return url;
  size_t at = find_last(url, NA_LITERAL("/news/"));
  return at < url.size ? na_slice_part(url, at + 1, url.size) : NA_NONE;
}

/* The day of "news/2019/12/9/x.md", and in *name the "x.md". */
static na_day day_of_news_path (na_slice path, na_slice *name) {
  size_t end;
  if (!path.data || !cut_prefix(&path, NA_LITERAL("news/"))) return NA_DAY_NONE;
  na_day day = na_timestamp_day(path, &end);
  if (day == NA_DAY_NONE || end == path.size || path.data[end] != '/') return NA_DAY_NONE;
  *name = na_slice_part(path, end + 1, path.size);
  return day;
}

/* Puts "2019-12-09/x" into *id where the path tells it. */
static na_status id_of_path (na_arena *arena, na_slice path, na_slice *id) {
  na_slice name;
  na_day day = day_of_news_path(path, &name);
  if (day == NA_DAY_NONE || !cut_suffix(&name, NA_LITERAL(".md"))) return NA_OK;
  char iso[NA_DATE_BYTES];
  na_day_format(day, iso);
  na_buffer both = { 0 };
  na_status status = na_buffer_append(&both, na_slice_z(iso));
  if (status == NA_OK) status = na_buffer_byte(&both, '/');
  if (status == NA_OK) status = na_buffer_append(&both, name);
  if (status == NA_OK) status = na_arena_copy(arena, na_buffer_slice(&both), id);
  na_buffer_free(&both);
  return status;
}

/* ---- story pages ---- */

typedef struct page {
  na_report *report;
  const na_read_options *options;
  na_story *story;
  const words *words; /* of the first section that tells them */
  lines lines;
} page;

static na_status copy (const page *p, na_slice text, na_slice *to) {
  return text.size ? na_arena_copy(&p->report->arena, text, to) : NA_OK;
}

static na_status odd_line (const page *p, const char *what) {
  return na_report_problem(p->report, p->options->path, p->lines.number, 1, "context-line", "%s", what);
}

/* "1. [name](url) [IMG](image)", or "1. [Cover Image](image)" behind the sources that it belongs to. */
static na_status read_source (const page *p, na_slice line) {
  na_slice name, url, image = NA_NONE, label, target;
  size_t at = find_last(line, NA_LITERAL(" [IMG]("));
  if (at < line.size && cut_link(na_slice_part(line, at + 1, line.size), &label, &image)) line.size = at;
  if (!cut_link(line, &name, &target)) return odd_line(p, "a source such as '1. [name](url)' expected");
  url = target;
  na_records *sources = &p->story->sources;
  if (na_slice_equal(name, NA_LITERAL("Cover Image")) && sources->count) {
    na_source *last = (na_source *)sources->items + sources->count - 1;
    return last->image.data ? NA_OK : copy(p, url, &last->image);
  }
  na_source *source = na_records_add(&p->report->arena, sources, sizeof *source);
  if (!source) return NA_NOMEM;
  NA_TRY(copy(p, name, &source->name));
  NA_TRY(copy(p, url, &source->url));
  return copy(p, image, &source->image);
}

/* "Tuareg, Mali": names may hold ", " themselves, so this is what can be known. */
static na_status read_reasons (const page *p, na_slice list, na_strings *context) {
  while (list.size) {
    size_t end = 0;
    while (end < list.size && !na_slice_starts(na_slice_part(list, end, list.size), NA_LITERAL(", "))) end++;
    na_slice name = na_slice_part(list, 0, end);
    if (name.size) {
      NA_TRY(na_strings_add(&p->report->arena, context, name));
      NA_TRY(na_strings_add(&p->report->arena, &p->story->context, name));
    }
    list = na_slice_part(list, end < list.size ? end + 2 : end, list.size);
  }
  return NA_OK;
}

/* "1. [title](/zh/news/2007/09/1/slug.md) _Context: Tuareg, Mali_" */
static na_status read_relation (const page *p, na_slice line) {
  size_t end = find_last(line, NA_LITERAL(".md) _"));
  na_slice title, url, reasons = na_slice_part(line, end < line.size ? end + 6 : end, line.size);
  bool whole = end < line.size && cut_link(na_slice_part(line, 0, end + 4), &title, &url);
  if (!whole || !cut_suffix(&reasons, NA_LITERAL("_")))
    return odd_line(p, "a relation such as '1. [title](/news/2007/09/1/slug.md) _Context: name_' expected");
  size_t colon = na_slice_find(reasons, ':', 0);
  reasons = na_slice_part(reasons, colon < reasons.size ? colon + 1 : 0, reasons.size);
  cut_prefix(&reasons, NA_LITERAL(" "));
  na_declared *relation = na_records_add(&p->report->arena, &p->story->related, sizeof *relation);
  if (!relation) return NA_NOMEM;
  NA_TRY(copy(p, title, &relation->title));
  NA_TRY(copy(p, url, &relation->url));
  NA_TRY(id_of_path(&p->report->arena, news_path(url), &relation->id));
  return read_reasons(p, reasons, &relation->context);
}

/* "1. [old title](/news/2018/02/6/old-slug.md) _2018-02-06 13:49:28 (First version)_" */
static na_status read_change (const page *p, na_slice line) {
  size_t end = find_last(line, NA_LITERAL(".md) _"));
  na_slice title, url, when = na_slice_part(line, end < line.size ? end + 6 : end, line.size);
  if (end == line.size || !cut_link(na_slice_part(line, 0, end + 4), &title, &url))
    return odd_line(p,
                    "a version such as '1. [title](/news/2018/02/6/slug.md) _2018-02-06 13:49:28_' expected");
  if (cut_suffix(&when, NA_LITERAL(" (Current version)_"))) {
    na_buffer iso = { 0 };
    na_status status = na_timestamp_append(&iso, when);
    if (status == NA_OK) status = copy(p, na_buffer_slice(&iso), &p->story->updated);
    na_buffer_free(&iso);
    return status == NA_BAD ? odd_line(p, "no date") : status;
  }
  return na_strings_add(&p->report->arena, &p->story->aliases, url);
}

typedef na_status item_reader (const page *p, na_slice line);

/* The reader of a section's items where `line` is its heading, such as "### Source:"; NULL otherwise. */
static item_reader *section_of (page *p, na_slice line) {
  if (!cut_prefix(&line, NA_LITERAL("### ")) || !cut_suffix(&line, NA_LITERAL(":"))) return NULL;
  if (na_slice_equal(line, NA_LITERAL("Changes"))) return read_change;
  for (size_t i = 0; i < WORDS; i++) {
    bool sources = na_slice_equal(line, na_slice_z(known_words[i].sources));
    if (!sources && !na_slice_equal(line, na_slice_z(known_words[i].related))) continue;
    p->words = &known_words[i];
    return sources ? read_source : read_relation;
  }
  return NULL;
}

/* The page above the title: its day, and its topic. *found says whether there is a title. */
static na_status read_head (page *p, na_slice *day_url, bool *found) {
  na_slice line, label;
  *found = false;
  while (next_line(&p->lines, &line)) {
    na_slice rest = line;
    if (cut_prefix(&rest, NA_LITERAL("# "))) {
      *found = true;
      return copy(p, rest, &p->story->title);
    }
    if (cut_prefix(&rest, NA_LITERAL("##### "))) {
      if (rest.size) NA_TRY(na_strings_add(&p->report->arena, &p->story->topics, rest));
    } else if (cut_prefix(&rest, NA_LITERAL("### "))) {
      if (!cut_link(rest, &label, day_url)) NA_TRY(odd_line(p, "the day's link expected"));
    } else if (na_slice_trim(line).size && !na_slice_equal(line, NA_LITERAL("#####")) &&
               !na_slice_starts(line, NA_LITERAL("Formats:"))) {
      NA_TRY(odd_line(p, "nothing but day and topic stands above the title"));
    }
  }
  return NA_OK;
}

/* From behind the title to the first section: the description, with the blanks that it has. */
static na_status read_description (page *p, item_reader **section) {
  na_slice line, text = p->lines.text;
  size_t start = p->lines.next, end = text.size;
  *section = NULL;
  while (!*section && next_line(&p->lines, &line)) {
    *section = section_of(p, line);
    if (*section) end = (size_t)(line.data - text.data);
  }
  while (start < end && (text.data[start] == '\n' || text.data[start] == '\r')) start++;
  while (end > start && (text.data[end - 1] == '\n' || text.data[end - 1] == '\r')) end--;
  return start < end ? copy(p, na_slice_part(text, start, end), &p->story->description) : NA_OK;
}

static na_status read_sections (page *p, item_reader *section) {
  na_slice line;
  while (next_line(&p->lines, &line)) {
    item_reader *other = section_of(p, line);
    if (other)
      section = other;
    else if (cut_number(&line))
      NA_TRY(section(p, line));
    else if (na_slice_trim(line).size)
      NA_TRY(odd_line(p, "a numbered line expected"));
  }
  return NA_OK;
}

/* Where the page itself is: by the path it was read from, otherwise by its day and the slug of its title. */
static na_status append_own_path (const page *p, na_buffer *path, na_slice day_url) {
  na_slice name, own = p->options->path.data ? news_path(p->options->path) : NA_NONE;
  if (day_of_news_path(own, &name) != NA_DAY_NONE) return na_buffer_append(path, own);
  size_t folder = find_last(day_url, NA_LITERAL("/"));
  NA_TRY(na_buffer_append(path, na_slice_part(day_url, 0, folder < day_url.size ? folder + 1 : 0)));
  bool chinese = p->words && strcmp(p->words->language, "zh") == 0;
  NA_TRY(chinese ? na_slug_append_context_zh(path, p->story->title)
                 : na_slug_append_context_en(path, p->story->title));
  return na_buffer_append(path, NA_LITERAL(".md"));
}

static na_status settle (page *p, na_slice day_url) {
  na_arena *arena = &p->report->arena;
  na_slice ignored, news = news_path(day_url);
  na_day day = day_of_news_path(news, &ignored);
  if (day != NA_DAY_NONE) {
    char iso[NA_DATE_BYTES];
    na_day_format(day, iso);
    NA_TRY(na_arena_copy(arena, na_slice_z(iso), &p->story->date));
    na_buffer url = { 0 };
    na_status status = na_buffer_byte(&url, '/');
    if (status == NA_OK) status = append_own_path(p, &url, news);
    if (status == NA_OK) status = na_arena_copy(arena, na_buffer_slice(&url), &p->story->url);
    na_buffer_free(&url);
    NA_TRY(status);
    NA_TRY(id_of_path(arena, na_slice_part(p->story->url, 1, p->story->url.size), &p->story->id));
  }
  if (p->story->id.size > NA_DATE_BYTES)
    p->story->slug = na_slice_part(p->story->id, NA_DATE_BYTES, p->story->id.size);
  na_slice language = p->words ? na_slice_z(p->words->language) : p->options->language;
  NA_TRY(na_arena_copy(arena, language, &p->story->language));
  na_strings_sort_unique(&p->story->context);
  NA_TRY(na_arena_copy(arena, p->options->path, &p->story->origin.path));
  p->story->origin.line = 1;
  return NA_OK;
}

static na_status read_story (page *p) {
  na_slice day_url = NA_NONE;
  item_reader *section;
  bool found;
  NA_TRY(read_head(p, &day_url, &found));
  if (!found) return NA_OK;
  NA_TRY(read_description(p, &section));
  if (section) NA_TRY(read_sections(p, section));
  return settle(p, day_url.data ? day_url : NA_LITERAL(""));
}

/* Whether the first heading is that of a day page or front page. */
static bool is_list (na_slice text) {
  lines from = { .text = text };
  for (na_slice line; next_line(&from, &line);)
    if (na_slice_starts(line, NA_LITERAL("#"))) return na_slice_starts(line, NA_LITERAL("## "));
  return false;
}

na_status na_read_context (na_report *report, na_slice text, const na_read_options *options) {
  report->files++;
  if (is_list(text)) return NA_OK;
  report->items++;
  NA_TRY(na_report_mended(report, options, &text));
  page p = {
    .report = report, .options = options, .story = na_report_story(report), .lines = { .text = text }
  };
  if (!p.story) return NA_NOMEM;
  na_status status = read_story(&p);
  if (status == NA_OK && p.story->title.data && p.story->date.data) return NA_OK;
  na_report_drop(report);
  if (status != NA_OK) return status;
  report->rejected++;
  return na_report_problem(report, options->path, 1, 1, "context-page", "%s",
                           p.story->title.data
                               ? "no day: '### [2007-09-1](/news/2007/09/1/index.md)' expected"
                               : "no title: a line such as '# The title' expected");
}

/* ---- day pages and front pages ---- */

typedef struct list_state {
  na_arena *arena;
  na_context_list *list;
  na_slice topic, day;
  size_t order;
} list_state;

/* The language whose word for "previous day" this is; NULL where it is none. */
static const char *language_of_previous (na_slice label) {
  for (size_t i = 0; i < WORDS; i++)
    if (na_slice_equal(label, na_slice_z(known_words[i].previous))) return known_words[i].language;
  return NULL;
}

static na_status begin_section (list_state *state, na_slice url) {
  na_slice name;
  na_day day = day_of_news_path(news_path(url), &name);
  state->order = 0;
  state->topic = NA_LITERAL("");
  state->day = NA_NONE;
  if (day == NA_DAY_NONE) return NA_OK;
  char iso[NA_DATE_BYTES];
  na_day_format(day, iso);
  NA_TRY(na_arena_copy(state->arena, na_slice_z(iso), &state->day));
  if (!state->list->day.data) state->list->day = state->day;
  return NA_OK;
}

static na_status read_heading (list_state *state, na_slice rest) {
  na_slice label, url;
  if (!cut_link(rest, &label, &url)) return NA_OK;
  const char *language = language_of_previous(label);
  if (!language) return begin_section(state, url);
  state->list->previous = news_path(url);
  state->list->language = na_slice_z(language);
  return NA_OK;
}

static na_status read_record (list_state *state, na_slice rest) {
  na_slice title, url, path;
  if (!cut_link(rest, &title, &url) || !(path = news_path(url)).data) return NA_OK;
  na_context_record *record = na_records_add(state->arena, &state->list->records, sizeof *record);
  if (!record) return NA_NOMEM;
  *record = (na_context_record){ title, state->topic, path, state->day, ++state->order };
  return NA_OK;
}

na_status na_context_list_read (na_arena *arena, na_slice text, na_context_list *list) {
  *list = (na_context_list){ 0 };
  list_state state = { .arena = arena, .list = list, .topic = NA_LITERAL("") };
  lines from = { .text = text };
  if (!is_list(text)) return NA_OK;
  for (na_slice line; next_line(&from, &line);) {
    if (cut_prefix(&line, NA_LITERAL("##### ")))
      state.topic = line;
    else if (cut_prefix(&line, NA_LITERAL("### ")))
      NA_TRY(read_record(&state, line));
    else if (cut_prefix(&line, NA_LITERAL("## ")))
      NA_TRY(read_heading(&state, line));
  }
  return NA_OK;
}
