/* csrc/search/facet.h -- the entities, sources, topics or categories of all stories, to be found by name and counted. */
#ifndef NA_SEARCH_FACET_H
#define NA_SEARCH_FACET_H

#include "base/buffer.h"
#include "index/archive.h"
#include "search/query.h"
#include "text/fold.h"

/*
** The values of one facet in order of code points, numbered from 0. A key is a name's folded words between blanks, by which
** it is found however it is written; of a name without words, the name. All zero is valid and empty.
*/
typedef struct na_facet {
  na_slice *names; /* texts belong to the archive */
  na_slice *keys;
  size_t count;
  na_map by_key;       /* key -> the first value that has it */
  na_postings values;  /* story -> its values, ascending, none twice */
  na_postings stories; /* value -> its stories, ascending */
} na_facet;

void na_facet_free (na_facet *facet);

/*
** Makes the facet of a sealed archive that `kind` names (NA_CLAUSE_ENTITY and the following). Keys go into `arena`.
** O(n log n) in the names. Fails for want of memory, or with NA_LIMIT beyond 2^32 - 2 values in all stories together.
*/
na_status na_facet_build (na_facet *facet, const na_archive *archive, na_clause_kind kind,
                          const na_fold_table *fold, na_arena *arena);

/* Replaces what is in `key` by the key of a name. Fails only for want of memory. */
na_status na_facet_key (na_buffer *key, const na_fold_table *fold, na_slice name);

/*
** The next value from `from` on whose key is `key`, or, where `part`, has it among its words; facet->count where there is
** none.
*/
size_t na_facet_find (const na_facet *facet, na_slice key, bool part, size_t from);

#endif
