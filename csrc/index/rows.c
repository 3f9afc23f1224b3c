#include "index/rows.h"

#include "base/map.h"
#include "base/memory.h"

#define WIDTH sizeof(uint32_t)

na_status na_rows_open (na_rows *rows, const na_image *image, na_section section) {
  na_slice all = na_image_section(image, section);
  *rows = (na_rows){ .image = image, .section = section };
  if (!all.size) return NA_OK;
  uint32_t count;
  if (all.size < 2 * WIDTH || all.size % WIDTH || !na_image_check(image, section, all.size - WIDTH, all.size))
    return NA_BAD;
  memcpy(&count, all.data + all.size - WIDTH, WIDTH);
  if (count > all.size / WIDTH - 2) return NA_BAD;
  size_t size = all.size - (count + (size_t)2) * WIDTH;
  rows->bytes = all.data;
  rows->starts = (const uint32_t *)(const void *)(all.data + size);
  rows->size = size;
  rows->count = count;
  return NA_OK;
}

na_slice na_rows_get (const na_rows *rows, size_t i) {
  size_t place = rows->size + i * WIDTH;
  if (!na_image_check(rows->image, rows->section, place, place + 2 * WIDTH)) return NA_LITERAL("");
  uint32_t from = rows->starts[i], to = rows->starts[i + 1];
  if (from <= to && to <= rows->size && (from == to || na_image_check(rows->image, rows->section, from, to)))
    return na_slice_of(rows->bytes + from, to - from);
  na_image_spoil(rows->image);
  return NA_LITERAL("");
}

size_t na_rows_place (const na_rows *rows, na_slice text) {
  size_t low = 0, high = rows->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (na_slice_compare(na_rows_get(rows, middle), text) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

uint32_t na_rows_find (const na_rows *rows, na_slice text) {
  size_t place = na_rows_place(rows, text);
  return place < rows->count && na_slice_equal(na_rows_get(rows, place), text) ? (uint32_t)place
                                                                               : NA_MAP_NONE;
}

na_status na_column_open (na_column *column, const na_image *image, na_section section) {
  na_slice all = na_image_section(image, section);
  *column = (na_column){ .image = image, .section = section };
  if (all.size % WIDTH || all.size / WIDTH >= UINT32_MAX) return NA_BAD;
  column->items = (const uint32_t *)(const void *)all.data;
  column->count = all.size / WIDTH;
  return NA_OK;
}

/* ---- writing ---- */

void na_rows_writer_free (na_rows_writer *rows) {
  na_free(rows->starts);
  *rows = (na_rows_writer){ 0 };
}

static na_status note_start (na_rows_writer *rows) {
  void *starts = rows->starts;
  if (rows->size > UINT32_MAX || rows->count >= UINT32_MAX) return NA_LIMIT;
  if (!na_grow(&starts, &rows->capacity, rows->count, sizeof *rows->starts)) return NA_NOMEM;
  rows->starts = starts;
  rows->starts[rows->count] = (uint32_t)rows->size;
  return NA_OK;
}

na_status na_rows_add (na_rows_writer *rows, na_slice row) {
  NA_TRY(note_start(rows));
  NA_TRY(na_image_append(rows->image, row));
  rows->size += row.size;
  rows->count++;
  return NA_OK;
}

na_status na_rows_end (na_rows_writer *rows) {
  static const char padding[WIDTH] = { 0 };
  NA_TRY(note_start(rows));
  NA_TRY(na_image_append(rows->image, na_slice_of(padding, (WIDTH - rows->size % WIDTH) % WIDTH)));
  uint32_t count = (uint32_t)rows->count;
  NA_TRY(na_image_append(rows->image, na_slice_of((const char *)rows->starts, (rows->count + 1) * WIDTH)));
  return na_image_append(rows->image, na_slice_of((const char *)&count, WIDTH));
}

na_status na_rows_write (na_image_writer *image, na_section section, const na_slice *items, size_t count) {
  na_rows_writer rows = { .image = image };
  na_status status = na_image_section_begin(image, section);
  for (size_t i = 0; status == NA_OK && i < count; i++) status = na_rows_add(&rows, items[i]);
  if (status == NA_OK) status = na_rows_end(&rows);
  if (status == NA_OK) status = na_image_section_end(image);
  na_rows_writer_free(&rows);
  return status;
}

na_status na_column_write (na_image_writer *image, na_section section, const uint32_t *items, size_t count) {
  NA_TRY(na_image_section_begin(image, section));
  NA_TRY(na_image_append(image, na_slice_of((const char *)items, count * WIDTH)));
  return na_image_section_end(image);
}
