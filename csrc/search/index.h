/* csrc/search/index.h -- what searching needs beside an archive's terms. */
#ifndef NA_SEARCH_INDEX_H
#define NA_SEARCH_INDEX_H

#include "index/terms.h"
#include "search/facet.h"
#include "text/stem.h"

/*
** Impacts are looked at in blocks: where the highest impact of a block cannot bring its stories among the best, none of them
** is looked at. Blocks are cut through all lists together; one that holds the end of a list and the begin of the next has the
** highest of both, which is still a bound.
*/
#define NA_BLOCK_BITS 6

/*
** All zero is valid and empty. The archive and its terms must live as long. Not for two threads at once: stemming and
** what a query gathers use memory of the index.
*/
typedef struct na_search_index {
  const na_archive *archive;
  const na_terms *terms;
  na_arena arena;
  na_fold_table fold;
  na_stemmer stemmer;
  na_facet facets[NA_CLAUSE_FIELDS]; /* in the order of na_clause_kind */
  uint32_t *forms;                   /* the forms of the terms in order of code points */
  uint8_t *tops;                     /* the highest impact of each term's list */
  uint8_t *block_tops;               /* of each block of the impacts */
  uint8_t *marks;                    /* of each story; 0 between uses */
  uint32_t *counts;                  /* of each value of the largest facet; 0 between uses */
} na_search_index;

void na_search_index_free (na_search_index *index);

/* Linear in postings, O(n log n) in words and names. Fails for want of memory, or with NA_LIMIT as na_facet_build does. */
na_status na_search_index_build (na_search_index *index, const na_archive *archive, const na_terms *terms,
                                 na_slice language);

static inline const na_facet *na_search_facet (const na_search_index *index, na_clause_kind kind) {
  return &index->facets[kind - NA_CLAUSE_ENTITY];
}

/* The term of a folded word, by its form or else by its stem; NA_MAP_NONE where no story has it. */
uint32_t na_search_term (const na_search_index *index, na_slice word);

/* The first place in `index->forms` whose text is at least `text`. */
size_t na_search_form (const na_search_index *index, na_slice text);

/* The text of the form at that place. */
static inline na_slice na_search_form_text (const na_search_index *index, size_t place) {
  return index->terms->forms[index->forms[place]].text;
}

#endif
