/*
** spec/fuzz/wikitext.c -- any bytes are a page, and what comes out holds what the manual promises.
** The first byte chooses language, variant and title; the rest is the page. `make fuzz-wikitext FUZZ_SECONDS=1800`.
*/
#include <stdio.h>

#include "fuzz.h"
#include "parse/wikitext.h"
#include "text/utf8.h"

static void fail (const char *what, na_slice text) {
  fprintf(stderr, "%s: \"%.*s\"\n", what, (int)text.size, text.data);
  abort();
}

static bool holds (na_slice text, const char *part) {
  size_t size = strlen(part);
  for (size_t i = 0; i + size <= text.size; i++)
    if (memcmp(text.data + i, part, size) == 0) return true;
  return false;
}

/* A text that people read: UTF-8, no markup, not empty, no blank at its ends. */
static void check_text (const char *what, na_slice text) {
  static const char *const markup[] = {
    "[[", "]]", "{{", "}}", "''", "<ref", "-{", "}-", "[http", "\n", "  "
  };
  if (!text.data) return;
  if (na_utf8_valid(text) != text.size) fail("not UTF-8", text);
  for (size_t i = 0; i < sizeof markup / sizeof *markup; i++)
    if (holds(text, markup[i])) fail(what, text);
  if (!text.size || text.data[0] == ' ' || text.data[text.size - 1] == ' ') fail(what, text);
}

static void check_item (const na_wikitext_page *page, size_t index) {
  const na_wikitext_item *item = &page->items[index];
  check_text("text", item->text);
  check_text("lead", item->lead);
  check_text("category", item->category);
  if (!item->text.data) fail("no text", NA_LITERAL(""));
  if (item->depth < 1 || item->depth > NA_WIKITEXT_DEPTH_MAX) fail("depth", item->text);
  if (item->parent != NA_WIKITEXT_NONE &&
      (item->parent >= index || page->items[item->parent].depth >= item->depth))
    fail("parent", item->text);
  const na_mention *mention = item->mentions.items;
  for (size_t i = 0; i < item->mentions.count; i++) {
    check_text("target", mention[i].target);
    check_text("section", mention[i].section);
    check_text("interlanguage", mention[i].interlanguage);
    bool inside = !mention[i].label.data ||
                  (mention[i].label.data >= item->text.data &&
                   mention[i].label.data + mention[i].label.size <= item->text.data + item->text.size);
    if (!inside) fail("label", mention[i].label);
  }
  const na_source *source = item->sources.items;
  for (size_t i = 0; i < item->sources.count; i++) {
    check_text("name", source[i].name);
    check_text("title", source[i].title);
    check_text("publisher", source[i].publisher);
    check_text("via", source[i].via);
    if (source[i].url.data && !source[i].url.size) fail("url", item->text);
  }
}

static void check_page (na_slice text, const na_wikitext_options *options) {
  na_arena arena = { 0 };
  na_wikitext_page page = { 0 };
  if (na_wikitext_parse(&arena, text, options, &page) != NA_OK) fail("status", NA_LITERAL(""));
  for (size_t i = 0; i < page.item_count; i++) check_item(&page, i);
  if (page.seen != page.item_count + page.media_count + page.rejected) fail("accounting", NA_LITERAL(""));
  na_wikitext_page_free(&page);
  na_arena_free(&arena);
}

static void check_report (na_slice text, const na_read_options *options) {
  na_report report = { 0 };
  if (na_read_wikitext(&report, text, options) != NA_OK) fail("status", NA_LITERAL(""));
  if (report.items != report.story_count + report.headings + report.media + report.rejected)
    fail("accounting", NA_LITERAL(""));
  for (size_t i = 0; i < report.problem_count; i++)
    if (na_utf8_valid(report.problems[i].message) != report.problems[i].message.size)
      fail("problem", report.problems[i].message);
  na_report_free(&report);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  static const na_wikitext_template own[] = {
    { .name = { "twice", 5 }, .text = { "{1}{1} [({2})]", 14 } },
    { .name = { "wp", 2 }, .link = { "{1}", 3 }, .text = { "{2|1}", 5 } },
  };
  if (!size) return 0;
  bool chinese = data[0] & 1;
  na_slice text = { (const char *)data + 1, size - 1 };
  na_wikitext_options options = {
    .language = chinese ? NA_LITERAL("zh") : NA_LITERAL("en"),
    .variant = data[0] & 2 ? NA_LITERAL("zh-tw") : NA_NONE,
    .title = data[0] & 4 ? NA_LITERAL("Portal:Current events/2005 January 8") : NA_NONE,
    .templates = own,
    .template_count = 2,
  };
  check_page(text, &options);
  na_read_options read = { .path = { "2005-01-08.en.wiki", 18 },
                           .date = data[0] & 8 ? NA_LITERAL("2005-01-08") : NA_NONE };
  check_report(text, &read);
  return 0;
}
