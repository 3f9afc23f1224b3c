#include "search/index.h"

#include "base/memory.h"

void na_search_index_free (na_search_index *index) {
  na_image_close(&index->own);
  na_buffer_free(&index->bytes);
  na_arena_free(&index->story);
  na_free(index->marks);
  na_free(index->counts);
  *index = (na_search_index){ 0 };
}

static na_status write_facets (na_search_index *index, na_image_writer *image) {
  NA_TRY(na_image_begin_memory(image, &index->bytes));
  NA_TRY(na_facets_write(image, index->archive, &index->terms->fold));
  return na_image_finish(image);
}

static na_status make_facets (na_search_index *index) {
  na_image_writer image = { 0 };
  na_image_fault fault;
  na_status status = write_facets(index, &image);
  na_image_abandon(&image);
  return status == NA_OK ? na_image_open(&index->own, na_buffer_slice(&index->bytes), true, &fault) : status;
}

static na_status alloc_scratch (na_search_index *index) {
  size_t most = 0, stories = index->archive->count;
  for (size_t i = 0; i < NA_CLAUSE_FIELDS; i++)
    if (index->facets[i].keys.count > most) most = index->facets[i].keys.count;
  index->marks = na_malloc(stories);
  index->counts = na_malloc(most * sizeof *index->counts);
  if (!index->marks || !index->counts) return NA_NOMEM;
  memset(index->marks, 0, stories);
  memset(index->counts, 0, most * sizeof *index->counts);
  return NA_OK;
}

static na_status open (na_search_index *index) {
  const na_image *stored = index->archive->image;
  bool has = stored && na_facets_stored(stored);
  if (!has) NA_TRY(make_facets(index));
  for (size_t i = 0; i < NA_CLAUSE_FIELDS; i++)
    NA_TRY(na_facet_open(&index->facets[i], index->archive, has ? stored : &index->own,
                         (na_pool)(NA_FACET_FIRST + i)));
  return alloc_scratch(index);
}

na_status na_search_index_open (na_search_index *index, const na_archive *archive, na_terms *terms) {
  na_search_index_free(index);
  index->archive = archive;
  index->terms = terms;
  na_status status = open(index);
  if (status != NA_OK) na_search_index_free(index);
  return status;
}

void na_search_texts (na_search_index *index, uint32_t story, na_slice texts[NA_STORY_TEXTS]) {
  na_story read;
  na_arena_clear(&index->story);
  na_status status = na_archive_story(index->archive, story, &index->story, &read);
  if (status != NA_OK) read = (na_story){ .title = NA_LITERAL("") };
  if (status != NA_OK && index->status == NA_OK) index->status = status;
  texts[0] = read.title;
  texts[1] = read.description;
  texts[2] = read.body;
}
