/* spec/bench/markdown.c -- Markdown behind our guards and in our memory, beside libcmark by itself, in one run over the
** files whose names come on stdin. CPU seconds, median of ROUNDS; a ratio above 1 is quicker than libcmark. */
#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "parse/markdown.h"

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

static void bare_parse (na_slice text) {
  cmark_node_free(cmark_parse_document(text.data, text.size, CMARK_OPT_DEFAULT));
}

static void our_parse (na_slice text) {
  na_markdown_problem problem;
  if (na_markdown_parse(text, &problem) != NA_OK || problem.code) fputs("a text was not parsed\n", stderr);
}

static void bare_html (na_slice text) {
  free(cmark_markdown_to_html(text.data, text.size, CMARK_OPT_DEFAULT));
}

static void our_html (na_slice text) {
  na_buffer out = { 0 };
  na_markdown_problem problem;
  if (na_markdown_html(&out, text, 1, &problem) != NA_OK || problem.code)
    fputs("a text was not rendered\n", stderr);
  na_buffer_free(&out);
}

static int ascending (const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Takes turns, so that whatever else the machine does falls on all alike. */
static void measure (const files *all, void (*const work[])(na_slice), size_t count, double *medians) {
  double times[8][ROUNDS];
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
  void (*const work[])(na_slice) = { bare_parse, our_parse, bare_html, our_html };
  double medians[4];
  measure(&all, work, 4, medians);
  double megabytes = (double)all.bytes * 1e-6;
  printf("markdown: %zu files, %.1f MB\n", all.count, megabytes);
  printf("  libcmark parse %.3f s, ours %.3f s (%.1f MB/s): ratio %.2f\n", medians[0], medians[1],
         megabytes / medians[1], medians[0] / medians[1]);
  printf("  libcmark HTML  %.3f s, ours %.3f s (%.1f MB/s): ratio %.2f\n", medians[2], medians[3],
         megabytes / medians[3], medians[2] / medians[3]);
  for (size_t i = 0; i < all.count; i++) na_free((void *)(uintptr_t)all.items[i].data);
  na_free(all.items);
  return 0;
}
