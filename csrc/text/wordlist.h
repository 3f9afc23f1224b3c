/* csrc/text/wordlist.h -- short lists of words that the code knows. */
#ifndef NA_TEXT_WORDLIST_H
#define NA_TEXT_WORDLIST_H

#include "base/slice.h"

/* As na_slice_compare, without calls: the words are short. */
static inline int na_word_compare (const char *known, na_slice word) {
  size_t i = 0;
  while (i < word.size && known[i] && known[i] == word.data[i]) i++;
  if (i == word.size) return known[i] != '\0';
  return (unsigned char)known[i] > (unsigned char)word.data[i] ? 1 : -1;
}

/* Is `word` one of `count` words, sorted by byte? Costs a binary search. */
static inline bool na_words_have (const char *const *words, size_t count, na_slice word) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = na_word_compare(words[middle], word);
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
