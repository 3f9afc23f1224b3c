/* csrc/text/stem.h -- words to their stems, through libstemmer (the Snowball algorithms). */
#ifndef NA_TEXT_STEM_H
#define NA_TEXT_STEM_H

#include "base/slice.h"

/* All zero leaves words as they are: the stemmer of a language without one. Not for two threads at once. */
typedef struct na_stemmer {
  struct sb_stemmer *algorithm;
} na_stemmer;

/* The stemmer for a BCP 47 language; words stay as they are where there is none. */
void na_stemmer_open (na_stemmer *stemmer, na_slice language);
void na_stemmer_close (na_stemmer *stemmer);

/* The stem of a folded word, valid until the next call. A word with digits, or where memory ran out, is its own stem. */
na_slice na_stem (const na_stemmer *stemmer, na_slice word);

#endif
