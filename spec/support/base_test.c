/*
** spec/support/base_test.c -- the parts of base/ that Lua cannot reach by themselves: maps, arenas, buffers.
** Run by `make check-deep`, built with sanitizers. Silent and 0 where all is well.
*/
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/spill.h"

#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                \
    }                                                                         \
  } while (0)

#define KEYS 20000u

/* A map gives back what was put in, finds nothing else, and keeps the first number of a key. */
static void test_map (void) {
  na_map map = { 0 };
  na_arena arena = { 0 };
  CHECK(na_map_get(&map, NA_LITERAL("nothing")) == NA_MAP_NONE);
  for (uint32_t round = 0; round < 2; round++)
    for (uint32_t i = 0; i < KEYS; i++) {
      char text[16];
      int size = snprintf(text, sizeof text, "key %" PRIu32, i);
      na_slice key;
      uint32_t *stored;
      bool fresh;
      CHECK(na_arena_copy(&arena, na_slice_of(text, (size_t)size), &key) == NA_OK);
      CHECK(na_map_put(&map, key, i + round, &stored, &fresh) == NA_OK);
      CHECK(fresh == (round == 0) && *stored == i);
    }
  CHECK(map.count == KEYS);
  CHECK(na_map_get(&map, NA_LITERAL("key 19999")) == 19999);
  CHECK(na_map_get(&map, NA_LITERAL("key 20000")) == NA_MAP_NONE);
  CHECK(na_map_get(&map, NA_LITERAL("")) == NA_MAP_NONE);
  na_map_free(&map);
  CHECK(na_map_get(&map, NA_LITERAL("key 1")) == NA_MAP_NONE);
  na_arena_free(&arena);
}

/* What an arena gives is aligned, stays as it was written, and never overlaps. */
static void test_arena (void) {
  static const size_t sizes[] = { 0, 1, 7, 16, 100, 16384, 16385, 70000, 3 };
  enum { COUNT = 400 };
  na_arena arena = { 0 };
  unsigned char *blocks[COUNT];
  for (size_t i = 0; i < COUNT; i++) {
    size_t size = sizes[i % (sizeof sizes / sizeof *sizes)];
    blocks[i] = na_arena_alloc(&arena, size);
    CHECK(blocks[i] && (uintptr_t)blocks[i] % _Alignof(max_align_t) == 0);
    memset(blocks[i], (int)(i & 0xFF), size);
    na_slice copy;
    CHECK(na_arena_copy(&arena, NA_LITERAL("odd"), &copy) == NA_OK && copy.data[3] == '\0');
  }
  for (size_t i = 0; i < COUNT; i++)
    for (size_t k = 0; k < sizes[i % (sizeof sizes / sizeof *sizes)]; k++) CHECK(blocks[i][k] == (i & 0xFF));
  na_slice absent;
  CHECK(na_arena_copy(&arena, NA_NONE, &absent) == NA_OK && !absent.data);
  CHECK(!na_arena_alloc(&arena, SIZE_MAX));
  na_arena_free(&arena);
  CHECK(na_arena_alloc(&arena, 10));
  na_arena_free(&arena);
}

/* A failed append leaves the buffer as it was. */
static void test_buffer (void) {
  na_buffer buffer = { 0 };
  CHECK(na_buffer_slice(&buffer).data && na_buffer_slice(&buffer).size == 0);
  CHECK(na_buffer_append(&buffer, NA_LITERAL("ab")) == NA_OK);
  CHECK(na_buffer_format(&buffer, "%d-%s", 7, "c") == NA_OK);
  CHECK(na_buffer_char(&buffer, 0x20AC) == NA_OK);
  CHECK(na_slice_equal(na_buffer_slice(&buffer), NA_LITERAL("ab7-c\xE2\x82\xAC")));
  CHECK(na_buffer_reserve(&buffer, SIZE_MAX) == NA_NOMEM);
  na_fault_count = 0, na_fault_at = 0;
  CHECK(na_buffer_reserve(&buffer, 1 << 20) == NA_NOMEM);
  na_fault_at = SIZE_MAX;
  CHECK(na_slice_equal(na_buffer_slice(&buffer), NA_LITERAL("ab7-c\xE2\x82\xAC")));
  na_buffer_free(&buffer);
}

/* A spill gives back what was put in, whatever is in its file already, and goes on behind it. */
static void test_spill (void) {
  na_spill spill = { .limit = 100 };
  na_slice all;
  CHECK(na_spill_read(&spill, &all) == NA_OK && all.size == 0);
  for (uint32_t i = 0; i < 3000; i++) {
    CHECK(na_spill_append(&spill, na_slice_of((const char *)&i, sizeof i)) == NA_OK);
    if (i % 1000) continue;
    CHECK(na_spill_read(&spill, &all) == NA_OK && all.size == (i + 1) * sizeof i);
    na_spill_rest(&spill);
  }
  CHECK(spill.is_open && na_spill_read(&spill, &all) == NA_OK && all.size == 3000 * sizeof(uint32_t));
  for (uint32_t i = 0; i < 3000; i++) CHECK(memcmp(all.data + i * sizeof i, &i, sizeof i) == 0);
  na_spill_free(&spill);
  CHECK(!spill.is_open && spill.limit == 100);
}

/* Every day from year 1 to 9999, counted one by one. */
static void test_dates (void) {
  static const int lengths[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  na_day expected = na_day_of(1, 1, 1);
  for (int year = 1; year <= 9999; year++) {
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    for (int month = 1; month <= 12; month++)
      for (int day = 1; day <= 31; day++) {
        if (day > lengths[month - 1] + (month == 2 && leap)) {
          CHECK(na_day_of(year, month, day) == NA_DAY_NONE);
          continue;
        }
        int y, m, d;
        char text[NA_DATE_BYTES];
        CHECK(na_day_of(year, month, day) == expected);
        na_day_split(expected, &y, &m, &d);
        CHECK(y == year && m == month && d == day);
        na_day_format(expected, text);
        CHECK(na_day_parse(na_slice_z(text)) == expected);
        expected++;
      }
  }
  CHECK(na_day_of(1970, 1, 1) == 0);
}

int main (void) {
  test_map();
  test_arena();
  test_buffer();
  test_spill();
  test_dates();
  return 0;
}
