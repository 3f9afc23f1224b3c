/* csrc/base/slice.h -- bytes that somebody else owns: a pointer and a length, never a final NUL. */
#ifndef NA_BASE_SLICE_H
#define NA_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* `data == NULL` means absent; an empty text has `data != NULL` and `size == 0`. */
typedef struct na_slice {
  const char *data;
  size_t size;
} na_slice;

#define NA_NONE          ((na_slice){ NULL, 0 })
#define NA_LITERAL(text) ((na_slice){ (text), sizeof(text) - 1 })

static inline na_slice na_slice_of (const char *data, size_t size) {
  return (na_slice){ data, size };
}

/* The slice of a NUL-terminated string; absent for NULL. */
static inline na_slice na_slice_z (const char *text) {
  return (na_slice){ text, text ? strlen(text) : 0 };
}

static inline bool na_slice_equal (na_slice a, na_slice b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Order of bytes, which for UTF-8 is the order of code points. */
static inline int na_slice_compare (na_slice a, na_slice b) {
  size_t shorter = a.size < b.size ? a.size : b.size;
  int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
  return order ? order : (a.size > b.size) - (a.size < b.size);
}

static inline bool na_slice_starts (na_slice text, na_slice prefix) {
  return text.size >= prefix.size && (prefix.size == 0 || memcmp(text.data, prefix.data, prefix.size) == 0);
}

static inline bool na_slice_ends (na_slice text, na_slice suffix) {
  return text.size >= suffix.size &&
         (suffix.size == 0 || memcmp(text.data + text.size - suffix.size, suffix.data, suffix.size) == 0);
}

/* The part from byte `from` up to, not including, byte `to`. */
static inline na_slice na_slice_part (na_slice text, size_t from, size_t to) {
  return (na_slice){ text.data + from, to - from };
}

static inline bool na_is_space (char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool na_is_digit (char c) {
  return c >= '0' && c <= '9';
}

/* Letters of ASCII. */
static inline bool na_is_upper (char c) {
  return c >= 'A' && c <= 'Z';
}

static inline bool na_is_lower (char c) {
  return c >= 'a' && c <= 'z';
}

static inline bool na_is_letter (char c) {
  return na_is_upper(c) || na_is_lower(c);
}

/* Without ASCII white space at both ends. */
static inline na_slice na_slice_trim (na_slice text) {
  while (text.size && na_is_space(text.data[0])) text.data++, text.size--;
  while (text.size && na_is_space(text.data[text.size - 1])) text.size--;
  return text;
}

/* Index of the first `c` at or after `from`, or `text.size` where there is none. */
static inline size_t na_slice_find (na_slice text, char c, size_t from) {
  const char *hit = from < text.size ? memchr(text.data + from, c, text.size - from) : NULL;
  return hit ? (size_t)(hit - text.data) : text.size;
}

/* Whether `part` is somewhere in the text. */
static inline bool na_slice_holds (na_slice text, na_slice part) {
  for (size_t at = 0; at + part.size <= text.size; at++)
    if (part.size == 0 || memcmp(text.data + at, part.data, part.size) == 0) return true;
  return false;
}

#endif
