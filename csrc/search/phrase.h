/* csrc/search/phrase.h -- words one behind the other: looked for in the texts themselves, since no list has places. */
#ifndef NA_SEARCH_PHRASE_H
#define NA_SEARCH_PHRASE_H

#include "search/index.h"

#define NA_PHRASE_WORDS_MAX 64 /* of a longer quotation the first ones are looked for */

/* One place of a phrase: a term; or a single character of a script without blanks, found in any pair that has it. */
typedef struct na_phrase_word {
  uint32_t term; /* NA_MAP_NONE for a character */
  na_slice text;
} na_phrase_word;

typedef struct na_phrase {
  na_phrase_word *words;
  size_t count;
  bool negated;
} na_phrase;

/* Whether the title, the description or the body of a story has the phrase. Linear in the texts. */
bool na_phrase_in (na_search_index *index, const na_phrase *phrase, uint32_t story);

#endif
