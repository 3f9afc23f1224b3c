/* csrc/index/phrases.h -- capitalised phrases that recur: likely names where nobody has marked any. */
#ifndef NA_INDEX_PHRASES_H
#define NA_INDEX_PHRASES_H

#include "base/date.h"
#include "base/map.h"
#include "text/fold.h"
#include "text/lookup.h"

#define NA_PHRASE_WORDS 8

/* A phrase of capitalised words, with "of" and its like between them. */
typedef struct na_phrase {
  na_slice text;  /* in the text that was counted */
  uint32_t count; /* where it does not begin a sentence: there any word has a capital */
  uint32_t days;  /* on how many it occurs so */
  uint32_t small; /* of a single word: how often it occurs without a capital */
  na_day first;   /* the first of these days */
  na_day last;    /* counted last */
} na_phrase;

/* All zero is valid and empty. */
typedef struct na_phrases {
  na_fold_table fold;
  na_map numbers;
  na_phrase *items; /* in the order in which they were met */
  size_t count, capacity;
  na_lookup small; /* hash of a word -> how often it occurs without a capital */
} na_phrases;

void na_phrases_free (na_phrases *phrases);

/* Counts the phrases of a text, which must stay where it is. Texts come in order of days. Fails only for want of memory. */
na_status na_phrases_count (na_phrases *phrases, na_slice text, na_day day);

/* Counts a text that is a phrase as a whole: a heading. */
na_status na_phrases_count_whole (na_phrases *phrases, na_slice text, na_day day);

/* Fills `small` of all phrases; to be called when all texts are counted. */
void na_phrases_close (na_phrases *phrases);

#endif
