/* csrc/index/looks.h -- names that nobody has told of: phrases of capitalised words, beside the known names. */
#ifndef NA_INDEX_LOOKS_H
#define NA_INDEX_LOOKS_H

#include "text/names.h"

/* What a known name is to the phrase that it stands in. */
typedef enum na_looks_kind {
  NA_LOOKS_NAME,      /* one that may be a part of a longer name: "Sudan" */
  NA_LOOKS_ALIAS,     /* one that stands for another, and is no part of a longer name */
  NA_LOOKS_ADJECTIVE, /* one of these that stands before other words: "Sudanese" */
  NA_LOOKS_SILENT,    /* no name, and no part of one: "President" */
  NA_LOOKS_WORD,      /* any word, and no name where it begins a sentence: "Fire" */
} na_looks_kind;

/* The known names, as `self` has them. */
typedef struct na_looks_names {
  const na_fold_table *fold;
  const void *self;
  na_looks_kind (*kind)(const void *self, uint32_t name);
  bool (*ordinary)(const void *self,
                   uint64_t hash); /* whether texts have the word without a capital, too: "Court" */
} na_looks_names;

/* What is used anew for every text. All zero is valid and empty. */
typedef struct na_looks {
  na_spans found, merged;
} na_looks;

void na_looks_free (na_looks *looks);

/*
** Adds to `spans`, which na_names_match has filled for `text`, the phrases of capitalised words that look like names (their
** `name` is NA_LOOKUP_NONE), and takes out the known names that lie within these, and adjectives that belong to what follows.
** Spans stay in order. Takes time in proportion to the text. Fails only for want of memory.
*/
na_status na_looks_add (na_looks *looks, const na_looks_names *names, na_slice text, na_spans *spans);

#endif
