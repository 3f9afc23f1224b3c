#include "parse/wikitext.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/memory.h"
#include "parse/wikitext_parser.h"

#define RAW_BYTES_MAX    ((size_t)160) /* of what a problem shows */
#define RENDER_FACTOR    ((size_t)8)   /* patterns may show an argument again, but not without end */
#define RENDER_BYTES_MIN ((size_t)1 << 16)

const char *na_wikitext_role_name (na_wikitext_role role) {
  static const char *const names[] = { "event", "container", "stub", "topic" };
  return names[role];
}

const char *na_wikitext_wrapper_name (na_wikitext_wrapper wrapper) {
  static const char *const names[] = { "bare", "content", "sandwich", "header" };
  return names[wrapper];
}

const char *na_wikitext_explain (const char *code) {
  static const char *const codes[][2] = {
    { "wikitext-archive-without-source", "an archive's address without a source that it is a copy of" },
    { "wikitext-bad-target", "a link to what cannot be a page's title" },
    { "wikitext-category", "the page's own category, which is no news" },
    { "wikitext-cite-without-url", "a citation without an address" },
    { "wikitext-date", "the wrapper names no day of the calendar" },
    { "wikitext-date-mismatch", "the wrapper's date is not that of the title or file" },
    { "wikitext-dead-link-without-source", "a dead-link mark without a source before it" },
    { "wikitext-depth-jump", "an item deeper than what it stands under allows" },
    { "wikitext-dropped-template", "a template that is not shown held links" },
    { "wikitext-empty-item", "an item without text" },
    { "wikitext-encoding", "bytes that are not UTF-8 became U+FFFD" },
    { "wikitext-extra-brackets", "a link that begins with a link: the outer brackets are dropped" },
    { "wikitext-limit", "more than the reader takes in" },
    { "wikitext-nested-link", "a link inside a name, a label or a heading: its text is kept" },
    { "wikitext-nested-source", "a source inside a name, a label or a heading is not taken" },
    { "wikitext-no-date", "nothing tells the page's day" },
    { "wikitext-other-day", "the news of another day on the page" },
    { "wikitext-paragraph", "a line without a list marker, taken for a story" },
    { "wikitext-ref-without-source", "a note that holds no source" },
    { "wikitext-sources-alone", "a line of sources alone, taken for those of the item before" },
    { "wikitext-stray-close", "closing brackets that nothing opened" },
    { "wikitext-template", "a template that no rule knows is left out" },
    { "wikitext-unclosed-comment", "a comment that is never closed hides the rest of its line" },
    { "wikitext-unclosed-link", "a link that is not closed on its line" },
    { "wikitext-unclosed-ref", "a note that is never closed" },
    { "wikitext-unclosed-source", "an external link that is not closed on its line" },
    { "wikitext-unclosed-template", "a template that is never closed" },
    { "wikitext-unclosed-variant", "a -{ that is never closed" },
    { "wikitext-unknown-ref", "a note used again that was not there before" },
  };
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if (strcmp(codes[i][0], code) == 0) return codes[i][1];
  return code;
}

/* ---- problems ---- */

/* Bytes taken out of the page before `at` of the clean text; cuts on the line in hand lie behind cut_at. */
static size_t bytes_cut (const na_wt_parser *parser, size_t at) {
  size_t i = parser->cut_at;
  while (i < parser->cut_count && parser->cuts[i].at <= at) i++;
  return i ? parser->cuts[i - 1].bytes : 0;
}

static size_t line_of (const na_wt_parser *parser, size_t at) {
  size_t line = 1;
  for (size_t i = 0; i < at && i < parser->clean.size; i++) line += parser->clean.data[i] == '\n';
  size_t lines = 0;
  for (size_t i = 0; i < parser->cut_count && parser->cuts[i].at <= at; i++) lines = parser->cuts[i].lines;
  return line + lines;
}

/* The beginning of [from, to), whole characters on one line. */
static na_slice shown (const na_wt_parser *parser, size_t from, size_t to) {
  if (to > parser->clean.size) to = parser->clean.size;
  if (from >= to) return NA_LITERAL("");
  na_slice raw = na_slice_part(na_buffer_slice(&parser->clean), from, to);
  if (raw.size > RAW_BYTES_MAX) raw.size = RAW_BYTES_MAX;
  raw.size = na_slice_find(raw, '\n', 0);
  while (raw.size && from + raw.size < parser->clean.size && ((unsigned char)raw.data[raw.size] & 0xC0) == 0x80) raw.size--;
  return raw;
}

