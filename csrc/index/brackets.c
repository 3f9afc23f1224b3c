#include "index/brackets.h"

#define LETTERS_MIN 2 /* of an abbreviation */
#define LETTERS_MAX 10
#define LONG_BYTES  160 /* what an abbreviation is short for: so far back is looked */

static bool is_capital (char c) {
  return (unsigned)c - 'A' < 26;
}

/* The capitals in brackets that open at byte `open`; empty where there is something else. */
static na_slice letters_at (na_slice text, size_t open) {
  size_t end = open + 1;
  while (end < text.size && end <= open + LETTERS_MAX && is_capital(text.data[end])) end++;
  bool closed = end < text.size && text.data[end] == ')';
  return na_slice_part(text, open + 1, closed && end > open + LETTERS_MIN ? end : open + 1);
}

/* Words without a letter in an abbreviation. */
static bool is_small (na_slice word) {
  static const char *const words[] = { "of", "for", "and", "the", "de", "on", "in", "to", "&", NULL };
  for (const char *const *small = words; *small; small++)
    if (na_slice_equal(word, na_slice_z(*small))) return true;
  return false;
}

/* What stands before byte `end` and begins with these letters, word by word; empty where it does not. */
static na_slice spelled_out (na_slice text, size_t end, na_slice letters) {
  size_t left = letters.size, least = end > LONG_BYTES ? end - LONG_BYTES : 0;
  for (size_t stop = end, start = end; left > 0; stop = start > least ? start - 1 : least) {
    start = stop;
    while (start > least && text.data[start - 1] != ' ' && text.data[start - 1] != '-') start--;
    if (start == stop) break;
    if (text.data[start] == letters.data[left - 1]) {
      if (--left == 0) return na_slice_part(text, start, end);
    } else if (left == letters.size || !is_small(na_slice_part(text, start, stop))) {
      break;
    }
  }
  return (na_slice){ 0 };
}

na_status na_brackets_count (na_phrases *phrases, na_slice text, na_day day) {
  for (size_t open = na_slice_find(text, '(', 0); open < text.size;
       open = na_slice_find(text, '(', open + 1)) {
    na_slice letters = letters_at(text, open);
    if (letters.size == 0 || open == 0 || text.data[open - 1] != ' ') continue;
    na_slice name = spelled_out(text, open - 1, letters);
    if (name.size) NA_TRY(na_phrases_count_link(phrases, letters, name, day));
  }
  return NA_OK;
}
