/* csrc/base/buffer.h -- bytes that grow at the end. */
#ifndef NA_BASE_BUFFER_H
#define NA_BASE_BUFFER_H

#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

/* All zero is a valid empty buffer. `data` may be NULL while `size` is 0. */
typedef struct na_buffer {
  char *data;
  size_t size, capacity;
} na_buffer;

/* Gives the memory back; the buffer is empty and usable again. */
void na_buffer_free (na_buffer *buffer);

/* Makes room for `more` bytes beyond `size`. Fails only for want of memory. */
na_status na_buffer_reserve (na_buffer *buffer, size_t more);

/* Each appends to the end and fails only for want of memory, leaving the buffer as it was. */
na_status na_buffer_append (na_buffer *buffer, na_slice bytes);
na_status na_buffer_byte (na_buffer *buffer, char byte);
na_status na_buffer_format (na_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends the UTF-8 form of a Unicode scalar value. */
na_status na_buffer_char (na_buffer *buffer, uint32_t c);

/* What is in it now; valid until the next change. Never absent. */
static inline na_slice na_buffer_slice (const na_buffer *buffer) {
  return (na_slice){ buffer->data ? buffer->data : "", buffer->size };
}

#endif
