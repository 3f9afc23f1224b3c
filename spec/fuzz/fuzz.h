/* spec/fuzz/fuzz.h -- what the fuzzers share. */
#ifndef NA_FUZZ_H
#define NA_FUZZ_H

#include <stdint.h>
#include <stdlib.h>

#include "parse/json.h"
#include "parse/report.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What must hold whatever the input says. */
static inline void check (bool holds) {
  if (!holds) abort();
}

/* The input as a text, which is never absent. */
static inline na_slice text_of (const uint8_t *data, size_t size) {
  return na_slice_of(size ? (const char *)data : "", size);
}

/* Every item of a report of articles is counted once, every story is one, and every one that is missing is told of. */
static inline void check_articles (const na_report *report) {
  check(report->items == report->story_count + report->rejected);
  check(!report->rejected || report->problem_count);
  for (size_t i = 0; i < report->story_count; i++) {
    na_buffer json = { 0 };
    check(report->stories[i]->title.size && na_story_day(report->stories[i]) != NA_DAY_NONE);
    check(na_json_append(&json, &na_story_shape, report->stories[i]) == NA_OK);
    na_buffer_free(&json);
  }
}

#endif
