#include "index/lists.h"

na_status na_list_pack (na_buffer *out, na_posting_list list) {
  NA_TRY(na_varint_append(out, list.count));
  uint32_t next = 0;
  for (size_t i = 0; i < list.count; i++) {
    NA_TRY(na_varint_append(out, list.items[i] - next));
    next = list.items[i] + 1;
  }
  return NA_OK;
}

size_t na_list_count (na_slice bytes) {
  na_cursor cursor = na_cursor_of(bytes);
  uint64_t count = na_cursor_number(&cursor);
  return count <= bytes.size ? (size_t)count : 0;
}

bool na_list_unpack (na_slice bytes, uint32_t limit, uint32_t *items) {
  na_cursor cursor = na_cursor_of(bytes);
  uint64_t count = na_cursor_number(&cursor), next = 0;
  if (count > bytes.size) return false;
  for (uint64_t i = 0; i < count; i++) {
    uint64_t distance = na_cursor_number(&cursor);
    if (distance >= limit || next + distance >= limit) return false;
    items[i] = (uint32_t)(next + distance);
    next += distance + 1;
  }
  return !cursor.bad;
}

na_status na_lists_write (na_image_writer *image, na_section section, const na_postings *lists) {
  na_rows_writer rows = { .image = image };
  na_buffer row = { 0 };
  na_status status = na_image_section_begin(image, section);
  for (size_t i = 0; status == NA_OK && i < lists->count; i++) {
    row.size = 0;
    status = na_list_pack(&row, na_postings_list(lists, i));
    if (status == NA_OK) status = na_rows_add(&rows, na_buffer_slice(&row));
  }
  if (status == NA_OK) status = na_rows_end(&rows);
  if (status == NA_OK) status = na_image_section_end(image);
  na_rows_writer_free(&rows);
  na_buffer_free(&row);
  return status;
}

na_status na_lists_read (na_postings *lists, const na_rows *rows, uint32_t limit) {
  size_t total = 0;
  for (size_t i = 0; i < rows->count; i++) total += na_list_count(na_rows_get(rows, i));
  NA_TRY(na_postings_alloc(lists, rows->count, total));
  uint32_t end = 0;
  for (size_t i = 0; i < rows->count; i++) {
    na_slice row = na_rows_get(rows, i);
    if (!na_list_unpack(row, limit, lists->items + end)) {
      na_image_spoil(rows->image);
      na_postings_free(lists);
      return NA_BAD;
    }
    end += (uint32_t)na_list_count(row);
    lists->starts[i + 1] = end;
  }
  return NA_OK;
}
