/* csrc/index/facet.h -- the entities, sources, topics or categories of all stories, to be found by name and counted. */
#ifndef NA_INDEX_FACET_H
#define NA_INDEX_FACET_H

#include "index/archive.h"
#include "text/fold.h"

/*
** The values of a facet are the texts of a pool, numbered as there. A key is a name's folded words between blanks, by which it
** is found however it is written; of a name without words, the name. Values stand in order of their keys in a column beside.
*/
#define NA_FACET_FIRST NA_POOL_ENTITY
#define NA_FACET_END   NA_POOL_OTHER

/* All zero is valid and empty. The archive and the image must live as long. */
typedef struct na_facet {
  const na_archive *archive;
  na_pool pool;
  na_rows lists;  /* of each value: the stories that have it */
  na_column keys; /* values in order of their keys */
} na_facet;

/* Opens the facet from the sections of `image`. NA_BAD where they are damaged. */
na_status na_facet_open (na_facet *facet, const na_archive *archive, const na_image *image, na_pool pool);

/* Whether an image has the sections of facets, and what writes them: O(n log n) in the names. */
bool na_facets_stored (const na_image *image);
na_status na_facets_write (na_image_writer *image, const na_archive *archive, const na_fold_table *fold);

/* Replaces what is in `key` by the key of a name. Fails only for want of memory. */
na_status na_facet_key (na_buffer *key, const na_fold_table *fold, na_slice name);

/*
** The values whose key is `key` or, where `part`, has it among its words, into *values in `arena`, in order of their keys.
** Looking for a part reads every name. Fails only for want of memory.
*/
na_status na_facet_find (const na_facet *facet, const na_fold_table *fold, na_slice key, bool part,
                         na_arena *arena, uint32_t **values, size_t *count);

/* The stories of a value, ascending, in `arena`. NA_NOMEM, or NA_BAD where the file is damaged. */
na_status na_facet_stories (const na_facet *facet, uint32_t value, na_arena *arena, na_posting_list *stories);

#endif
