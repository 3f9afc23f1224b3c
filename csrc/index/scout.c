#include "index/scout.h"

#include "base/memory.h"
#include "index/sight.h"
#include "text/utf8.h"

typedef struct na_scout_pieces {
  na_sight sight;
  na_crf_spans spans;
  uint32_t *features;
  size_t capacity; /* pieces */
} na_scout_pieces;

void na_scout_free (na_scout *scout) {
  na_arena_free(&scout->arena);
  na_fold_close(&scout->fold);
  na_free(scout->forms);
  na_names_free(&scout->names);
  na_map_free(&scout->numbers);
  na_free(scout->items);
  na_crf_free(&scout->crf);
  *scout = (na_scout){ 0 };
}

void na_scout_work_free (na_scout_work *work) {
  if (work->pieces) {
    na_sight_free(&work->pieces->sight);
    na_crf_spans_free(&work->pieces->spans);
    na_free(work->pieces->features);
    na_free(work->pieces);
  }
  na_free(work->findings);
  na_buffer_free(&work->text);
  *work = (na_scout_work){ 0 };
}

/* Whether `name` stands in one of the texts: a topic may name several things. */
static bool is_within (const na_strings *texts, na_slice name) {
  for (size_t i = 0; i < texts->count; i++)
    for (size_t at = 0; at + name.size <= texts->items[i].size; at++)
      if (memcmp(texts->items[i].data + at, name.data, name.size) == 0) return true;
  return false;
}

bool na_scout_is_linked (const na_story *story) {
  for (size_t i = 0; i < story->context.count; i++) {
    na_slice name = story->context.items[i];
    if (!is_within(&story->topics, name) && !na_slice_equal(name, story->lead)) return true;
  }
  return false;
}

na_status na_scout_fold (const na_scout *scout, na_slice text, na_buffer *out) {
  out->size = 0;
  NA_TRY(na_buffer_append(out, text));
  if (!scout->forms) return NA_OK;
  for (size_t at = 0; at < out->size;) {
    size_t start = at;
    uint32_t c = na_utf8_next(na_buffer_slice(out), &at);
    if (at - start != 3 || c > 0xFFFF || scout->forms[c] == c) continue; /* forms have three bytes, both */
    uint32_t form = scout->forms[c];
    out->data[start] = (char)(0xE0 | form >> 12);
    out->data[start + 1] = (char)(0x80 | (form >> 6 & 0x3F));
    out->data[start + 2] = (char)(0x80 | (form & 0x3F));
  }
  return NA_OK;
}

na_status na_scout_add (na_scout *scout, na_slice name, na_slice folded, uint32_t *number, bool *fresh) {
  *number = na_map_get(&scout->numbers, folded);
  *fresh = *number == NA_MAP_NONE;
  if (!*fresh) return NA_OK;
  void *items = scout->items;
  if (!na_grow(&items, &scout->capacity, scout->count, sizeof *scout->items)) return NA_NOMEM;
  scout->items = items;
  na_scout_name item = { .first = NA_DAY_NONE };
  uint32_t *stored;
  NA_TRY(na_arena_copy(&scout->arena, name, &item.name));
  NA_TRY(na_arena_copy(&scout->arena, folded, &item.folded));
  NA_TRY(na_map_put(&scout->numbers, item.folded, (uint32_t)scout->count, &stored, fresh));
  *number = *stored;
  scout->items[scout->count++] = item;
  /* a name that cannot be looked for in texts is kept all the same: it may be found by its looks */
  const na_name_options options = { .letters = NA_LETTERS_SMART, .start = true, .plural = false };
  uint32_t entry;
  bool is_new;
  na_name_fault fault;
  na_status status = na_names_add(&scout->names, folded, *number, &options, &entry, &is_new, &fault);
  return status == NA_BAD ? NA_OK : status;
}

/* ---- finding ---- */