na_status na_wt_problem (na_wt_parser *parser, const char *code, size_t from, size_t to) {
  na_wikitext_page *page = parser->page;
  if (parser->problems++ >= NA_WIKITEXT_PROBLEMS_MAX) return NA_OK;
  void *problems = page->problems;
  if (!na_grow(&problems, &page->problem_capacity, page->problem_count, sizeof *page->problems)) return NA_NOMEM;
  page->problems = problems;
  na_wikitext_problem problem = { .line = parser->line, .code = code };
  if (!parser->line) problem.line = line_of(parser, from);
  else if (from >= parser->line_at)
    problem.column = 1 + from - parser->line_at + bytes_cut(parser, from) - bytes_cut(parser, parser->line_at);
  NA_TRY(na_arena_copy(parser->arena, shown(parser, from, to), &problem.raw));
  page->problems[page->problem_count++] = problem;
  return NA_OK;
}

/* ---- roles ---- */

/* Takes the ':' off that a topic ends with, unless it is part of a link. */
static void drop_colon (na_wikitext_item *item) {
  na_slice text = item->text;
  if (na_slice_ends(text, NA_LITERAL("：")) && text.size - 3 >= item->label_end) text.size -= 3;
  while (text.size > item->label_end && (text.data[text.size - 1] == ':' || text.data[text.size - 1] == ' ')) text.size--;
  if (text.size) item->text = text;
}

static void decide_role (na_wikitext_item *item) {
  bool colon = na_slice_ends(item->text, NA_LITERAL(":")) || na_slice_ends(item->text, NA_LITERAL("："));
  bool source = item->sources.count > 0;
  if (item->has_children) {
    bool sentence = na_wt_ends_sentence(item->text) && !item->links_only;
    item->role = source || (sentence && !colon) ? NA_WIKITEXT_CONTAINER : NA_WIKITEXT_TOPIC;
  } else {
    item->role = !source && (item->links_only || colon) ? NA_WIKITEXT_STUB : NA_WIKITEXT_EVENT;
  }
  if (item->role == NA_WIKITEXT_TOPIC || item->role == NA_WIKITEXT_STUB) drop_colon(item);
}

/* ---- a page ---- */

static na_slice variant_of (const na_wikitext_options *options) {
  return options->variant.data ? options->variant : options->language;
}

static na_status parse_into (na_wt_parser *parser, na_slice text) {
  na_wikitext_page *page = parser->page;
  if (text.size > NA_WIKITEXT_BYTES_MAX) {
    NA_TRY(na_wt_problem(parser, "wikitext-limit", 0, 0));
    text.size = NA_WIKITEXT_BYTES_MAX;
    while (text.size && ((unsigned char)text.data[text.size] & 0xC0) == 0x80) text.size--;
  }
  parser->render_max = RENDER_FACTOR * text.size + RENDER_BYTES_MIN;
  NA_TRY(na_wt_clean(parser, text));
  NA_TRY(na_wt_unwrap(parser));
  NA_TRY(na_wt_read_lines(parser));
  if (parser->rendered > parser->render_max || parser->marks.too_deep)
    NA_TRY(na_wt_problem(parser, "wikitext-limit", 0, 0));
  for (size_t i = 0; i < page->item_count; i++) decide_role(&page->items[i]);
  return NA_OK;
}

na_status na_wikitext_parse (na_arena *arena, na_slice text, const na_wikitext_options *options, na_wikitext_page *page) {
  na_map names = { 0 };
  na_wt_parser *parser = na_malloc(sizeof *parser); /* its scratch texts are too many for the stack of a thread */
  if (!parser) return NA_NOMEM;
  *parser = (na_wt_parser){ .arena = arena, .page = page, .options = options, .names = &names, .day = NA_DAY_NONE };
  parser->chain = na_wt_variant_chain(variant_of(options));
  parser->chinese = na_slice_starts(options->language, NA_LITERAL("zh"));
  page->day = NA_DAY_NONE;
  na_status status = parse_into(parser, text.data ? text : NA_LITERAL(""));
  na_map_free(&names);
  na_buffer_free(&parser->clean);
  na_buffer_free(&parser->words.bytes);
  for (size_t i = 0; i < NA_WT_NEST_MAX; i++) na_buffer_free(&parser->scratch[i].bytes);
  na_free(parser->cuts);
  na_free(parser->marks.items);
  na_free(parser->mentions);
  na_free(parser->sources);
  na_free(parser->named);
  na_free(parser);
  return status;
}

void na_wikitext_page_free (na_wikitext_page *page) {
  na_free(page->items);
  na_free(page->media);
  na_free(page->problems);
  *page = (na_wikitext_page){ 0 };
}

/* ---- the reader ---- */

/* The items that `item` stands under, outermost first; gives their number. */
static size_t path_of (const na_wikitext_page *page, const na_wikitext_item *item, size_t path[NA_WIKITEXT_DEPTH_MAX]) {
  size_t count = 0, from = NA_WIKITEXT_DEPTH_MAX;
  for (size_t i = item->parent; i != NA_WIKITEXT_NONE && from > 0; i = page->items[i].parent) path[--from] = i, count++;
  memmove(path, path + from, count * sizeof *path);
  return count;
}

