/* csrc/parse/wikitext_read.c -- the items of a page as stories of a report. */
#include <stdlib.h>

#include "parse/wikitext.h"

#define HEADING_BYTES_MAX 128 /* longer headings are in no table */

static int compare_headings (const void *key, const void *item) {
  return na_slice_compare(*(const na_slice *)key, ((const na_wikitext_category *)item)->heading);
}

na_slice na_wikitext_category_of (const na_wikitext_options *options, na_slice heading) {
  char lower[HEADING_BYTES_MAX];
  if (!options->category_count || heading.size > HEADING_BYTES_MAX) return heading;
  for (size_t i = 0; i < heading.size; i++) {
    char c = heading.data[i];
    lower[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
  }
  na_slice key = na_slice_of(lower, heading.size);
  const na_wikitext_category *found = bsearch(&key, options->categories, options->category_count,
                                              sizeof *options->categories, compare_headings);
  return found ? found->name : heading;
}

/* What all stories of a page share. */
typedef struct shared {
  na_slice path, language;
  const na_wikitext_options *wanted;
  na_slice heading, category; /* of the story before: its heading, the usual form of it */
  na_day day;                 /* of the story before, and as text */
  na_slice date;
  size_t parent;      /* of the story before; */
  na_strings topics;  /* the path to it, */
  na_strings context; /* and the pages that it leads to, once a story without links of its own was there */
  bool context_known;
} shared;

/* The items that `item` stands under, outermost first; gives their number. */
static size_t path_of (const na_wikitext_page *page, const na_wikitext_item *item,
                       size_t path[NA_WIKITEXT_DEPTH_MAX]) {
  size_t count = 0, from = NA_WIKITEXT_DEPTH_MAX;
  for (size_t i = item->parent; i != NA_WIKITEXT_NONE && from > 0; i = page->items[i].parent)
    path[--from] = i, count++;
  memmove(path, path + from, count * sizeof *path);
  return count;
}

static size_t add_targets (na_slice *names, size_t count, const na_records *mentions, size_t max) {
  const na_mention *mention = mentions->items;
  for (size_t i = 0; i < mentions->count && count < max; i++)
    if (mention[i].target.data && !mention[i].interwiki.data) names[count++] = mention[i].target;
  return count;
}

/* Names of most stories fit here while they are sorted, so that the arena holds no more than is left of them. */
#define NAMES_AT_HAND 64

/* The pages that the story and what it stands under lead to. */
static na_status make_context (na_arena *arena, const na_wikitext_page *page, const na_wikitext_item *item,
                               const size_t *path, size_t depth, na_strings *context) {
  na_slice at_hand[NAMES_AT_HAND], *names = at_hand;
  size_t wanted = item->mentions.count, max = wanted + NA_WIKITEXT_PATH_MAX;
  for (size_t i = 0; i < depth; i++) wanted += page->items[path[i]].mentions.count;
  if (wanted > max) wanted = max;
  if (wanted > NAMES_AT_HAND) names = na_arena_alloc(arena, wanted * sizeof *names);
  if (!names) return NA_NOMEM;
  size_t count = add_targets(names, 0, &item->mentions, wanted);
  for (size_t i = depth; i-- > 0;) count = add_targets(names, count, &page->items[path[i]].mentions, wanted);
  *context = (na_strings){ names, count };
  na_strings_sort_unique(context);
  if (names == at_hand && context->count) {
    context->items = na_arena_alloc(arena, context->count * sizeof *names);
    if (!context->items) return NA_NOMEM;
    memcpy(context->items, at_hand, context->count * sizeof *names);
  }
  return NA_OK;
}

/* Stories that stand side by side and have no links of their own share one list. */
static na_status set_context (na_arena *arena, const na_wikitext_page *page, const na_wikitext_item *item,
                              const size_t *path, size_t depth, shared *same, na_story *story) {
  bool own = item->mentions.count > 0;
  na_strings context = same->context;
  if (own || !same->context_known) NA_TRY(make_context(arena, page, item, path, depth, &context));
  if (context.count) story->context = context;
  if (own) return NA_OK;
  same->context = context;
  same->context_known = true;
  return NA_OK;
}

static na_status set_category (na_arena *arena, const na_wikitext_item *item, shared *same, na_story *story) {
  story->raw_category = item->category;
  if (!item->category.data) return NA_OK;
  if (same->heading.data != item->category.data) {
    na_slice name = na_wikitext_category_of(same->wanted, item->category);
    same->heading = same->category = item->category;
    if (name.data != item->category.data) NA_TRY(na_arena_copy(arena, name, &same->category));
  }
  story->category = same->category;
  return NA_OK;
}

static na_status set_date (na_arena *arena, const na_wikitext_item *item, shared *same, na_story *story) {
  if (same->day != item->day) {
    char date[NA_DATE_BYTES];
    na_day_format(item->day, date);
    NA_TRY(na_arena_copy(arena, na_slice_z(date), &same->date));
    same->day = item->day;
  }
  story->date = same->date;
  return NA_OK;
}

/* The path of the story; what was known of the story before goes where that stands under something else. */
static na_status set_topics (na_arena *arena, const na_wikitext_page *page, const na_wikitext_item *item,
                             const size_t *path, size_t depth, shared *same, na_story *story) {
  if (same->parent != item->parent) {
    na_slice *names = depth ? na_arena_alloc(arena, depth * sizeof *names) : NULL;
    if (depth && !names) return NA_NOMEM;
    for (size_t i = 0; i < depth; i++) names[i] = page->items[path[i]].text;
    same->topics = (na_strings){ names, depth };
    same->context_known = false;
    same->parent = item->parent;
  }
  story->topics = same->topics;
  return NA_OK;
}

static na_status add_story (na_report *report, const na_wikitext_page *page, const na_wikitext_item *item,
                            shared *same) {
  size_t path[NA_WIKITEXT_DEPTH_MAX], depth = path_of(page, item, path);
  na_story *story = na_report_story(report);
  if (!story) return NA_NOMEM;
  story->title = item->text;
  story->language = same->language;
  story->lead = item->lead;
  story->mentions = item->mentions;
  story->sources = item->sources;
  if (item->role != NA_WIKITEXT_EVENT) story->role = na_slice_z(na_wikitext_role_name(item->role));
  story->origin = (na_origin){ same->path, (int64_t)item->line };
  NA_TRY(set_category(&report->arena, item, same, story));
  NA_TRY(set_date(&report->arena, item, same, story));
  NA_TRY(set_topics(&report->arena, page, item, path, depth, same, story));
  return set_context(&report->arena, page, item, path, depth, same, story);
}

static na_status add_items (na_report *report, const na_wikitext_page *page, na_slice path,
                            const na_wikitext_options *wanted) {
  shared same = { .wanted = wanted, .day = NA_DAY_NONE, .parent = NA_WIKITEXT_NONE };
  NA_TRY(na_arena_copy(&report->arena, path, &same.path));
  NA_TRY(na_arena_copy(&report->arena, wanted->language.data ? wanted->language : NA_LITERAL("en"),
                       &same.language));
  bool undated = false;
  for (size_t i = 0; i < page->item_count; i++) {
    const na_wikitext_item *item = &page->items[i];
    report->items++;
    if (item->role == NA_WIKITEXT_TOPIC)
      report->headings++;
    else if (item->day == NA_DAY_NONE)
      report->rejected++, undated = true;
    else
      NA_TRY(add_story(report, page, item, &same));
  }
  if (!undated) return NA_OK;
  return na_report_problem(report, path, 1, 0, "wikitext-no-date", "%s",
                           na_wikitext_explain("wikitext-no-date"));
}

static na_status add_problems (na_report *report, const na_wikitext_page *page, na_slice path) {
  for (size_t i = 0; i < page->problem_count; i++) {
    const na_wikitext_problem *problem = &page->problems[i];
    NA_TRY(na_report_problem(report, path, problem->line, problem->column, problem->code, "%s%s%.*s",
                             na_wikitext_explain(problem->code), problem->raw.size ? ": " : "",
                             (int)problem->raw.size, problem->raw.data));
  }
  return NA_OK;
}

/* The language that a file's name tells: "2007-09-01.en.wiki", "2019-03-03.zh-tw.wikitext". */
static na_slice language_of_path (na_slice path) {
  size_t dots[2] = { path.size, path.size }, count = 0;
  for (size_t i = path.size; i-- > 0 && count < 2 && path.data[i] != '/';)
    if (path.data[i] == '.') dots[count++] = i;
  if (count < 2) return NA_NONE;
  na_slice name = na_slice_part(path, dots[1] + 1, dots[0]);
  bool code = name.size == 2 || (name.size > 2 && name.size <= 10 && name.data[2] == '-');
  for (size_t i = 0; i < name.size; i++)
    code &= (name.data[i] >= 'a' && name.data[i] <= 'z') || name.data[i] == '-';
  return code ? name : NA_NONE;
}

/* What a file is named after: its name up to the first '.', "2007-09-01" of "wiki/2007-09-01.en.wiki". */
static na_slice title_of_path (na_slice path) {
  size_t start = path.size;
  while (start > 0 && path.data[start - 1] != '/') start--;
  return na_slice_part(path, start, na_slice_find(path, '.', start));
}

na_status na_wikitext_read (na_report *report, na_slice text, const na_read_options *options,
                            const na_wikitext_options *wanted) {
  na_wikitext_page page = { 0 };
  na_wikitext_options known = *wanted;
  na_slice path = options->path.data ? options->path : NA_LITERAL("");
  if (!known.language.data) known.language = language_of_path(path);
  if (!known.language.data) known.language = options->language;
  if (!known.date.data) known.date = options->date;
  if (!known.date.data && !known.title.data) known.title = title_of_path(path);
  na_status status = na_wikitext_parse(&report->arena, text, &known, &page);
  if (status == NA_OK) status = add_problems(report, &page, options->path);
  if (status == NA_OK) status = add_items(report, &page, options->path, &known);
  report->items += page.media_count + page.rejected;
  report->media += page.media_count;
  report->rejected += page.rejected;
  report->files++;
  na_wikitext_page_free(&page);
  return status;
}

na_status na_read_wikitext (na_report *report, na_slice text, const na_read_options *options) {
  const na_wikitext_options plain = { 0 };
  return na_wikitext_read(report, text, options, options->wikitext ? options->wikitext : &plain);
}