static na_status fit (na_scout_pieces *pieces, size_t count) {
  if (count <= pieces->capacity) return NA_OK;
  size_t size = count * NA_CRF_WIDTH * sizeof *pieces->features;
  uint32_t *features = na_realloc(pieces->features, size);
  if (!features) return NA_NOMEM;
  pieces->features = features;
  pieces->capacity = count;
  return NA_OK;
}

static na_status add_finding (na_scout_work *work, na_scout_finding finding) {
  void *findings = work->findings;
  if (!na_grow(&findings, &work->capacity, work->count, sizeof *work->findings)) return NA_NOMEM;
  work->findings = findings;
  work->findings[work->count++] = finding;
  return NA_OK;
}

static na_status note (const na_scout *scout, na_slice title, const na_crf_span *span, na_scout_work *work) {
  const na_piece *pieces = work->pieces->sight.pieces;
  size_t first = pieces[span->first].start, end = pieces[span->last].end;
  uint32_t number = na_map_get(&scout->numbers, na_slice_part(na_buffer_slice(&work->text), first, end));
  bool known = number != NA_MAP_NONE;
  na_slice name = known ? scout->items[number].name : na_slice_part(title, first, end);
  return add_finding(work, (na_scout_finding){ name, first, end, span->probability, known });
}

static int compare_findings (const void *a, const void *b) {
  const na_scout_finding *x = a, *y = b;
  if (x->probability != y->probability) return x->probability > y->probability ? -1 : 1;
  return (x->first > y->first) - (x->first < y->first);
}

/* The known names, where nothing was learnt about looks: as likely as they are linked where they stand (rule of succession). */
static na_status find_known (const na_scout *scout, double least, na_scout_work *work) {
  na_spans *spans = &work->pieces->sight.spans;
  spans->count = 0;
  NA_TRY(na_names_match(&scout->names, na_buffer_slice(&work->text), spans));
  for (size_t i = 0; i < spans->count; i++) {
    const na_span *span = &spans->items[i];
    const na_scout_name *item = &scout->items[scout->names.items[span->name].entity];
    double probability = (item->linked + 1.0) / (item->seen + 2.0);
    if (probability >= least)
      NA_TRY(add_finding(work, (na_scout_finding){ item->name, span->first, span->end, probability, true }));
  }
  if (work->count) qsort(work->findings, work->count, sizeof *work->findings, compare_findings);
  return NA_OK;
}

na_status na_scout_find (const na_scout *scout, na_slice title, double least, na_scout_work *work) {
  work->count = 0;
  if (!scout->count || title.size == 0 || title.size > NA_SCOUT_TEXT_BYTES) return NA_OK;
  if (!work->pieces) {
    work->pieces = na_malloc(sizeof *work->pieces);
    if (!work->pieces) return NA_NOMEM;
    *work->pieces = (na_scout_pieces){ 0 };
  }
  na_scout_pieces *pieces = work->pieces;
  NA_TRY(na_scout_fold(scout, title, &work->text));
  if (!scout->crf.count) return find_known(scout, least, work);
  NA_TRY(na_sight_look(scout, na_buffer_slice(&work->text), NULL, &pieces->sight));
  NA_TRY(fit(pieces, pieces->sight.count));
  for (size_t i = 0; i < pieces->sight.count; i++) {
    uint64_t keys[NA_CRF_WIDTH];
    na_sight_features(&pieces->sight, i, keys);
    for (size_t k = 0; k < NA_CRF_WIDTH; k++)
      pieces->features[i * NA_CRF_WIDTH + k] = na_lookup_find(&scout->crf.features, keys[k]);
  }
  na_crf_text text = { .features = pieces->features, .count = pieces->sight.count };
  NA_TRY(na_crf_find(&scout->crf, &text, least, &pieces->spans));
  for (size_t i = 0; i < pieces->spans.count; i++) NA_TRY(note(scout, title, &pieces->spans.items[i], work));
  return NA_OK;
}
