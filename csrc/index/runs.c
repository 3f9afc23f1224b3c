#include "index/runs.h"

#include "base/memory.h"

#define UNIT_BITS   8
#define STORIES_MAX (UINT32_MAX >> UNIT_BITS) /* of a run */
#define REST_BYTES \
  ((size_t)8 << 20) /* so many are merged before the memory they were read in is given back */

na_status na_runs_open (na_runs *runs, size_t terms) {
  runs->terms = terms;
  runs->starts = na_malloc((terms + 1) * sizeof *runs->starts);
  return runs->starts ? NA_OK : NA_NOMEM;
}

void na_runs_free (na_runs *runs) {
  na_spill_free(&runs->bytes);
  na_buffer_free(&runs->list);
  na_free(runs->postings);
  na_free(runs->starts);
  na_free(runs->runs);
  *runs = (na_runs){ 0 };
}

/* ---- making a run ---- */

/* Puts the postings in order of terms, those of a term as they came; starts[t] becomes where those of term t end. */
static void sort (na_runs *runs, uint32_t *uses) {
  uint32_t *ends = runs->starts;
  memset(ends, 0, (runs->terms + 1) * sizeof *ends);
  for (size_t i = 0; i < runs->count; i++) ends[runs->postings[i].term + 1]++;
  for (size_t t = 0; t < runs->terms; t++) ends[t + 1] += ends[t];
  for (size_t i = 0; i < runs->count; i++) uses[ends[runs->postings[i].term]++] = runs->postings[i].use;
}

/* One term of a run: what merging needs to put it behind the same term of another run, then the stories but the first. */
static na_status put_term (na_runs *runs, uint32_t distance, const uint32_t *uses, size_t count) {
  uint8_t head[4 * NA_VARINT_BYTES + 1];
  uint32_t first = uses[0] >> UNIT_BITS, last = uses[count - 1] >> UNIT_BITS;
  runs->list.size = 0;
  NA_TRY(na_buffer_reserve(&runs->list, count * NA_USE_BYTES));
  for (size_t i = 1; i < count; i++)
    runs->list.size += na_use_put((uint8_t *)runs->list.data + runs->list.size,
                                  (uses[i] >> UNIT_BITS) - (uses[i - 1] >> UNIT_BITS) - 1, (uint8_t)uses[i]);
  size_t size = na_varint_put(head, distance);
  size += na_varint_put(head + size, runs->first + first);
  head[size++] = (uint8_t)uses[0];
  size += na_varint_put(head + size, last - first);
  size += na_varint_put(head + size, runs->list.size);
  NA_TRY(na_spill_append(&runs->bytes, na_slice_of((const char *)head, size)));
  return na_spill_append(&runs->bytes, na_buffer_slice(&runs->list));
}

static na_status put_terms (na_runs *runs, const uint32_t *uses) {
  uint32_t begin = 0, next = 0;
  for (uint32_t t = 0; t < runs->terms; t++) {
    uint32_t end = runs->starts[t];
    if (end == begin) continue;
    NA_TRY(put_term(runs, t - next, uses + begin, end - begin));
    begin = end;
    next = t + 1;
  }
  return NA_OK;
}

static na_status end_run (na_runs *runs) {
  void *items = runs->runs;
  if (!runs->count) return NA_OK;
  if (!na_grow(&items, &runs->run_capacity, runs->run_count, sizeof *runs->runs)) return NA_NOMEM;
  runs->runs = items;
  uint32_t *uses = na_malloc(runs->count * sizeof *uses);
  if (!uses) return NA_NOMEM;
  na_run *run = &runs->runs[runs->run_count++];
  *run = (na_run){ .begin = runs->bytes.size };
  sort(runs, uses);
  na_status status = put_terms(runs, uses);
  run->end = runs->bytes.size;
  runs->count = 0;
  na_free(uses);
  return status;
}

na_status na_runs_add (na_runs *runs, uint32_t story, const na_use *uses, size_t count) {
  size_t limit = runs->bytes.limit ? runs->bytes.limit : NA_SPILL_BYTES;
  size_t most = limit / (sizeof *runs->postings + sizeof runs->postings->use); /* once more, sorted */
  if (runs->count && (runs->count + count > most || story - runs->first > STORIES_MAX)) NA_TRY(end_run(runs));
  if (!runs->count) runs->first = story;
  for (size_t i = 0; i < count; i++) {
    void *items = runs->postings;
    if (!na_grow(&items, &runs->capacity, runs->count, sizeof *runs->postings)) return NA_NOMEM;
    runs->postings = items;
    runs->postings[runs->count++] =
        (na_posting){ uses[i].term, (story - runs->first) << UNIT_BITS | uses[i].units };
  }
  return NA_OK;
}

/* ---- merging ---- */

/* Reads which term comes next. */
static void go_on (na_run *run) {
  bool more = run->cursor.at < run->cursor.end;
  run->next = more ? run->next + 1 + na_cursor_number(&run->cursor) : UINT64_MAX;
}

na_status na_runs_begin (na_runs *runs) {
  na_slice bytes;
  NA_TRY(end_run(runs));
  na_free(runs->postings);
  runs->postings = NULL;
  runs->capacity = 0;
  NA_TRY(na_spill_read(&runs->bytes, &bytes));
  for (size_t i = 0; i < runs->run_count; i++) {
    na_run *run = &runs->runs[i];
    run->cursor = na_cursor_of(na_slice_part(bytes, (size_t)run->begin, (size_t)run->end));
    run->next = UINT64_MAX; /* one before term 0 */
    go_on(run);
  }
  return NA_OK;
}

/* Appends what a run has of the term; *next is one behind the last story so far. */
static na_status append_run (na_runs *runs, na_run *run, na_buffer *out, uint32_t *next) {
  uint32_t first = (uint32_t)na_cursor_number(&run->cursor);
  uint32_t units = na_cursor_byte(&run->cursor);
  uint32_t length = (uint32_t)na_cursor_number(&run->cursor);
  uint8_t head[NA_USE_BYTES];
  size_t size = na_use_put(head, first - *next, units);
  NA_TRY(na_buffer_append(out, na_slice_of((const char *)head, size)));
  na_slice rest = na_cursor_bytes(&run->cursor, na_cursor_number(&run->cursor));
  NA_TRY(na_buffer_append(out, rest));
  *next = first + length + 1;
  runs->read += rest.size;
  go_on(run);
  return NA_OK;
}

na_status na_runs_append (na_runs *runs, uint32_t term, na_buffer *out) {
  uint32_t next = 0;
  for (size_t i = 0; i < runs->run_count; i++)
    if (runs->runs[i].next == term) NA_TRY(append_run(runs, &runs->runs[i], out, &next));
  if (runs->read < REST_BYTES) return NA_OK;
  na_spill_rest(&runs->bytes);
  runs->read = 0;
  return NA_OK;
}
