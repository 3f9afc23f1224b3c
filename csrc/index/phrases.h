/* csrc/index/phrases.h -- capitalised phrases that recur: likely names where nobody has marked any. */
#ifndef NA_INDEX_PHRASES_H
#define NA_INDEX_PHRASES_H

#include "base/arena.h"
#include "base/date.h"
#include "base/map.h"
#include "text/lookup.h"
#include "text/piece.h"

#define NA_PHRASE_WORDS 8

/* Where a phrase of capitalised words stands, with "of" and its like between them. */
typedef struct na_phrase_place {
  size_t first, end; /* bytes */
  bool starts;       /* it begins a sentence, where any word has a capital */
} na_phrase_place;

/* What reading a text meets, in order; `self` is the reader's own. */
typedef struct na_phrase_visitor {
  void *self;
  na_status (*phrase)(void *self, const na_phrase_place *place);
  na_status (*word)(void *self, const na_piece *word, bool starts); /* no number; NULL where nobody asks */
} na_phrase_visitor;

/* Calls the visitor for the phrases of `text` (any bytes) and for its words. Fails as the visitor does. */
na_status na_phrases_read (const na_fold_table *fold, na_slice text, const na_phrase_visitor *visitor);

/* A phrase, and how often it occurs. */
typedef struct na_phrase {
  na_slice text;    /* in the text that was counted */
  uint32_t count;   /* where it does not begin a sentence */
  uint32_t starts;  /* where it does */
  uint32_t signs;   /* of `count`: where a sign stands right behind it, or nothing */
  uint32_t days;    /* on how many it occurs */
  uint32_t small;   /* how often its first word occurs without a capital */
  uint32_t capital; /* how often its first word has one where it does not begin a sentence */
  na_day first;     /* the first of these days */
  na_day last;      /* counted last */
} na_phrase;

/* All zero is valid and empty. */
typedef struct na_phrases {
  na_arena arena; /* of texts that are made */
  na_fold_table fold;
  na_map numbers;
  na_phrase *items; /* in the order in which they were met */
  size_t count, capacity;
  na_lookup small,
      capital; /* hash of a word -> how often it occurs without a capital, and with one inside a sentence */
} na_phrases;

void na_phrases_free (na_phrases *phrases);

/* Counts the phrases of a text, which must stay where it is. Texts come in order of days. Fails only for want of memory. */
na_status na_phrases_count (na_phrases *phrases, na_slice text, na_day day);

/* Counts a text that is a phrase as a whole: a heading. */
na_status na_phrases_count_whole (na_phrases *phrases, na_slice text, na_day day);

/* Counts a link: its label, a tab, and what it leads to. Nothing has to stay where it is. */
na_status na_phrases_count_link (na_phrases *phrases, na_slice label, na_slice target, na_day day);

/* Fills `small` and `capital` of all phrases; to be called when all texts are counted. */
void na_phrases_close (na_phrases *phrases);

#endif
