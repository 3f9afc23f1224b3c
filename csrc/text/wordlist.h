/* csrc/text/wordlist.h -- short lists of words that the code knows. */
#ifndef NA_TEXT_WORDLIST_H
#define NA_TEXT_WORDLIST_H

#include "base/slice.h"

/* Is `word` one of `count` words, sorted by byte? Costs a binary search. */
static inline bool na_words_have (const char *const *words, size_t count, na_slice word) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = na_slice_compare(na_slice_z(words[middle]), word);
    if (order == 0) return true;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

/* The same of an array whose size is known where it is named. */
#define NA_WORDS_HAVE(words, word) na_words_have((words), sizeof(words) / sizeof *(words), (word))

#endif
