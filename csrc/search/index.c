#include "search/index.h"

#include <stdlib.h>

#include "base/memory.h"

void na_search_index_free (na_search_index *index) {
  for (size_t i = 0; i < NA_CLAUSE_FIELDS; i++) na_facet_free(&index->facets[i]);
  na_stemmer_close(&index->stemmer);
  na_fold_close(&index->fold);
  na_arena_free(&index->arena);
  na_free(index->forms);
  na_free(index->tops);
  na_free(index->block_tops);
  na_free(index->marks);
  na_free(index->counts);
  *index = (na_search_index){ 0 };
}

/* A form and the first bytes of its text as a number: most comparisons need no look at the text. */
typedef struct keyed {
  uint64_t head;
  na_slice text;
  uint32_t form;
} keyed;

static uint64_t head_of (na_slice text) {
  uint64_t head = 0;
  for (size_t i = 0; i < sizeof head; i++)
    head = head << 8 | (i < text.size ? (unsigned char)text.data[i] : 0);
  return head;
}

static int compare_keyed (const void *a, const void *b) {
  const keyed *x = a, *y = b;
  if (x->head != y->head) return x->head < y->head ? -1 : 1;
  return na_slice_compare(x->text, y->text);
}

static na_status sort_forms (na_search_index *index) {
  size_t count = index->terms->form_count;
  keyed *order = na_malloc(count * sizeof *order);
  index->forms = na_malloc(count * sizeof *index->forms);
  if (!order || !index->forms) {
    na_free(order);
    return NA_NOMEM;
  }
  for (size_t f = 0; f < count; f++) {
    na_slice text = index->terms->forms[f].text;
    order[f] = (keyed){ head_of(text), text, (uint32_t)f };
  }
  if (count) qsort(order, count, sizeof *order, compare_keyed);
  for (size_t f = 0; f < count; f++) index->forms[f] = order[f].form;
  na_free(order);
  return NA_OK;
}

static na_status find_tops (na_search_index *index) {
  const na_terms *terms = index->terms;
  const na_postings *lists = &terms->stories;
  size_t total = terms->count ? lists->starts[terms->count] : 0;
  size_t blocks = (total >> NA_BLOCK_BITS) + 1;
  index->tops = na_malloc(terms->count);
  index->block_tops = na_malloc(blocks);
  if (!index->tops || !index->block_tops) return NA_NOMEM;
  memset(index->tops, 0, terms->count);
  memset(index->block_tops, 0, blocks);
  for (size_t t = 0; t < terms->count; t++)
    for (uint32_t k = lists->starts[t]; k < lists->starts[t + 1]; k++) {
      uint8_t impact = terms->impacts[k], *block = &index->block_tops[k >> NA_BLOCK_BITS];
      if (impact > index->tops[t]) index->tops[t] = impact;
      if (impact > *block) *block = impact;
    }
  return NA_OK;
}

static na_status alloc_scratch (na_search_index *index) {
  size_t most = 0;
  for (size_t i = 0; i < NA_CLAUSE_FIELDS; i++)
    if (index->facets[i].count > most) most = index->facets[i].count;
  index->marks = na_malloc(index->archive->count);
  index->counts = na_malloc(most * sizeof *index->counts);
  if (!index->marks || !index->counts) return NA_NOMEM;
  memset(index->marks, 0, index->archive->count);
  memset(index->counts, 0, most * sizeof *index->counts);
  return NA_OK;
}

static na_status build (na_search_index *index) {
  if (!na_fold_open(&index->fold)) return NA_NOMEM;
  NA_TRY(sort_forms(index));
  NA_TRY(find_tops(index));
  for (size_t i = 0; i < NA_CLAUSE_FIELDS; i++)
    NA_TRY(na_facet_build(&index->facets[i], index->archive, (na_clause_kind)(NA_CLAUSE_ENTITY + i),
                          &index->fold, &index->arena));
  return alloc_scratch(index);
}

na_status na_search_index_build (na_search_index *index, const na_archive *archive, const na_terms *terms,
                                 na_slice language) {
  na_search_index_free(index);
  index->archive = archive;
  index->terms = terms;
  na_stemmer_open(&index->stemmer, language);
  na_status status = build(index);
  if (status != NA_OK) na_search_index_free(index);
  return status;
}

uint32_t na_search_term (const na_search_index *index, na_slice word) {
  const na_terms *terms = index->terms;
  uint32_t form = na_map_get(&terms->words, word);
  if (form == NA_MAP_NONE) form = na_map_get(&terms->stems, na_stem(&index->stemmer, word));
  return form == NA_MAP_NONE ? NA_MAP_NONE : terms->forms[form].term;
}

size_t na_search_form (const na_search_index *index, na_slice text) {
  size_t low = 0, high = index->terms->form_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (na_slice_compare(na_search_form_text(index, middle), text) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}
