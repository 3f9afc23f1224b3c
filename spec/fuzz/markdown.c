/* spec/fuzz/markdown.c -- any bytes as Markdown, and as a file with front matter. */
#include <stdint.h>
#include <stdlib.h>

#include "parse/article.h"
#include "parse/json.h"
#include "parse/markdown.h"

/* What must hold whatever the input says. */
static void require (bool holds) {
  if (!holds) abort();
}

static bool contains (na_slice text, na_slice what) {
  for (size_t i = 0; i + what.size <= text.size; i++)
    if (memcmp(text.data + i, what.data, what.size) == 0) return true;
  return false;
}

static void fuzz_markdown (na_slice text) {
  na_markdown_problem problem;
  na_buffer html = { 0 }, plain = { 0 }, title = { 0 };
  size_t from, to;
  require(na_markdown_html(&html, text, 1, &problem) == NA_OK);
  require(!contains(na_buffer_slice(&html), NA_LITERAL("<script")));
  require(!contains(na_buffer_slice(&html), NA_LITERAL("<h1")));
  require(!contains(na_buffer_slice(&html), NA_LITERAL("href=\"javascript:")));
  require(na_markdown_plain(&plain, text, &problem) == NA_OK);
  require(na_markdown_heading(&title, text, &from, &to) == NA_OK);
  require(from <= to && to <= text.size && (!title.size || from < to));
  na_buffer_free(&html);
  na_buffer_free(&plain);
  na_buffer_free(&title);
}

static void fuzz_article (na_slice text) {
  na_report report = { 0 };
  na_read_options options = { .path = NA_LITERAL("2007/09/01/name.md"), .language = NA_LITERAL("en") };
  require(na_read_markdown(&report, text, &options) == NA_OK);
  require(report.items == report.story_count + report.rejected);
  require(!report.rejected || report.problem_count);
  for (size_t i = 0; i < report.story_count; i++) {
    na_buffer json = { 0 };
    require(report.stories[i]->title.size && na_story_day(report.stories[i]) != NA_DAY_NONE);
    require(na_json_append(&json, &na_story_shape, report.stories[i]) == NA_OK);
    na_buffer_free(&json);
  }
  na_report_free(&report);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  na_slice text = { (const char *)data, size };
  if (!data) text.data = "";
  fuzz_markdown(text);
  fuzz_article(text);
  return 0;
}
