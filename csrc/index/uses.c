#include "index/uses.h"

#include "base/memory.h"

#define REST_STORIES 8192 /* so many are looked at before the pages they were read from are given back */

void na_uses_free (na_uses *uses) {
  na_spill_free(&uses->bytes);
  na_buffer_free(&uses->story);
}

na_status na_uses_add (na_uses *uses, const na_use *items, size_t count) {
  uint32_t next = 0;
  uses->story.size = 0;
  NA_TRY(na_buffer_reserve(&uses->story, NA_VARINT_BYTES + count * NA_USE_BYTES));
  uint8_t *begin = (uint8_t *)uses->story.data, *out = begin;
  out += na_varint_put(out, count);
  for (size_t i = 0; i < count; i++) {
    out += na_use_put(out, items[i].term - next, items[i].units);
    next = items[i].term + 1;
  }
  return na_spill_append(&uses->bytes, na_slice_of((const char *)begin, (size_t)(out - begin)));
}

na_status na_uses_begin (na_uses_walk *walk, na_uses *uses) {
  na_slice bytes;
  *walk = (na_uses_walk){ .uses = uses };
  NA_TRY(na_spill_read(&uses->bytes, &bytes));
  walk->cursor = na_cursor_of(bytes);
  return NA_OK;
}

void na_uses_walk_free (na_uses_walk *walk) {
  na_free(walk->items);
  *walk = (na_uses_walk){ 0 };
}

na_status na_uses_next (na_uses_walk *walk) {
  if (walk->walked++ % REST_STORIES == 0) na_spill_rest(&walk->uses->bytes);
  size_t count = (size_t)na_cursor_number(&walk->cursor);
  if (count > walk->capacity) {
    void *items = na_realloc(walk->items, count * sizeof *walk->items);
    if (!items) return NA_NOMEM;
    walk->items = items;
    walk->capacity = count;
  }
  uint32_t next = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t number = na_cursor_number(&walk->cursor);
    uint32_t term = next + (uint32_t)(number >> 1);
    walk->items[i] = (na_use){ term, number & 1 ? na_cursor_byte(&walk->cursor) : NA_TITLE_UNITS };
    next = term + 1;
  }
  walk->count = count;
  return NA_OK;
}
