#include "parse/report.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"
#include "text/utf8.h"

#define MESSAGE_BYTES 500

void na_report_free (na_report *report) {
  na_arena_free(&report->arena);
  na_free(report->stories);
  na_free(report->problems);
  *report = (na_report){ 0 };
}

na_story *na_report_story (na_report *report) {
  void *stories = report->stories;
  if (!na_grow(&stories, &report->story_capacity, report->story_count, sizeof *report->stories)) return NULL;
  report->stories = stories;
  na_story *story = na_arena_alloc(&report->arena, sizeof *story);
  if (!story) return NULL;
  *story = (na_story){ 0 };
  return report->stories[report->story_count++] = story;
}

void na_report_drop (na_report *report) {
  report->story_count--;
}

/* The size of `text` without its last character, which may be there in part only. */
static size_t whole_chars (na_slice text) {
  while (text.size && ((unsigned char)text.data[text.size - 1] & 0xC0) == 0x80) text.size--;
  return text.size ? text.size - 1 : 0;
}

/* A message may quote bytes that are no UTF-8; it is UTF-8 itself. */
static na_status copy_mended (na_arena *arena, na_slice text, na_slice *copy) {
  if (na_utf8_valid(text) == text.size) return na_arena_copy(arena, text, copy);
  na_buffer mended = { 0 };
  na_status status = na_utf8_append_mended(&mended, text);
  if (status == NA_OK) status = na_arena_copy(arena, na_buffer_slice(&mended), copy);
  na_buffer_free(&mended);
  return status;
}

na_status na_report_problem (na_report *report, na_slice path, size_t line, size_t column, const char *code,
                             const char *format, ...) {
  void *problems = report->problems;
  if (!na_grow(&problems, &report->problem_capacity, report->problem_count, sizeof *report->problems))
    return NA_NOMEM;
  report->problems = problems;
  char message[MESSAGE_BYTES];
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  na_slice text = na_slice_of(message, size < 0               ? 0
                                       : size < MESSAGE_BYTES ? (size_t)size
                                                              : MESSAGE_BYTES - 1);
  if (size >= MESSAGE_BYTES) text.size = whole_chars(text);
  na_problem problem = { .line = line, .column = column, .code = code };
  NA_TRY(na_arena_copy(&report->arena, path, &problem.path));
  NA_TRY(copy_mended(&report->arena, text, &problem.message));
  report->problems[report->problem_count++] = problem;
  return NA_OK;
}

size_t na_report_withhold (na_report *report, bool drafts, na_day last) {
  size_t kept = 0, count = report->story_count;
  for (size_t i = 0; i < count; i++) {
    na_story *story = report->stories[i];
    na_day day = na_story_day(story);
    if ((drafts && story->draft) || (last != NA_DAY_NONE && day > last)) continue;
    report->stories[kept++] = story;
  }
  report->story_count = kept;
  report->items -= count - kept;
  return count - kept;
}

na_status na_report_mended (na_report *report, const na_read_options *options, na_slice *text) {
  size_t good = na_utf8_valid(*text), line = 1, start = 0;
  if (good == text->size) return NA_OK;
  for (size_t i = 0; i < good; i++)
    if (text->data[i] == '\n') line++, start = i + 1;
  na_buffer mended = { 0 };
  na_status status = na_utf8_append_mended(&mended, *text);
  if (status == NA_OK) status = na_arena_copy(&report->arena, na_buffer_slice(&mended), text);
  na_buffer_free(&mended);
  if (status != NA_OK) return status;
  return na_report_problem(report, options->path, line, good - start + 1, "encoding",
                           "not UTF-8: what is no character became U+FFFD");
}
