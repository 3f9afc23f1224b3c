/* spec/bench/yaml.c -- our YAML tree and the reader of day files, beside libyaml's bare event loop, in one run over the files
** whose names come on stdin. CPU seconds, median of ROUNDS; a ratio of 1 is as quick as libyaml by itself. */
#include <yaml.h>

#include "measure.h"
#include "parse/dayfile.h"
#include "parse/yaml.h"

static void bare_events (na_slice text) {
  yaml_parser_t parser;
  yaml_event_t event;
  if (!yaml_parser_initialize(&parser)) return;
  yaml_parser_set_input_string(&parser, (const unsigned char *)text.data, text.size);
  for (int more = 1; more && yaml_parser_parse(&parser, &event);) {
    more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
}

static void our_tree (na_slice text) {
  na_arena arena = { 0 };
  na_yaml_node *root;
  na_yaml_error error;
  na_yaml_parse(&arena, text, &root, &error);
  na_arena_free(&arena);
}

static void our_stories (na_slice text) {
  na_report report = { 0 };
  const na_read_options options = { .path = NA_LITERAL("day.yaml"), .date = NA_LITERAL("2007-09-01") };
  na_read_dayfile(&report, text, &options);
  na_report_free(&report);
}

int main (void) {
  files all = { 0 };
  add_listed_files(&all);
  void (*const work[])(na_slice) = { bare_events, our_tree, our_stories };
  double medians[3];
  measure(&all, work, 3, medians);
  printf("yaml: %zu files, %.1f MB\n", all.count, (double)all.bytes * 1e-6);
  printf("  libyaml events %.3f s, our tree %.3f s: ratio %.2f\n", medians[0], medians[1],
         medians[0] / medians[1]);
  printf("  libyaml events %.3f s, stories  %.3f s: ratio %.2f\n", medians[0], medians[2],
         medians[0] / medians[2]);
  free_files(&all);
  return 0;
}