static size_t add_targets (na_slice *names, size_t count, const na_records *mentions, size_t max) {
  const na_mention *mention = mentions->items;
  for (size_t i = 0; i < mentions->count && count < max; i++)
    if (mention[i].target.data && !mention[i].interwiki.data) names[count++] = mention[i].target;
  return count;
}

/* The pages that the story and what it stands under lead to. */
static na_status set_context (na_arena *arena, const na_wikitext_page *page, const na_wikitext_item *item, const size_t *path,
                              size_t depth, na_story *story) {
  size_t max = item->mentions.count + NA_WIKITEXT_PATH_MAX, count = 0, wanted = item->mentions.count;
  for (size_t i = 0; i < depth; i++) wanted += page->items[path[i]].mentions.count;
  if (wanted > max) wanted = max;
  if (!wanted) return NA_OK;
  na_slice *names = na_arena_alloc(arena, wanted * sizeof *names);
  if (!names) return NA_NOMEM;
  count = add_targets(names, count, &item->mentions, wanted);
  for (size_t i = depth; i-- > 0;) count = add_targets(names, count, &page->items[path[i]].mentions, wanted);
  story->context = (na_strings){ names, count };
  na_strings_sort_unique(&story->context);
  return NA_OK;
}

static na_status add_story (na_report *report, const na_wikitext_page *page, const na_wikitext_item *item,
                            const na_read_options *options, na_slice language) {
  size_t path[NA_WIKITEXT_DEPTH_MAX], depth = path_of(page, item, path);
  char date[NA_DATE_BYTES];
  na_story *story = na_report_story(report);
  if (!story) return NA_NOMEM;
  na_day_format(item->day, date);
  NA_TRY(na_arena_copy(&report->arena, na_slice_z(date), &story->date));
  story->title = item->text;
  story->language = language;
  story->raw_category = item->category;
  story->lead = item->lead;
  story->mentions = item->mentions;
  story->sources = item->sources;
  if (item->role != NA_WIKITEXT_EVENT) story->role = na_slice_z(na_wikitext_role_name(item->role));
  story->origin = (na_origin){ options->path, (int64_t)item->line };
  if (depth) {
    story->topics.items = na_arena_alloc(&report->arena, depth * sizeof *story->topics.items);
    if (!story->topics.items) return NA_NOMEM;
    for (size_t i = 0; i < depth; i++) story->topics.items[i] = page->items[path[i]].text;
    story->topics.count = depth;
  }
  return set_context(&report->arena, page, item, path, depth, story);
}

static na_status add_items (na_report *report, const na_wikitext_page *page, const na_read_options *options, na_slice language) {
  na_read_options kept = *options;
  NA_TRY(na_arena_copy(&report->arena, options->path, &kept.path));
  NA_TRY(na_arena_copy(&report->arena, language, &language));
  bool undated = false;
  for (size_t i = 0; i < page->item_count; i++) {
    const na_wikitext_item *item = &page->items[i];
    report->items++;
    if (item->role == NA_WIKITEXT_TOPIC) report->headings++;
    else if (item->day == NA_DAY_NONE) report->rejected++, undated = true;
    else NA_TRY(add_story(report, page, item, &kept, language));
  }
  if (!undated) return NA_OK;
  return na_report_problem(report, options->path, 1, 0, "wikitext-no-date", "%s", na_wikitext_explain("wikitext-no-date"));
}

static na_status add_problems (na_report *report, const na_wikitext_page *page, na_slice path) {
  for (size_t i = 0; i < page->problem_count; i++) {
    const na_wikitext_problem *problem = &page->problems[i];
    NA_TRY(na_report_problem(report, path, problem->line, problem->column, problem->code, "%s%s%.*s",
                             na_wikitext_explain(problem->code), problem->raw.size ? ": " : "", (int)problem->raw.size,
                             problem->raw.data));
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
  for (size_t i = 0; i < name.size; i++) code &= (name.data[i] >= 'a' && name.data[i] <= 'z') || name.data[i] == '-';
  return code ? name : NA_NONE;
}

na_status na_read_wikitext (na_report *report, na_slice text, const na_read_options *options) {
  na_wikitext_options wanted = { .date = options->date, .language = options->language };
  na_wikitext_page page = { 0 };
  na_slice said = language_of_path(options->path.data ? options->path : NA_LITERAL(""));
  if (said.data) wanted.language = said;
  if (!options->date.data && options->path.data) wanted.title = options->path;
  na_status status = na_wikitext_parse(&report->arena, text, &wanted, &page);
  if (status == NA_OK) status = add_problems(report, &page, options->path);
  if (status == NA_OK) status = add_items(report, &page, options, wanted.language.data ? wanted.language : NA_LITERAL("en"));
  report->items += page.media_count + page.rejected;
  report->media += page.media_count;
  report->rejected += page.rejected;
  report->files++;
  na_wikitext_page_free(&page);
  return status;
}
