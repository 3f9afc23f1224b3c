/* csrc/text/fold.h -- characters as names see them: without case, width and diacritics. */
#ifndef NA_TEXT_FOLD_H
#define NA_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NA_FOLD_BYTES 24 /* of one character: the longest compatibility forms are cut there */

typedef enum na_char_kind {
  NA_CHAR_OTHER, /* punctuation and symbols; also what is no character */
  NA_CHAR_BLANK, /* blanks and dashes: they part words, and a run of them counts as one */
  NA_CHAR_WORD,  /* letters and digits of scripts that part words by blanks */
  NA_CHAR_ALONE, /* Chinese, Japanese, Thai, Lao, Khmer, Burmese: every character may begin or end a name */
  NA_CHAR_MARK,  /* belongs to the character before it */
  NA_CHAR_NONE,  /* is not there: zero-width characters, soft hyphens, diacritics, points */
} na_char_kind;

/* One character, folded. */
typedef struct na_folded {
  uint8_t kind; /* na_char_kind */
  bool upper;   /* a capital letter */
  uint8_t size;
  char bytes[NA_FOLD_BYTES]; /* UTF-8; of apostrophes "'", of middle dots U+00B7 */
} na_folded;

/* The forms of the characters that texts are mostly made of, so that folding is a look into a table. */
typedef struct na_fold_table {
  struct na_fold_entry *entries;
} na_fold_table;

/* Fills an empty table. Fails only for want of memory (gives 0). */
int na_fold_open (na_fold_table *table);
void na_fold_close (na_fold_table *table);

/* Folds `c`, a scalar value or NA_UTF8_BAD. */
void na_fold (const na_fold_table *table, uint32_t c, na_folded *folded);

/* The same without a table. */
void na_fold_slowly (uint32_t c, na_folded *folded);

#endif
