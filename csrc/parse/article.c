#include "parse/article.h"

#include <stdint.h>

#include "parse/frontmatter.h"
#include "parse/markdown.h"
#include "parse/timestamp.h"

/* ---- what a path tells ---- */

/* Cuts the last component off *path and gives it; an empty one at the root. */
static na_slice pop_component (na_slice *path) {
  while (path->size && path->data[path->size - 1] == '/') path->size--;
  size_t start = path->size;
  while (start && path->data[start - 1] != '/') start--;
  na_slice last = na_slice_part(*path, start, path->size);
  path->size = start;
  return last;
}

static na_slice without_extension (na_slice name) {
  static const na_slice extensions[] = { { ".md", 3 }, { ".markdown", 9 } };
  for (size_t i = 0; i < 2; i++)
    if (name.size > extensions[i].size && na_slice_ends(name, extensions[i])) name.size -= extensions[i].size;
  return name;
}

/* The number that a component is, if it is one of `least` to `most` digits; 0 otherwise. */
static int numeric (na_slice component, size_t least, size_t most) {
  int value = 0;
  if (component.size < least || component.size > most) return 0;
  for (size_t i = 0; i < component.size; i++) {
    if (!na_is_digit(component.data[i])) return 0;
    value = value * 10 + (component.data[i] - '0');
  }
  return value;
}

static bool is_joint (char c) {
  return c == '-' || c == '_' || c == '.' || c == ' ';
}

/* The day that a component begins with, as in "2007-09-01-name"; *rest is what follows. */
static na_day leading_day (na_slice component, na_slice *rest) {
  size_t end = 0;
  na_day day = na_timestamp_day(component, &end);
  if (day == NA_DAY_NONE) return day;
  *rest = na_slice_part(component, end, component.size);
  if (rest->size && !is_joint(rest->data[0])) return NA_DAY_NONE;
  while (rest->size && is_joint(rest->data[0])) *rest = na_slice_part(*rest, 1, rest->size);
  return day;
}

/* The innermost day of a path. */
static na_day day_of_path (na_slice path) {
  na_slice rest, last = without_extension(pop_component(&path));
  na_day day = leading_day(last, &rest);
  while (day == NA_DAY_NONE && path.size) {
    na_slice above = path;
    int d = numeric(pop_component(&path), 1, 2);
    if (d) {
      na_slice upper = path;
      int m = numeric(pop_component(&upper), 1, 2), y = numeric(pop_component(&upper), 4, 4);
      day = na_day_of(y, m, d);
    }
    if (day == NA_DAY_NONE) day = leading_day(pop_component(&above), &rest);
  }
  return day;
}

/* The file's own name, without day and extension; its folder's where it is an "index.md". May be empty. */
static na_slice name_of_path (na_slice path) {
  na_slice name = without_extension(pop_component(&path)), rest;
  if (na_slice_equal(name, NA_LITERAL("index")) && path.size) name = pop_component(&path);
  return leading_day(name, &rest) == NA_DAY_NONE ? name : rest;
}

/* ---- one story ---- */

typedef struct article {
  na_report *report;
  const na_read_options *options;
  na_story *story;
  na_front front;
} article;

/* Drops blank lines at the beginning and blanks at the end, keeping count of lines. */
static void trim_body (na_front *front) {
  na_slice body = front->body;
  size_t start = 0;
  for (size_t i = 0; i < body.size && na_is_space(body.data[i]); i++)
    if (body.data[i] == '\n') start = i + 1, front->body_line++;
  while (body.size > start && na_is_space(body.data[body.size - 1])) body.size--;
  front->body = na_slice_part(body, start, body.size);
}

/* The first heading's words, and a body without its lines. */
static na_status title_from_heading (article *a) {
  na_buffer words = { 0 };
  size_t from, to;
  na_slice body = a->front.body;
  na_status status = na_markdown_heading(&words, body, &from, &to);
  if (status == NA_OK && words.size) {
    na_buffer rest = { 0 };
    status = na_arena_copy(&a->report->arena, na_buffer_slice(&words), &a->story->title);
    if (status == NA_OK) status = na_buffer_append(&rest, na_slice_part(body, 0, from));
    if (status == NA_OK) status = na_buffer_append(&rest, na_slice_part(body, to, body.size));
    if (status == NA_OK) status = na_arena_copy(&a->report->arena, na_buffer_slice(&rest), &a->front.body);
    na_buffer_free(&rest);
    if (from == 0) trim_body(&a->front);
  }
  na_buffer_free(&words);
  return status;
}

