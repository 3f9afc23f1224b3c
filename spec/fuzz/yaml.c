/* spec/fuzz/yaml.c -- any bytes as a YAML document, as a day file, and as a sentence with sources: nothing crashes or hangs,
** and a tree keeps what its header promises. */
#include "fuzz.h"
#include "parse/citation.h"
#include "parse/dayfile.h"
#include "parse/yaml.h"
#include "text/utf8.h"

/* Gives the number of nodes that a walk meets. */
static size_t walk (const na_yaml_node *node, size_t depth) {
  size_t met = 1;
  check(node->line && node->column && depth <= NA_YAML_DEPTH_MAX + 1);
  check((node->kind == NA_YAML_SCALAR) == (node->text.data != NULL));
  check(na_utf8_valid(node->text) == node->text.size);
  for (size_t i = 0; i < node->count; i++) {
    if (node->kind == NA_YAML_MAP) met += walk(node->keys[i], depth + 1);
    met += walk(node->items[i], depth + 1);
  }
  return met;
}

static void read_tree (na_slice text) {
  na_arena arena = { 0 };
  na_yaml_node *root;
  na_yaml_error error = { 0 };
  na_status status = na_yaml_parse(&arena, text, &root, &error);
  if (status == NA_OK && root) check(walk(root, 1) <= NA_YAML_NODES_MAX);
  if (status != NA_OK) check(error.code && error.line && error.column && error.message[0]);
  na_arena_free(&arena);
}

static void read_day (na_slice text) {
  na_report report = { 0 };
  const na_read_options options = { .path = NA_LITERAL("day.yaml"), .date = NA_LITERAL("2007-09-01") };
  check(na_read_dayfile(&report, text, &options) == NA_OK);
  check(report.items == report.story_count - report.events + report.headings + report.rejected);
  for (size_t i = 0; i < report.story_count; i++) check(report.stories[i]->title.size > 0);
  na_report_free(&report);
}

static void read_sentence (na_slice text) {
  na_arena arena = { 0 };
  na_slice sentence;
  na_records sources = { 0 };
  check(na_citation_split(&arena, text, &sentence, &sources) == NA_OK);
  check(sentence.size <= text.size);
  na_arena_free(&arena);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  const na_slice text = text_of(data, size);
  read_tree(text);
  read_day(text);
  read_sentence(text);
  return 0;
}
