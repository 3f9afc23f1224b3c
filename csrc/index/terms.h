/* csrc/index/terms.h -- what stories can be found by: words, names and entities, with their posting lists. */
#ifndef NA_INDEX_TERMS_H
#define NA_INDEX_TERMS_H

#include "index/archive.h"
#include "index/bitmap.h"
#include "index/wording.h"
#include "text/stem.h"

typedef enum na_term_kind {
  NA_TERM_WORD, /* a stem, or a pair of characters */
  NA_TERM_NAME, /* two neighbouring words with capitals inside a sentence, in two stories or more: "gaza strip" */
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

/*
** Words are told apart by how often they have a capital where it says something, in so many steps: a new story hardly moves it.
*/
#define NA_CAPITAL_STEPS 8

/*
** Impacts are looked at in blocks: where the highest of a block cannot bring its stories among the best, none of them is
** looked at.
*/
#define NA_BLOCK_BITS 6

/*
** A list is long, and has a bitmap, where one in so many stories or more is in it: that takes twice the list's memory at most.
*/
#define NA_LONG_SHARE 64

/* The stories that have a term, ascending. */
typedef struct na_term_list {
  const uint32_t *items;
  const uint8_t *impacts; /* beside the items */
  const uint8_t *tops;    /* the highest impact of each block of 2^NA_BLOCK_BITS of them */
  na_bitmap bitmap;       /* where the list is long */
  uint32_t count;
  uint8_t top; /* the highest of all */
} na_term_list;

/* The terms of a story, ascending. */
typedef struct na_story_terms {
  const uint32_t *items;
  const uint8_t *impacts;
  size_t count;
} na_story_terms;

/*
** Terms count from 0: words in order of their first use, names in order of their forms, then the entities in the order of the
** archive. They are read from sections of the archive's file or, where it has none, of an image made here. Lists are unpacked
** when they are first asked for, and stay. All zero is valid and empty. The archive must live as long, unchanged. Not for two
** threads at once, but after na_terms_unpack.
*/
typedef struct na_terms {
  na_archive *archive;
  const na_image *image;
  na_image own; /* where the archive has none */
  na_buffer bytes;
  na_rows forms, rows;
  na_column form_terms, stems, words, names, lengths;
  size_t first_name, first_entity, count;
  size_t settled; /* the first stories, which make the weights of all */
  double average; /* length of one of them */
  na_fold_table fold;
  na_stemmer stemmer;
  na_arena arena;
  na_term_list **lists;   /* of each term; NULL where it is not unpacked */
  uint8_t *usual_impacts; /* of few units in a story of usual length */
  uint8_t *flat;          /* the impacts and the tops of entities: all the same */
  na_postings of_story;   /* story -> terms, after na_terms_unpack */
  uint8_t *of_story_impacts;
  struct na_reading *reading; /* of one story, where there is no `of_story` */
  na_status status;           /* the first failure of a function that does not give one */
} na_terms;

void na_terms_free (na_terms *terms);

/*
** Opens the terms of a sealed archive: those in its file, or else made from its stories, stemmed by the archive's language,
** which is linear in the texts. Fails for want of memory, with NA_LIMIT beyond 2^32 - 2 postings, NA_IO with errno where there
** is no room for a temporary file (spill.h), or NA_BAD where the file is damaged.
*/
na_status na_terms_open (na_terms *terms, na_archive *archive);

/* Unpacks all lists, and what stories have. Linear in the postings. Fails as na_terms_open does. */
na_status na_terms_unpack (na_terms *terms);

/* The stories of a term; empty where memory ran out or the file is damaged, which `status` tells. */
const na_term_list *na_terms_list (na_terms *terms, uint32_t term);

static inline na_posting_list na_stories_of (na_terms *terms, uint32_t term) {
  const na_term_list *list = na_terms_list(terms, term);
  return (na_posting_list){ list->items, list->count };
}

/* How many stories a term has, without unpacking them. */
size_t na_terms_stories (const na_terms *terms, uint32_t term);

/* How many of the settled stories have it. */
size_t na_terms_settled (const na_terms *terms, uint32_t term);

/* The terms of a story, valid until the next call. Empty as na_terms_list is. */
na_story_terms na_terms_of (na_terms *terms, uint32_t story);

/* The term of a word as it is written (folded), or NA_MAP_NONE. */
uint32_t na_terms_word (const na_terms *terms, na_slice word);

/* The term of a folded word, by its form or else by its stem; NA_MAP_NONE where no story has it. */
uint32_t na_terms_word_or_stem (const na_terms *terms, na_slice word);

static inline na_term_kind na_terms_kind (const na_terms *terms, uint32_t term) {
  return term < terms->first_name ? NA_TERM_WORD : term < terms->first_entity ? NA_TERM_NAME : NA_TERM_ENTITY;
}

/* The most used form of a word, folded. */
na_slice na_terms_form (const na_terms *terms, uint32_t word);

/* How often a word has a capital inside sentences, in NA_CAPITAL_STEPS. */
unsigned na_terms_capital (const na_terms *terms, uint32_t word);

/* The two forms of a name; and the word of a form. */
void na_terms_name (const na_terms *terms, uint32_t name, uint32_t forms[2]);

static inline uint32_t na_terms_of_form (const na_terms *terms, size_t form) {
  return na_column_number(&terms->form_terms, form, terms->first_name);
}

/* The stem number `i` of all, in order of code points, valid until the next stem; *word is the word that it has gone into. */
na_slice na_terms_stem (const na_terms *terms, size_t i, uint32_t *word);

/* A term as it stands in a story. */
na_slice na_terms_shown (const na_terms *terms, uint32_t term);

/*
** How many of `count` stories, the first ones, are counted for what weighs words. It stays while an archive grows by a
** generation, which is a 64th to a 128th of it (every story where there are fewer than 128): until then what is added behind
** moves no weight, so old lists change only where something better came.
*/
size_t na_settled (size_t count);

/* `value` rounded to quarters of a power of two, so that what is made of it moves rarely as an archive grows. */
double na_coarse (double value);

/* ---- how terms are stored ---- */

/*
** The row of a word or a name: one byte, its capital in steps; how it is shown, the size and the text, nothing where that is
** its form; the number of stories, and how many of them are not settled; of a word, `together`; of each story the distance from
** the one before (of the first from -1), doubled, and one more where it does not have NA_TITLE_UNITS: then one byte more with
** its units.
*/
typedef struct na_term_row {
  unsigned capital;
  na_slice shown; /* empty: its form */
  size_t count, settled;
  size_t
      together; /* settled stories of the commonest name that the word is in; 0 where there is none of three or more */
  na_cursor stories;
} na_term_row;

na_term_row na_terms_row (const na_terms *terms, uint32_t term);

static inline unsigned na_terms_capital_of (const na_term_row *row) {
  return row->capital < NA_CAPITAL_STEPS ? row->capital : NA_CAPITAL_STEPS;
}

#define NA_UNITS_MAX UINT8_MAX

/*
** Makes the sections of terms from the stories and writes them. Memory grows with the vocabulary, not with the postings
** (uses.h, runs.h). Fails as na_terms_open and na_image_append do.
*/
na_status na_terms_write (na_image_writer *image, const na_archive *archive, double *average);

#endif
