/* csrc/index/looks.h -- names that nobody has told of: phrases of capitalised words, beside the known names. */
#ifndef NA_INDEX_LOOKS_H
#define NA_INDEX_LOOKS_H

#include "text/names.h"

/* What a known name is to the phrase that it stands in. */
typedef enum na_looks_kind {
  NA_LOOKS_NAME,      /* one that may be a part of a longer name: "Sudan" */
  NA_LOOKS_ADJECTIVE, /* one that stands before a name and is no part of it: "Sudanese" */
  NA_LOOKS_SILENT,    /* no name, and no part of one: "President" */
  NA_LOOKS_WORD,      /* any word, and no name where it begins a sentence: "Fire" */
} na_looks_kind;

/* Tells what the known name of this number is. */
typedef na_looks_kind na_looks_ask (const void *self, uint32_t name);

/* What is used anew for every text. All zero is valid and empty. */
typedef struct na_looks {
  na_spans found, merged;
} na_looks;

void na_looks_free (na_looks *looks);

/*
** Adds to `spans`, which na_names_match has filled for `text`, the phrases of two and more capitalised words that look like
** names (their `name` is NA_LOOKUP_NONE), and takes out the known names that lie within these. Spans stay in order.
** Fails only for want of memory.
*/
na_status na_looks_add (na_looks *looks, const na_fold_table *fold, na_slice text, na_looks_ask *ask,
                        const void *self, na_spans *spans);

#endif
