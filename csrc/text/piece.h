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
void na_piece_next (const na_fold_table *table, na_slice text, size_t from, na_piece_kind before, na_piece *piece);

/* The word that starts at byte `from` with a letter or digit, of any script that has words. */
void na_piece_word (const na_fold_table *table, na_slice text, size_t from, na_piece *piece);

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
  if (text.size - at >= 8) memcpy(&eight, text.data + at, 8);
  else if (text.size > at) memcpy(&eight, text.data + at, text.size - at);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  eight = __builtin_bswap64(eight);
#endif
  return eight;
}

/* How many of eight bytes, from the lowest, are ASCII letters or digits; *folded has these in lower case, then zeros. */
static inline unsigned na_piece_run (uint64_t eight, uint64_t *folded) {
  const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
  uint64_t lower = eight | ones << 5, letter7 = lower & ~tops, digit7 = eight & ~tops;
  uint64_t letter = (letter7 + (0x80 - 'a') * ones) & ~(letter7 + (0x7F - 'z') * ones);
  uint64_t digit = (digit7 + (0x80 - '0') * ones) & ~(digit7 + (0x7F - '9') * ones);
  uint64_t other = ~((letter | digit) & ~eight) & tops;
  if (!other) {
    *folded = lower;
    return 8;
  }
  unsigned count = (unsigned)__builtin_ctzll(other) / 8;
  *folded = lower & (((uint64_t)1 << 8 * count) - 1);
  return count;
}

#endif
