/* csrc/search/index.h -- what searching needs beside an archive's terms. */
#ifndef NA_SEARCH_INDEX_H
#define NA_SEARCH_INDEX_H

#include "index/facet.h"
#include "index/terms.h"
#include "search/query.h"

/*
** All zero is valid and empty. The archive and its terms must live as long. Not for two threads at once: lists are unpacked
** when they are asked for, and what a query gathers uses memory of the index.
*/
typedef struct na_search_index {
  const na_archive *archive;
  na_terms *terms;
  na_image own; /* the facets, where the archive's file has none */
  na_buffer bytes;
  na_facet facets[NA_CLAUSE_FIELDS]; /* in the order of na_clause_kind */
  na_arena story;                    /* the one that is being looked into */
  uint8_t *marks;                    /* of each story; 0 between uses */
  uint32_t *counts;                  /* of each value of the largest facet; 0 between uses */
  na_status status;                  /* the first failure of a function that does not give one */
} na_search_index;

void na_search_index_free (na_search_index *index);

/*
** Takes the facets from the archive's file, or makes them: O(n log n) in the names. Fails for want of memory, with NA_LIMIT
** beyond 2^32 - 2 values, or NA_BAD where the file is damaged.
*/
na_status na_search_index_open (na_search_index *index, const na_archive *archive, na_terms *terms);

static inline const na_facet *na_search_facet (const na_search_index *index, na_clause_kind kind) {
  return &index->facets[kind - NA_CLAUSE_ENTITY];
}

/* The title, the description and the body of a story, valid until the next call; empty where they cannot be read. */
void na_search_texts (na_search_index *index, uint32_t story, na_slice texts[NA_STORY_TEXTS]);

/* The first failure of the index or its terms. */
static inline na_status na_search_status (const na_search_index *index) {
  if (na_archive_is_damaged(index->archive)) return NA_BAD;
  return index->status != NA_OK ? index->status : index->terms->status;
}

#endif
