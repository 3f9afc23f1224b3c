/* spec/bench/measure.h -- what the benchmarks in C share: files to read, CPU seconds, medians. */
#ifndef NA_BENCH_MEASURE_H
#define NA_BENCH_MEASURE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "base/slice.h"

#define ROUNDS   7 /* of which the median counts; odd */
#define WORK_MAX 8 /* kinds of work in one run */

typedef struct files {
  na_slice *items;
  size_t count, capacity, bytes;
} files;

static inline double cpu_seconds (void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static inline int ascending (const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The median of ROUNDS times, which are sorted by it. */
static inline double median (double times[ROUNDS]) {
  qsort(times, ROUNDS, sizeof *times, ascending);
  return times[ROUNDS / 2];
}

static inline int add_file (files *all, const char *path) {
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
  if (!good) {
    na_free(bytes);
    return 0;
  }
  all->items = items;
  all->items[all->count++] = (na_slice){ bytes, (size_t)size };
  all->bytes += (size_t)size;
  return 1;
}

/* The files whose names come on stdin, one a line. */
static inline void add_listed_files (files *all) {
  char path[4096];
  while (fgets(path, sizeof path, stdin)) {
    path[strcspn(path, "\n")] = '\0';
    if (!add_file(all, path)) fprintf(stderr, "%s: cannot be read\n", path);
  }
}

static inline void free_files (files *all) {
  for (size_t i = 0; i < all->count; i++) na_free((void *)(uintptr_t)all->items[i].data);
  na_free(all->items);
}

/* The median of each kind of work over all files. They take turns: what else the machine does falls on all alike. */
static inline void measure (const files *all, void (*const work[])(na_slice), size_t count, double *medians) {
  double times[WORK_MAX][ROUNDS];
  for (size_t round = 0; round < ROUNDS; round++)
    for (size_t w = 0; w < count; w++) {
      double start = cpu_seconds();
      for (size_t i = 0; i < all->count; i++) work[w](all->items[i]);
      times[w][round] = cpu_seconds() - start;
    }
  for (size_t w = 0; w < count; w++) medians[w] = median(times[w]);
}

#endif
