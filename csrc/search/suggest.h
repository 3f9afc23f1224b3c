/* csrc/search/suggest.h -- "did you mean": the archive's own words that are written nearly so. */
#ifndef NA_SEARCH_SUGGEST_H
#define NA_SEARCH_SUGGEST_H

#include "search/index.h"

/* A slip of the hand: a letter too many, missing, wrong, or two in each other's place. Short words allow one, longer two. */
#define NA_SUGGEST_ONE_UP_TO 4 /* characters */
#define NA_SUGGEST_SLIPS_MAX 2

#define NA_SUGGEST_CHARS_MAX 48 /* of a word; a longer one has no neighbours worth asking for */

/*
** The word nearest to `word` (one folded word): by fewest slips, then most stories, then order of code points; absent where
** there is none, and for numbers and pairs of characters. It belongs to the terms. Linear in the archive's words.
*/
na_slice na_suggest (const na_search_index *index, na_slice word);

#endif
