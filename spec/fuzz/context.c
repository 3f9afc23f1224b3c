/* spec/fuzz/context.c -- any bytes as a page of the reference. */
#include "fuzz.h"
#include "parse/context.h"

static void fuzz_story (na_slice text, na_slice path) {
  na_report report = { 0 };
  na_read_options options = { .path = path };
  check(na_read_context(&report, text, &options) == NA_OK);
  check_articles(&report);
  na_report_free(&report);
}

static void fuzz_list (na_slice text) {
  na_arena arena = { 0 };
  na_context_list list;
  check(na_context_list_read(&arena, text, &list) == NA_OK);
  const na_context_record *records = list.records.items;
  for (size_t i = 0; i < list.records.count; i++) check(records[i].order && records[i].path.data);
  na_arena_free(&arena);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  na_slice text = text_of(data, size);
  fuzz_story(text, NA_LITERAL("news/2007/09/1/name.md"));
  fuzz_story(text, NA_NONE);
  fuzz_list(text);
  return 0;
}
