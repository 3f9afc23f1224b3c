/* csrc/index/cursor.h -- numbers of 1 to 10 bytes, written and read one behind the other. */
#ifndef NA_INDEX_CURSOR_H
#define NA_INDEX_CURSOR_H

#include <stdint.h>

#include "base/buffer.h"

#define NA_VARINT_BYTES 10 /* of the largest number */

/* Writes `value`, seven bits a byte, the lowest first, all but the last with the high bit set; gives the bytes. */
static inline size_t na_varint_put (uint8_t out[NA_VARINT_BYTES], uint64_t value) {
  size_t size = 0;
  for (; value >= 0x80; value >>= 7) out[size++] = (uint8_t)(value | 0x80);
  out[size++] = (uint8_t)value;
  return size;
}

/* Appends it to a buffer. Fails only for want of memory. */
static inline na_status na_varint_append (na_buffer *out, uint64_t value) {
  uint8_t bytes[NA_VARINT_BYTES];
  size_t size = na_varint_put(bytes, value);
  return na_buffer_append(out, na_slice_of((const char *)bytes, size));
}

/* Bytes that are read from the front. What is asked for beyond the end is 0 or empty, and makes `bad` true. */
typedef struct na_cursor {
  const uint8_t *at, *end;
  bool bad;
} na_cursor;

static inline na_cursor na_cursor_of (na_slice bytes) {
  const uint8_t *at = (const uint8_t *)bytes.data;
  return (na_cursor){ at, at + bytes.size, false };
}

static inline uint64_t na_cursor_number (na_cursor *cursor) {
  uint64_t value = 0;
  for (unsigned shift = 0; cursor->at < cursor->end && shift < 64; shift += 7) {
    uint8_t byte = *cursor->at++;
    value |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  cursor->bad = true;
  return 0;
}

static inline uint8_t na_cursor_byte (na_cursor *cursor) {
  if (cursor->at < cursor->end) return *cursor->at++;
  cursor->bad = true;
  return 0;
}

/* The next `size` bytes. */
static inline na_slice na_cursor_bytes (na_cursor *cursor, uint64_t size) {
  na_slice bytes = { (const char *)cursor->at, (size_t)size };
  if (size > (uint64_t)(cursor->end - cursor->at)) {
    cursor->bad = true;
    return NA_LITERAL("");
  }
  cursor->at += size;
  return bytes;
}

#endif
