/* csrc/text/piece.h -- a text in the pieces that names are made of: words, characters of scripts without blanks, signs. */
#ifndef NA_TEXT_PIECE_H
#define NA_TEXT_PIECE_H

#include "base/slice.h"
#include "text/fold.h"

typedef enum na_piece_kind {
  NA_PIECE_END,  /* no more */
  NA_PIECE_WORD, /* a run of letters and digits */
  NA_PIECE_CHAR, /* one character of a script without blanks, with its marks */
  NA_PIECE_SIGN, /* one sign of punctuation */
  NA_PIECE_GAP,  /* blanks between two such characters; elsewhere blanks only part what they stand between */
} na_piece_kind;

/*
** A piece of a text: its bytes, and a number that stands for it as it is folded. That two different pieces have the same
** number is possible, and no more likely than for two numbers of 64 bits drawn by lot.
*/
typedef struct na_piece {
  size_t start, end;
  uint64_t hash;
  uint8_t kind; /* na_piece_kind */
  bool upper;   /* begins with a capital letter */
} na_piece;

/* The piece at or after byte `from`; `before` is the kind of the piece that ends there, or NA_PIECE_END. */
void na_piece_next (const na_fold_table *table, na_slice text, size_t from, na_piece_kind before,
                    na_piece *piece);

/* The word that starts at byte `from` with a letter or digit, of any script that has words; na_piece_word is the quick way. */
void na_piece_any_word (const na_fold_table *table, na_slice text, size_t from, na_piece *piece);

/* Which of the first 64 characters of a piece are capitals, bit 0 for the first, and how many characters it has. */
typedef struct na_capitals {
  uint64_t bits;
  size_t letters, upper; /* letters (not digits), capitals */
} na_capitals;

/* What the capitals of a word in a name ask of a text: 2 all capitals, 1 a capital at the beginning, 0 nothing. */
static inline uint64_t na_capitals_demand (na_capitals capitals) {
  return capitals.letters > 1 && capitals.upper == capitals.letters ? 2 : capitals.bits & 1;
}

na_capitals na_piece_capitals (const na_fold_table *table, na_slice text, const na_piece *piece);

/* ---- the path of words in ASCII, inlined because nearly all time goes there ---- */

#define NA_PIECE_SEED 0x2545F4914F6CDD1Du

/* Takes up to eight folded bytes, the first lowest, into a hash. */
static inline uint64_t na_piece_mix (uint64_t hash, uint64_t eight) {
  hash = (hash ^ eight) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 32;
}

/* The eight bytes at `at`, the first lowest; zeros behind the end. */
static inline uint64_t na_piece_load (na_slice text, size_t at) {
  uint64_t eight = 0;
  if (at + 8 <= text.size)
    memcpy(&eight, text.data + at, 8);
  else if (at < text.size)
    memcpy(&eight, text.data + at, text.size - at);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  eight = __builtin_bswap64(eight);
#endif
  return eight;
}

/* The highest bit of every byte of eight that is an ASCII letter or digit. */
static inline uint64_t na_piece_plain (uint64_t eight) {
  const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
  uint64_t letter7 = (eight | ones << 5) & ~tops, digit7 = eight & ~tops;
  uint64_t letter = (letter7 + (0x80 - 'a') * ones) & ~(letter7 + (0x7F - 'z') * ones);
  uint64_t digit = (digit7 + (0x80 - '0') * ones) & ~(digit7 + (0x7F - '9') * ones);
  return (letter | digit) & ~eight & tops;
}

/* The word that starts at byte `from` with a letter or digit, of any script that has words. */
static inline void na_piece_word (const na_fold_table *table, na_slice text, size_t from, na_piece *piece) {
  const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
  uint64_t hash = NA_PIECE_SEED, other;
  size_t at = from;
  do {
    uint64_t eight = na_piece_load(text, at), lower = eight | ones << 5;
    other = na_piece_plain(eight) ^ tops;
    unsigned count = other ? (unsigned)__builtin_ctzll(other) / 8 : 8;
    if (other) lower &= ((uint64_t)1 << 8 * count) - 1;
    if (count) hash = na_piece_mix(hash, lower);
    at += count;
  } while (!other);
  if (at < text.size && (unsigned char)text.data[at] >= 0x80) {
    na_piece_any_word(table, text, from, piece);
    return;
  }
  piece->start = from;
  piece->end = at;
  piece->hash = hash;
  piece->kind = NA_PIECE_WORD;
  piece->upper = (unsigned char)(text.data[from] - 'A') < 26;
}

#endif