/* "the-second-rebellion" becomes "The second rebellion". */
static na_status title_from_name (article *a) {
  na_slice *title = &a->story->title;
  NA_TRY(na_arena_copy(&a->report->arena, name_of_path(a->options->path), title));
  char *bytes = (char *)(uintptr_t)title->data; /* the copy is ours */
  for (size_t i = 0; i < title->size; i++)
    if (bytes[i] == '-' || bytes[i] == '_') bytes[i] = ' ';
  *title = na_slice_trim(*title);
  if (!title->size)
    *title = NA_NONE;
  else if (title->data[0] >= 'a' && title->data[0] <= 'z')
    bytes[title->data - bytes] -= 'a' - 'A';
  return NA_OK;
}

static na_status settle_title (article *a) {
  if (!a->story->title.data) NA_TRY(title_from_heading(a));
  if (!a->story->title.data && a->options->path.data) NA_TRY(title_from_name(a));
  if (a->front.kind != NA_FRONT_NONE || a->story->slug.data || !a->options->path.data) return NA_OK;
  na_slice name = name_of_path(a->options->path);
  return name.size ? na_arena_copy(&a->report->arena, name, &a->story->slug) : NA_OK;
}

static na_status settle_date (article *a) {
  na_day day = a->options->path.data ? day_of_path(a->options->path) : NA_DAY_NONE;
  if (a->story->date.data) return NA_OK;
  if (day == NA_DAY_NONE) return na_arena_copy(&a->report->arena, a->options->date, &a->story->date);
  char iso[NA_DATE_BYTES];
  na_day_format(day, iso);
  return na_arena_copy(&a->report->arena, na_slice_z(iso), &a->story->date);
}

/* The body as it goes into the story; where it passes a limit of Markdown, that is noted. */
static na_status settle_body (article *a) {
  na_markdown_problem problem;
  if (!a->front.body.size) return NA_OK;
  na_markdown_check(a->front.body, &problem);
  if (problem.code)
    NA_TRY(na_report_problem(a->report, a->options->path, a->front.body_line + problem.line - 1, 1,
                             problem.code, "%s: the body is kept as plain text", problem.message));
  return na_arena_copy(&a->report->arena, a->front.body, &a->story->body);
}

static na_status read_article (article *a) {
  if (a->front.kind != NA_FRONT_NONE) NA_TRY(na_front_read(a->report, a->options, &a->front, a->story));
  trim_body(&a->front);
  NA_TRY(settle_title(a));
  NA_TRY(settle_date(a));
  NA_TRY(settle_body(a));
  na_arena *arena = &a->report->arena;
  if (!a->story->language.data) NA_TRY(na_arena_copy(arena, a->options->language, &a->story->language));
  NA_TRY(na_arena_copy(arena, a->options->path, &a->story->origin.path));
  a->story->origin.line = 1;
  return NA_OK;
}

/* Says what a story lacks; NULL where it is whole. */
static const char *lack (const article *a, const char **message) {
  if (!a->story->title.data)
    return *message = "a story needs a title: `title` in the front matter, or a heading", "no-title";
  if (!a->story->date.data)
    return *message =
               "a story needs a date: `date` in the front matter, or in the path as in 2007-09-01-name.md",
           "no-date";
  return NULL;
}

static na_status finish (article *a, na_status status, size_t problems) {
  const char *message, *code = status == NA_OK ? lack(a, &message) : NULL;
  if (status == NA_OK && !code) return NA_OK;
  na_report_drop(a->report);
  if (status == NA_NOMEM) return status;
  a->report->rejected++;
  if (!code) return NA_OK;
  /* A bad date in the front matter says enough. */
  for (size_t i = problems; i < a->report->problem_count; i++)
    if (strcmp(code, "no-date") == 0 && strcmp(a->report->problems[i].code, "bad-date") == 0) return NA_OK;
  return na_report_problem(a->report, a->options->path, 1, 1, code, "%s", message);
}

na_status na_read_markdown (na_report *report, na_slice text, const na_read_options *options) {
  report->files++;
  report->items++;
  size_t problems = report->problem_count;
  article a = { .report = report, .options = options };
  NA_TRY(na_report_mended(report, options, &text));
  na_front_split(text, &a.front);
  if (a.front.kind == NA_FRONT_NONE && !na_slice_trim(a.front.body).size) {
    report->rejected++;
    return na_report_problem(report, options->path, 1, 1, "empty-file", "the file is empty");
  }
  a.story = na_report_story(report);
  if (!a.story) return NA_NOMEM;
  return finish(&a, read_article(&a), problems);
}
