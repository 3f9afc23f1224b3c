#include "text/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

static inline bool is_tail (unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

uint32_t na_utf8_next (na_slice text, size_t *at) {
  const unsigned char *s = (const unsigned char *)text.data + *at;
  size_t left = text.size - *at;
  uint32_t lead = s[0];
  ++*at;
  if (lead < 0x80) return lead;
  if (lead < 0xC2 || lead > 0xF4 || left < 2 || !is_tail(s[1])) return NA_UTF8_BAD;
  if (lead < 0xE0) {
    *at += 1;
    return (lead & 0x1F) << 6 | (s[1] & 0x3F);
  }
  if (left < 3 || !is_tail(s[2])) return NA_UTF8_BAD;
  if (lead < 0xF0) {
    uint32_t c = (lead & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    if (c < 0x800 || (c >= 0xD800 && c < 0xE000)) return NA_UTF8_BAD;
    *at += 2;
    return c;
  }
  if (left < 4 || !is_tail(s[3])) return NA_UTF8_BAD;
  uint32_t c =
      (lead & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 | (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
  if (c < 0x10000 || c > 0x10FFFF) return NA_UTF8_BAD;
  *at += 3;
  return c;
}

size_t na_utf8_valid (na_slice text) {
  size_t at = 0;
  while (at < text.size) {
    uint64_t eight;
    if (text.size - at >= 8 && (memcpy(&eight, text.data + at, 8), !(eight & 0x8080808080808080u))) {
      at += 8;
      continue;
    }
    size_t next = at;
    if (na_utf8_next(text, &next) == NA_UTF8_BAD) return at;
    at = next;
  }
  return at;
}

na_status na_utf8_append_mended (na_buffer *out, na_slice text) {
  while (text.size) {
    size_t good = na_utf8_valid(text);
    NA_TRY(na_buffer_append(out, na_slice_part(text, 0, good)));
    if (good == text.size) break;
    NA_TRY(na_buffer_append(out, NA_LITERAL("\xEF\xBF\xBD")));
    text = na_slice_part(text, good + 1, text.size);
  }
  return NA_OK;
}

size_t na_utf8_prefix (na_slice text, size_t chars) {
  size_t at = 0;
  while (chars-- && at < text.size) na_utf8_next(text, &at);
  return at;
}

static bool is_ascii (na_slice text) {
  for (size_t i = 0; i < text.size; i++)
    if ((unsigned char)text.data[i] >= 0x80) return false;
  return true;
}

na_status na_utf8_append_nfc (na_buffer *out, na_slice text) {
  if (is_ascii(text)) return na_buffer_append(out, text);
  utf8proc_uint8_t *mapped = NULL;
  utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size,
                                       &mapped, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  if (size < 0) return size == UTF8PROC_ERROR_NOMEM ? NA_NOMEM : na_utf8_append_mended(out, text);
  na_status status = na_buffer_append(out, na_slice_of((const char *)mapped, (size_t)size));
  free(mapped);
  return status;
}
