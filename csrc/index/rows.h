/* csrc/index/rows.h -- a section of byte strings side by side, and one of plain numbers. */
#ifndef NA_INDEX_ROWS_H
#define NA_INDEX_ROWS_H

#include "index/cursor.h"
#include "index/image.h"
#include "index/sections.h"

/*
** Rows: their bytes, padded to a multiple of 4; then, 32 bits each, where every row begins and where the last one ends;
** then the number of rows. All zero is valid and empty. The image must live as long.
*/
typedef struct na_rows {
  const na_image *image;
  na_section section;
  const char *bytes;
  const uint32_t *starts;
  size_t size, count; /* of the bytes; of the rows */
} na_rows;

/* The rows of a section; empty where there is none. NA_BAD where its bytes cannot be rows, or are not as they were written. */
na_status na_rows_open (na_rows *rows, const na_image *image, na_section section);

/* Row `i`, below the count. Where the file is damaged it is empty, and the image says so. Never absent. */
na_slice na_rows_get (const na_rows *rows, size_t i);

/* The row that is `text`, where rows are in order of code points; NA_MAP_NONE where there is none. */
uint32_t na_rows_find (const na_rows *rows, na_slice text);

/* The first row that is `text` or behind it in that order; the number of rows where there is none. */
size_t na_rows_place (const na_rows *rows, na_slice text);

/* A column: numbers of 32 bits. All zero is valid and empty. */
typedef struct na_column {
  const na_image *image;
  na_section section;
  const uint32_t *items;
  size_t count;
} na_column;

na_status na_column_open (na_column *column, const na_image *image, na_section section);

/* Number `i`, below the count, as it stands; 0 where the file is damaged. */
static inline uint32_t na_column_get (const na_column *column, size_t i) {
  return na_image_check(column->image, column->section, i * sizeof(uint32_t), (i + 1) * sizeof(uint32_t))
             ? column->items[i]
             : 0;
}

/* The same where it must be below `limit`, as a number of something must; 0 where it is not, and the image says so. */
static inline uint32_t na_column_number (const na_column *column, size_t i, size_t limit) {
  uint32_t number = na_column_get(column, i);
  if (number < limit) return number;
  na_image_spoil(column->image);
  return 0;
}

/* ---- writing ---- */

/* Rows on their way into a section, which is begun and ended by the caller. All zero is valid and empty. */
typedef struct na_rows_writer {
  na_image_writer *image;
  uint32_t *starts;
  size_t count, capacity;
  uint64_t size;
} na_rows_writer;

void na_rows_writer_free (na_rows_writer *rows);

/* Appends a row. NA_LIMIT beyond 2^32 - 1 bytes in all; else fails as na_image_append does. */
na_status na_rows_add (na_rows_writer *rows, na_slice row);

/* Writes what stands behind the rows. */
na_status na_rows_end (na_rows_writer *rows);

/* A whole section of rows or of numbers. */
na_status na_rows_write (na_image_writer *image, na_section section, const na_slice *items, size_t count);
na_status na_column_write (na_image_writer *image, na_section section, const uint32_t *items, size_t count);

#endif
