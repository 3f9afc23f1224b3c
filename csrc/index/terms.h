/* csrc/index/terms.h -- what stories can be found by: words, names and entities, with posting lists both ways. */
#ifndef NA_INDEX_TERMS_H
#define NA_INDEX_TERMS_H

#include "index/archive.h"
#include "index/kin.h"

typedef enum na_term_kind {
  NA_TERM_WORD,   /* a stem, or a pair of characters */
  NA_TERM_NAME,   /* two neighbouring words with capitals inside a sentence: "gaza strip" */
  NA_TERM_ENTITY, /* of a story's context */
} na_term_kind;

/*
** An impact says how much a story is about a term, in steps of 1 / NA_IMPACT_ONE: 1 for a word that stands once in the
** title of a story of average length. One byte is enough: judged relations are as good as with floats.
*/
#define NA_IMPACT_ONE 128

/* BM25: how soon a repeated word says no more, and how much longer stories are held back. Flat near the optimum. */
#define NA_IMPACT_SATURATION 0.6
#define NA_IMPACT_LENGTH     0.75

/* A word of the title counts as two of the description or the body. */
#define NA_TITLE_UNITS 2

/* Words of a story beyond these are not looked at: no story is about what stands there first. */
#define NA_TERMS_WORDS_MAX 4096

typedef struct na_term {
  na_slice text;  /* its most used form, folded */
  na_slice shown; /* the same as it stands in a story */
  uint32_t uses;  /* inside sentences, where a capital says something */
  uint32_t upper; /* how many of them had a capital */
  uint32_t most;  /* uses of the most used form */
  uint8_t kind;   /* na_term_kind */
} na_term;

/*
** Terms count from 0: words and names in order of their first use, then the entities in the order of the archive.
** All zero is valid and empty. Texts of entities, and what is shown, belong to the archive.
*/
typedef struct na_terms {
  na_arena arena;
  na_map words, names, stems; /* unstemmed word -> form, name -> term, stem -> its first form */
  na_form *forms;
  size_t form_count;
  na_term *items;
  size_t count, first_entity, settled; /* settled: the first stories, which make the weights of all */
  na_postings of_story;                /* story -> terms, ascending */
  na_postings stories;                 /* term -> stories, ascending */
  uint8_t *of_story_impacts, *impacts; /* beside the items of both */
} na_terms;

void na_terms_free (na_terms *terms);

/*
** Makes the index of a sealed archive, stemming by `language` (BCP 47). Linear in the texts: every different word is
** stemmed once. Fails for want of memory, or with NA_LIMIT beyond 2^32 - 2 postings.
*/
na_status na_terms_build (na_terms *terms, const na_archive *archive, na_slice language);

/* The term of a word as it is written (folded), or NA_MAP_NONE. */
static inline uint32_t na_terms_word (const na_terms *terms, na_slice word) {
  uint32_t form = na_map_get(&terms->words, word);
  return form == NA_MAP_NONE ? NA_MAP_NONE : terms->forms[form].term;
}

/*
** How many of `count` stories, the first ones, are counted for what weighs words. It stays while an archive grows by a
** generation, which is a 64th to a 128th of it (every story where there are fewer than 128): until then what is added behind
** moves no weight, so old lists change only where something better came.
*/
size_t na_settled (size_t count);

/* `value` rounded to quarters of a power of two, so that what is made of it moves rarely as an archive grows. */
double na_coarse (double value);

#endif
