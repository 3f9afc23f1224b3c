#include "relate/stored.h"

#include <math.h>

#include "base/memory.h"

#define BATCH 8192 /* stories that are related at once: bounds the memory that their lists take */

/* ---- writing ---- */

/* The sum that gives that score at that distance. */
static uint64_t sum_of (const na_related *related, uint32_t story, na_scored scored) {
  uint32_t days = na_days_between(related->archive, story, scored.story);
  return (uint64_t)llround(scored.score / na_score_of(related, 1, days));
}

static na_status put_row (na_buffer *row, const na_related *related, uint32_t story, const na_scored *found,
                          size_t count) {
  row->size = 0;
  NA_TRY(na_varint_append(row, count));
  for (size_t i = 0; i < count; i++) {
    uint32_t other = found[i].story;
    bool before = other < story;
    NA_TRY(na_varint_append(row, (uint64_t)(before ? story - other : other - story) << 1 | before));
    NA_TRY(na_varint_append(row, sum_of(related, story, found[i])));
  }
  return NA_OK;
}

typedef struct writer {
  na_rows_writer rows;
  na_buffer row;
  na_scored *found;
  uint32_t *counts;
} writer;

static na_status put_batch (writer *w, na_relate_job *job) {
  size_t limit = job->query.limit;
  NA_TRY(na_relate_many(job, w->found, w->counts));
  for (size_t i = 0; i < job->count; i++) {
    NA_TRY(put_row(&w->row, job->related, job->first + (uint32_t)i, w->found + i * limit, w->counts[i]));
    NA_TRY(na_rows_add(&w->rows, na_buffer_slice(&w->row)));
  }
  return NA_OK;
}

static na_status put_relations (writer *w, const na_related *related, size_t jobs) {
  size_t count = related->archive->count;
  na_relate_job job = { .related = related, .threads = jobs };
  job.query = (na_related_query){ .limit = NA_RELATED_LIMIT };
  NA_TRY(na_image_section_begin(w->rows.image, NA_SECTION_RELATIONS));
  for (size_t first = 0; first < count; first += BATCH) {
    job.first = (uint32_t)first;
    job.count = count - first < BATCH ? count - first : BATCH;
    NA_TRY(put_batch(w, &job));
  }
  NA_TRY(na_rows_end(&w->rows));
  return na_image_section_end(w->rows.image);
}

static na_status write_relations (na_image_writer *image, const na_related *related, size_t jobs) {
  writer w = { .rows.image = image };
  w.found = na_malloc(BATCH * NA_RELATED_LIMIT * sizeof *w.found);
  w.counts = na_malloc(BATCH * sizeof *w.counts);
  na_status status = w.found && w.counts ? put_relations(&w, related, jobs) : NA_NOMEM;
  na_rows_writer_free(&w.rows);
  na_buffer_free(&w.row);
  na_free(w.found);
  na_free(w.counts);
  return status;
}

na_status na_stored_write (na_image_writer *image, const na_related *related, size_t jobs) {
  na_threads threads = { 0 };
  NA_TRY(write_relations(image, related, jobs));
  na_status status = na_threads_build(&threads, related, jobs);
  if (status == NA_OK)
    status = na_column_write(image, NA_SECTION_THREADS, threads.of_story, related->archive->count);
  na_threads_free(&threads);
  return status;
}

/* ---- reading ---- */

/* Whether nobody set other weights. */
static bool are_usual (const na_weights *weights) {
  static const na_weights usual = NA_WEIGHTS_DEFAULT;
  for (const na_weight_field *field = na_weight_fields; field->name; field++) {
    const double *own = (const void *)((const char *)weights + field->offset);
    const double *other = (const void *)((const char *)&usual + field->offset);
    if (*own < *other || *own > *other) return false;
  }
  return true;
}

static bool serves (const na_related *related, na_section section) {
  const na_image *image = related->archive->image;
  return image && na_image_has(image, section) && are_usual(&related->weights);
}

/* The next relation of a row; false where it leads nowhere. */
static bool take (const na_related *related, uint32_t story, na_cursor *row, na_scored *out) {
  uint64_t way = na_cursor_number(row), sum = na_cursor_number(row), distance = way >> 1;
  bool before = way & 1;
  uint64_t room = before ? story : related->archive->count - 1 - story;
  if (row->bad || !distance || distance > room || sum > UINT32_MAX) return false;
  out->story = before ? story - (uint32_t)distance : story + (uint32_t)distance;
  out->score = na_score_of(related, (uint32_t)sum, na_days_between(related->archive, story, out->story));
  return true;
}

bool na_stored_find (const na_related *related, const na_related_query *query, na_scored *out,
                     size_t *count) {
  na_rows rows;
  bool usual = query->direction == NA_DIRECTION_ALL && query->limit <= NA_RELATED_LIMIT && !query->fold &&
               query->least <= 0;
  if (!usual || !serves(related, NA_SECTION_RELATIONS)) return false;
  if (na_rows_open(&rows, related->archive->image, NA_SECTION_RELATIONS) != NA_OK ||
      rows.count != related->archive->count)
    return false;
  na_cursor row = na_cursor_of(na_rows_get(&rows, query->story));
  uint64_t there = na_cursor_number(&row);
  *count = there < query->limit ? (size_t)there : query->limit;
  for (size_t i = 0; i < *count; i++)
    if (!take(related, query->story, &row, &out[i])) return false;
  return !row.bad;
}

bool na_stored_has_threads (const na_related *related) {
  return serves(related, NA_SECTION_THREADS);
}

/* Threads are numbered in order of their first story: each number is at most one more than those before it. */
static na_status read_threads (na_postings *lists, const na_column *column, size_t *threads) {
  *threads = 0;
  for (size_t i = 0; i < column->count; i++) {
    lists->items[i] = na_column_number(column, i, *threads + 1);
    lists->starts[i + 1] = (uint32_t)i + 1;
    if (lists->items[i] == *threads) ++*threads;
  }
  return na_image_is_damaged(column->image) ? NA_BAD : NA_OK;
}

na_status na_stored_threads (na_threads *threads, const na_related *related) {
  na_column column;
  na_postings lists;
  size_t count = related->archive->count, thread_count;
  na_threads_free(threads);
  NA_TRY(na_column_open(&column, related->archive->image, NA_SECTION_THREADS));
  if (column.count != count) return NA_BAD;
  NA_TRY(na_postings_alloc(&lists, count, count));
  na_status status = read_threads(&lists, &column, &thread_count);
  if (status == NA_OK) status = na_postings_transpose(&threads->stories, &lists, thread_count);
  if (status == NA_OK) {
    threads->of_story = lists.items;
    lists.items = NULL;
  }
  na_postings_free(&lists);
  return status;
}
