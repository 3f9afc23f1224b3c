#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"

void na_buffer_free (na_buffer *buffer) {
  na_free(buffer->data);
  *buffer = (na_buffer){ 0 };
}

na_status na_buffer_reserve (na_buffer *buffer, size_t more) {
  if (buffer->capacity - buffer->size >= more && buffer->data) return NA_OK;
  if (more > SIZE_MAX / 2 - buffer->size) return NA_NOMEM;
  size_t wanted = buffer->size + more;
  if (wanted < buffer->capacity + buffer->capacity / 2) wanted = buffer->capacity + buffer->capacity / 2;
  if (wanted < 64) wanted = 64;
  char *data = na_realloc(buffer->data, wanted);
  if (!data) return NA_NOMEM;
  buffer->data = data;
  buffer->capacity = wanted;
  return NA_OK;
}

na_status na_buffer_append (na_buffer *buffer, na_slice bytes) {
  NA_TRY(na_buffer_reserve(buffer, bytes.size));
  if (bytes.size) memcpy(buffer->data + buffer->size, bytes.data, bytes.size);
  buffer->size += bytes.size;
  return NA_OK;
}

na_status na_buffer_byte (na_buffer *buffer, char byte) {
  if (buffer->size == buffer->capacity) NA_TRY(na_buffer_reserve(buffer, 1));
  buffer->data[buffer->size++] = byte;
  return NA_OK;
}

na_status na_buffer_char (na_buffer *buffer, uint32_t c) {
  if (c < 0x80) return na_buffer_byte(buffer, (char)c);
  char bytes[4];
  size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = size; i-- > 1; c >>= 6) bytes[i] = (char)(0x80 | (c & 0x3F));
  bytes[0] = (char)((0xF00 >> size & 0xFF) | c);
  return na_buffer_append(buffer, (na_slice){ bytes, size });
}

na_status na_buffer_format (na_buffer *buffer, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (size < 0) return NA_BAD;
  NA_TRY(na_buffer_reserve(buffer, (size_t)size + 1));
  va_start(arguments, format);
  vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, arguments);
  va_end(arguments);
  buffer->size += (size_t)size;
  return NA_OK;
}
