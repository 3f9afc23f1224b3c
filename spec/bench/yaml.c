/* spec/bench/yaml.c -- our YAML tree and the reader of day files, beside libyaml's bare event loop, in one run over the files
** whose names come on stdin. CPU seconds, median of ROUNDS; a ratio of 1 is as quick as libyaml by itself. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

#include "base/memory.h"
#include "parse/dayfile.h"
#include "parse/yaml.h"

#define ROUNDS 7

typedef struct files {
  na_slice *items;
  size_t count, capacity, bytes;
} files;

static double cpu_seconds (void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

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

static int ascending (const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Takes turns, so that whatever else the machine does falls on all alike. */
static void measure (const files *all, void (*const work[])(na_slice), size_t count, double *medians) {
  double times[4][ROUNDS];
  for (size_t round = 0; round < ROUNDS; round++)
    for (size_t w = 0; w < count; w++) {
      double start = cpu_seconds();
      for (size_t i = 0; i < all->count; i++) work[w](all->items[i]);
      times[w][round] = cpu_seconds() - start;
    }
  for (size_t w = 0; w < count; w++) {
    qsort(times[w], ROUNDS, sizeof(double), ascending);
    medians[w] = times[w][ROUNDS / 2];
  }
}

static int add_file (files *all, const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return 0;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *bytes = size >= 0 ? na_malloc((size_t)size) : NULL;
  void *items = all->items;
  int good = bytes && fread(bytes, 1, (size_t)size, file) == (size_t)size &&
             na_grow(&items, &all->capacity, all->count, sizeof *all->items);
  fclose(file);
  if (!good) return 0;
  all->items = items;
  all->items[all->count++] = (na_slice){ bytes, (size_t)size };
  all->bytes += (size_t)size;
  return 1;
}

int main (void) {
  files all = { 0 };
  char path[4096];
  while (fgets(path, sizeof path, stdin)) {
    path[strcspn(path, "\n")] = '\0';
    if (!add_file(&all, path)) fprintf(stderr, "%s: cannot be read\n", path);
  }
  void (*const work[])(na_slice) = { bare_events, our_tree, our_stories };
  double medians[3];
  measure(&all, work, 3, medians);
  printf("yaml: %zu files, %.1f MB\n", all.count, (double)all.bytes * 1e-6);
  printf("  libyaml events %.3f s, our tree %.3f s: ratio %.2f\n", medians[0], medians[1],
         medians[0] / medians[1]);
  printf("  libyaml events %.3f s, stories  %.3f s: ratio %.2f\n", medians[0], medians[2],
         medians[0] / medians[2]);
  for (size_t i = 0; i < all.count; i++) na_free((void *)(uintptr_t)all.items[i].data);
  na_free(all.items);
  return 0;
}
