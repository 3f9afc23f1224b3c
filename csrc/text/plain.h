/* csrc/text/plain.h -- sixteen bytes at a time: which are ASCII letters and digits, and which are beyond ASCII. */
#ifndef NA_TEXT_PLAIN_H
#define NA_TEXT_PLAIN_H

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/slice.h"

#define NA_SIXTEEN 16

/* Eight bytes as a number, the first lowest. */
static inline uint64_t na_eight_at (const char *bytes) {
  uint64_t eight;
  memcpy(&eight, bytes, sizeof eight);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  eight = __builtin_bswap64(eight);
#endif
  return eight;
}

/* The sixteen bytes at `at`: those of the text or, near its end, a copy in `room` with zeros behind it. */
static inline const char *na_sixteen_of (na_slice text, size_t at, char room[NA_SIXTEEN]) {
  if (at + NA_SIXTEEN <= text.size) return text.data + at;
  memset(room, 0, NA_SIXTEEN);
  if (at < text.size) memcpy(room, text.data + at, text.size - at);
  return room;
}

/* Bit i tells of byte i. */
typedef struct na_sixteen {
  unsigned plain, high; /* an ASCII letter or digit; beyond ASCII */
} na_sixteen;

#ifdef __SSE2__

/* Which of sixteen bytes lie between `first` and `first + count - 1`. */
static inline unsigned na_sixteen_within (__m128i bytes, char first, char count) {
  __m128i moved =
      _mm_sub_epi8(bytes, _mm_set1_epi8((char)(first - 128))); /* so that `first` is the least number */
  return (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(moved, _mm_set1_epi8((char)(count - 128))));
}

static inline na_sixteen na_sixteen_at (const char *bytes) {
  __m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)bytes);
  __m128i lower = _mm_or_si128(sixteen, _mm_set1_epi8(0x20));
  return (na_sixteen){ na_sixteen_within(lower, 'a', 26) | na_sixteen_within(sixteen, '0', 10),
                       (unsigned)_mm_movemask_epi8(sixteen) };
}

#else

/* The highest bit of every byte of eight that is an ASCII letter or digit. */
static inline uint64_t na_eight_plain (uint64_t eight) {
  const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
  uint64_t letter7 = (eight | ones << 5) & ~tops, digit7 = eight & ~tops;
  uint64_t letter = (letter7 + (0x80 - 'a') * ones) & ~(letter7 + (0x7F - 'z') * ones);
  uint64_t digit = (digit7 + (0x80 - '0') * ones) & ~(digit7 + (0x7F - '9') * ones);
  return (letter | digit) & ~eight & tops;
}

/* Gathers the highest bits of eight bytes into one byte. */
static inline unsigned na_eight_tops (uint64_t eight) {
  return (unsigned)((eight >> 7 & 0x0101010101010101u) * 0x0102040810204080u >> 56);
}

static inline na_sixteen na_sixteen_at (const char *bytes) {
  uint64_t low = na_eight_at(bytes), high = na_eight_at(bytes + 8);
  return (na_sixteen){ na_eight_tops(na_eight_plain(low)) | na_eight_tops(na_eight_plain(high)) << 8,
                       na_eight_tops(low) | na_eight_tops(high) << 8 };
}

#endif

#endif
