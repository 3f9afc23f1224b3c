/* csrc/text/piece.h -- a text in the pieces that names are made of: words, characters of scripts without blanks, signs. */
#ifndef NA_TEXT_PIECE_H
#define NA_TEXT_PIECE_H

#include "text/fold.h"
#include "text/plain.h"

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

/*
** The same for the first `count` of sixteen ASCII letters and digits, of any case; count is 1 to 16. Both halves are
** always worked out: a branch on the length of a word is one that no processor foresees.
*/
static inline uint64_t na_piece_mix_plain (uint64_t hash, const char *bytes, unsigned count) {
  const uint64_t lower = 0x2020202020202020u;
  unsigned rest = count > 8 ? count - 8 : 0, first = count - rest;
  uint64_t one = na_piece_mix(hash, (na_eight_at(bytes) | lower) & UINT64_MAX >> (64 - 8 * first));
  uint64_t two = na_piece_mix(one, (na_eight_at(bytes + 8) | lower) & ~(UINT64_MAX << 4 * rest << 4 * rest));
  return rest ? two : one;
}

/* Reads the word that `bytes`, the sixteen at `from`, begin with; false where it is longer or goes on beyond ASCII. */
static inline bool na_piece_plain_word (const char *bytes, size_t from, na_piece *piece) {
  unsigned count = (unsigned)__builtin_ctz(~na_sixteen_at(bytes).plain);
  if (count == 0 || count == NA_SIXTEEN || (unsigned char)bytes[count] >= 0x80) return false;
  piece->start = from;
  piece->end = from + count;
  piece->hash = na_piece_mix_plain(NA_PIECE_SEED, bytes, count);
  piece->kind = NA_PIECE_WORD;
  piece->upper = (unsigned char)(bytes[0] - 'A') < 26;
  return true;
}

/* The word that starts at byte `from` with a letter or digit, of any script that has words. */
static inline void na_piece_word (const na_fold_table *table, na_slice text, size_t from, na_piece *piece) {
  if (from + NA_SIXTEEN > text.size || !na_piece_plain_word(text.data + from, from, piece))
    na_piece_any_word(table, text, from, piece);
}

#endif
