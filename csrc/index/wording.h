/* csrc/index/wording.h -- what a story says, word by word: for the index, and for whoever asks it about one story. */
#ifndef NA_INDEX_WORDING_H
#define NA_INDEX_WORDING_H

#include "parse/story.h"
#include "text/words.h"

/* A word of the title counts as two of the description or the body. */
#define NA_TITLE_UNITS 2

/* Words of a story beyond these are not looked at: no story is about what stands there first. */
#define NA_STORY_WORDS_MAX 4096

#define NA_STORY_TEXTS 3 /* title, description, body: in this order */

/* Walks over the words of a story's texts. */
typedef struct na_wording {
  const na_fold_table *fold;
  na_slice texts[NA_STORY_TEXTS];
  na_words words;
  size_t part, left;
  size_t first_of_last; /* where the word before stands in its text */
  bool last_is_capital;
} na_wording;

/* One word. */
typedef struct na_wording_word {
  na_word word;
  na_slice text;  /* in which it stands */
  uint32_t units; /* that it counts */
  bool ends_name; /* the word before and this one, both with capitals, are a name: "Gaza Strip" */
  size_t name_first;
} na_wording_word;

/* The story's texts must stay where they are. */
void na_wording_begin (na_wording *wording, const na_fold_table *fold, const na_story *story);

/* The next word; false where there is none. */
bool na_wording_next (na_wording *wording, na_wording_word *next);

/* Bytes [first, last) of a text without the possessive at their end: as a word or a name is shown. */
na_slice na_wording_shown (na_slice text, size_t first, size_t last);

#endif
