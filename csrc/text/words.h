/* csrc/text/words.h -- the one tokeniser: of the index, of queries and of relations. */
#ifndef NA_TEXT_WORDS_H
#define NA_TEXT_WORDS_H

#include "base/buffer.h"
#include "text/fold.h"

#define NA_WORD_BYTES 96 /* a longer word is cut there: it is no word of a language */

/* One word of a text. */
typedef struct na_word {
  na_slice text; /* folded: no case, width or diacritics; valid until the next word. Absent behind the last */
  size_t first, last; /* where it stands in the text: bytes [first, last) */
  bool upper;         /* begins with a capital letter */
  bool opens;         /* the first of a sentence: its capital says nothing */
  bool adjacent;      /* nothing but one blank between it and the word before */
  bool pair;          /* two characters of a script without blanks */
} na_word;

/*
** Walks over the words of a text. Scripts with blanks give their words: runs of letters and digits; an apostrophe inside
** belongs to the word, "'s" at its end does not; '.' and ',' between digits join ("7.5", "1,000" as "1000");
** initials are one word ("U.S." as "us", "J. K." as "j", "k") and end no sentence. Scripts without blanks (Chinese, Japanese,
** Thai ...) give every pair of neighbouring characters, or the one where it stands alone.
*/
typedef struct na_words {
  const na_fold_table *fold;
  na_slice text;
  size_t at, behind; /* the next byte to look at; the end of the last word */
  bool opens, started;
  char bytes[NA_WORD_BYTES];
} na_words;

void na_words_begin (na_words *words, const na_fold_table *fold, na_slice text);

/* The next word; false where there is none. Needs no memory of its own. */
bool na_words_next (na_words *words, na_word *word);

#endif
