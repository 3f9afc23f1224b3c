/* spec/fuzz/markdown.c -- any bytes as Markdown, and as a file with front matter. */
#include "fuzz.h"
#include "parse/article.h"
#include "parse/markdown.h"

static bool contains (na_slice text, na_slice what) {
  for (size_t i = 0; i + what.size <= text.size; i++)
    if (memcmp(text.data + i, what.data, what.size) == 0) return true;
  return false;
}

static void fuzz_markdown (na_slice text) {
  na_markdown_problem problem;
  na_buffer html = { 0 }, plain = { 0 }, title = { 0 };
  size_t from, to;
  check(na_markdown_html(&html, text, 1, &problem) == NA_OK);
  check(!contains(na_buffer_slice(&html), NA_LITERAL("<script")));
  check(!contains(na_buffer_slice(&html), NA_LITERAL("<h1")));
  check(!contains(na_buffer_slice(&html), NA_LITERAL("href=\"javascript:")));
  check(na_markdown_plain(&plain, text, &problem) == NA_OK);
  check(na_markdown_heading(&title, text, &from, &to) == NA_OK);
  check(from <= to && to <= text.size && (!title.size || from < to));
  na_buffer_free(&html);
  na_buffer_free(&plain);
  na_buffer_free(&title);
}

static void fuzz_article (na_slice text) {
  na_report report = { 0 };
  na_read_options options = { .path = NA_LITERAL("2007/09/01/name.md"), .language = NA_LITERAL("en") };
  check(na_read_markdown(&report, text, &options) == NA_OK);
  check_articles(&report);
  na_report_free(&report);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  na_slice text = text_of(data, size);
  fuzz_markdown(text);
  fuzz_article(text);
  return 0;
}
