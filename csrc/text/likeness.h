/* csrc/text/likeness.h -- how alike two texts are, by the words that they share. */
#ifndef NA_TEXT_LIKENESS_H
#define NA_TEXT_LIKENESS_H

#include "base/arena.h"
#include "text/fold.h"

/* Words: a headline has some 25, and the beginning of an article tells it apart. */
#define NA_WORD_SET_MAX 256

/* The words of a text as the tokeniser gives them (pairs of characters in Chinese): sorted and unique hashes. */
typedef struct na_word_set {
  uint32_t *hashes;
  size_t count;
} na_word_set;

/* The set of the first NA_WORD_SET_MAX words of `text`, in `arena`. Fails only for want of memory. */
na_status na_word_set_of (na_arena *arena, const na_fold_table *fold, na_slice text, na_word_set *set);

/* Twice the words that both have over the words of one and the other (Dice): 0 to 1, and 0 where one has none. */
double na_word_likeness (na_word_set a, na_word_set b);

#endif
