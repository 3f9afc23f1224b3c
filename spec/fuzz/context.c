/* spec/fuzz/context.c -- any bytes as a page of the reference. */
#include <stdint.h>
#include <stdlib.h>

#include "parse/context.h"
#include "parse/json.h"

static void require (bool holds) {
  if (!holds) abort();
}

static void fuzz_story (na_slice text, na_slice path) {
  na_report report = { 0 };
  na_read_options options = { .path = path };
  require(na_read_context(&report, text, &options) == NA_OK);
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

static void fuzz_list (na_slice text) {
  na_arena arena = { 0 };
  na_context_list list;
  require(na_context_list_read(&arena, text, &list) == NA_OK);
  const na_context_record *records = list.records.items;
  for (size_t i = 0; i < list.records.count; i++) require(records[i].order && records[i].path.data);
  na_arena_free(&arena);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  na_slice text = { (const char *)data, size };
  if (!data) text.data = "";
  fuzz_story(text, NA_LITERAL("news/2007/09/1/name.md"));
  fuzz_story(text, NA_NONE);
  fuzz_list(text);
  return 0;
}
