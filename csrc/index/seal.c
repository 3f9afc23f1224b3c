/* csrc/index/seal.c -- na_archive_seal: the image of an archive, made of the one before and of the stories that were added. */
#include <stdlib.h>

#include "base/memory.h"
#include "index/archive.h"
#include "index/lists.h"

/* Where a story comes from, and what its place depends on. */
typedef struct entry {
  na_day day;
  uint32_t from; /* stories of the image before, then those of the intake */
  int64_t order, line;
  na_slice path, id;
} entry;

typedef struct builder {
  na_archive *archive;
  na_slice added; /* the records of the intake */
  entry *entries; /* in order of the stories, once they are sorted */
  size_t count;
  na_arena ids, scratch;
  na_map numbers[NA_POOL_COUNT]; /* text -> its number */
  na_slice *texts[NA_POOL_COUNT];
  size_t text_counts[NA_POOL_COUNT], text_capacities[NA_POOL_COUNT];
  na_postings context;
  size_t context_capacity;
  na_image_writer image;
} builder;

/* Reads a story into the scratch arena, its context sorted and without repeats. */
static na_status read_story (builder *b, uint32_t from, na_story *story) {
  const na_archive *archive = b->archive;
  na_arena_clear(&b->scratch);
  if (from < archive->count) {
    NA_TRY(na_archive_story(archive, from, &b->scratch, story));
  } else {
    size_t i = from - archive->count;
    NA_TRY(na_story_unpack(na_intake_record(&archive->intake, b->added, i), NULL, archive->intake.days[i],
                           &b->scratch, story));
  }
  na_strings_sort_unique(&story->context);
  return NA_OK;
}

/* ---- order ---- */

static int compare_entries (const void *a, const void *b) {
  const entry *x = a, *y = b;
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  if (x->order != y->order) return x->order < y->order ? -1 : 1;
  int path = na_slice_compare(x->path, y->path);
  if (path) return path;
  if (x->line != y->line) return x->line < y->line ? -1 : 1;
  return na_slice_compare(x->id, y->id);
}

static na_status note_text (void *context, na_pool pool, na_slice text) {
  builder *b = context;
  uint32_t *number;
  bool fresh;
  NA_TRY(na_map_put(&b->numbers[pool], text, 0, &number, &fresh));
  if (!fresh) return NA_OK;
  void *texts = b->texts[pool];
  if (!na_grow(&texts, &b->text_capacities[pool], b->text_counts[pool], sizeof *b->texts[pool]))
    return NA_NOMEM;
  b->texts[pool] = texts;
  b->texts[pool][b->text_counts[pool]++] = text;
  return NA_OK;
}

/* Looks at every story once, for its place and its texts. */
static na_status collect (builder *b) {
  const na_archive *archive = b->archive;
  b->entries = na_malloc(b->count * sizeof *b->entries);
  if (!b->entries) return NA_NOMEM;
  for (uint32_t i = 0; i < b->count; i++) {
    na_story story;
    NA_TRY(read_story(b, i, &story));
    NA_TRY(na_record_visit(&na_story_shape, &story, note_text, b));
    na_day day = i < archive->count ? archive->days[i] : archive->intake.days[i - archive->count];
    b->entries[i] = (entry){ day, i, story.order, story.origin.line, story.origin.path, NA_NONE };
    NA_TRY(na_arena_copy(&b->ids, story.id, &b->entries[i].id));
  }
  qsort(b->entries, b->count, sizeof *b->entries, compare_entries);
  return NA_OK;
}

static int compare_texts (const void *a, const void *b) {
  return na_slice_compare(*(const na_slice *)a, *(const na_slice *)b);
}

static na_status number_texts (builder *b) {
  for (size_t pool = 1; pool < NA_POOL_COUNT; pool++) {
    if (b->text_counts[pool])
      qsort(b->texts[pool], b->text_counts[pool], sizeof *b->texts[pool], compare_texts);
    for (size_t i = 0; i < b->text_counts[pool]; i++) {
      uint32_t *number;
      bool fresh;
      NA_TRY(na_map_put(&b->numbers[pool], b->texts[pool][i], 0, &number, &fresh));
      *number = (uint32_t)i;
    }
  }
  return NA_OK;
}

/* ---- sections ---- */

static na_status write_days (builder *b) {
  NA_TRY(na_image_section_begin(&b->image, NA_SECTION_DAYS));
  for (size_t i = 0; i < b->count; i++)
    NA_TRY(
        na_image_append(&b->image, na_slice_of((const char *)&b->entries[i].day, sizeof b->entries[i].day)));
  return na_image_section_end(&b->image);
}

static na_status note_context (builder *b, size_t i, const na_strings *context) {
  na_postings *lists = &b->context;
  for (size_t k = 0; k < context->count; k++) {
    void *items = lists->items;
    size_t count = lists->starts[i] + k;
    if (count >= UINT32_MAX - 1) return NA_LIMIT;
    if (!na_grow(&items, &b->context_capacity, count, sizeof *lists->items)) return NA_NOMEM;
    lists->items = items;
    lists->items[count] = na_map_get(&b->numbers[NA_POOL_ENTITY], context->items[k]);
  }
  lists->starts[i + 1] = lists->starts[i] + (uint32_t)context->count;
  return NA_OK;
}

static na_status put_records (builder *b, na_rows_writer *rows, na_buffer *record) {
  for (size_t i = 0; i < b->count; i++) {
    na_story story;
    record->size = 0;
    NA_TRY(read_story(b, b->entries[i].from, &story));
    NA_TRY(na_story_pack(record, &story, b->numbers));
    NA_TRY(na_rows_add(rows, na_buffer_slice(record)));
    NA_TRY(note_context(b, i, &story.context));
  }
  return na_rows_end(rows);
}

static na_status write_records (builder *b) {
  na_rows_writer rows = { .image = &b->image };
  na_buffer record = { 0 };
  NA_TRY(na_postings_alloc(&b->context, b->count, 0));
  na_status status = na_image_section_begin(&b->image, NA_SECTION_RECORDS);
  if (status == NA_OK) status = put_records(b, &rows, &record);
  if (status == NA_OK) status = na_image_section_end(&b->image);
  na_rows_writer_free(&rows);
  na_buffer_free(&record);
  return status;
}

/* An entry's id and its place. */
typedef struct named {
  na_slice id;
  uint32_t story;
} named;

static int compare_named (const void *a, const void *b) {
  return na_slice_compare(((const named *)a)->id, ((const named *)b)->id);
}

static na_status write_ids (builder *b) {
  named *order = na_malloc(b->count * sizeof *order);
  uint32_t *stories = na_malloc(b->count * sizeof *stories);
  na_status status = order && stories ? NA_OK : NA_NOMEM;
  if (status == NA_OK) {
    for (size_t i = 0; i < b->count; i++) order[i] = (named){ b->entries[i].id, (uint32_t)i };
    qsort(order, b->count, sizeof *order, compare_named);
    for (size_t i = 0; i < b->count; i++) stories[i] = order[i].story;
    status = na_column_write(&b->image, NA_SECTION_IDS, stories, b->count);
  }
  na_free(order);
  na_free(stories);
  return status;
}

static na_status write_mentions (builder *b) {
  na_postings mentions = { 0 };
  na_status status = na_postings_transpose(&mentions, &b->context, b->text_counts[NA_POOL_ENTITY]);
  if (status == NA_OK) status = na_lists_write(&b->image, NA_SECTION_MENTIONS, &mentions);
  na_postings_free(&mentions);
  return status;
}

static na_status write_image (builder *b, na_buffer *out) {
  NA_TRY(na_buffer_reserve(out, b->added.size));
  NA_TRY(na_image_begin_memory(&b->image, out));
  NA_TRY(na_meta_write(&b->image, na_slice_z(b->archive->language), 0));
  NA_TRY(write_days(b));
  NA_TRY(write_records(b));
  NA_TRY(write_ids(b));
  for (size_t pool = 1; pool < NA_POOL_COUNT; pool++)
    NA_TRY(na_rows_write(&b->image, na_pool_section((na_pool)pool), b->texts[pool], b->text_counts[pool]));
  NA_TRY(write_mentions(b));
  return na_image_finish(&b->image);
}

static na_status build (builder *b, na_buffer *out) {
  NA_TRY(na_spill_read(&b->archive->intake.records, &b->added));
  NA_TRY(collect(b));
  NA_TRY(number_texts(b));
  return write_image(b, out);
}

static void free_builder (builder *b) {
  for (size_t pool = 0; pool < NA_POOL_COUNT; pool++) {
    na_map_free(&b->numbers[pool]);
    na_free(b->texts[pool]);
  }
  na_postings_free(&b->context);
  na_arena_free(&b->ids);
  na_arena_free(&b->scratch);
  na_image_abandon(&b->image);
  na_free(b->entries);
}

na_status na_archive_seal (na_archive *archive) {
  if (!archive->intake.count) return NA_OK;
  builder b = { .archive = archive, .count = archive->count + archive->intake.count };
  na_buffer image = { 0 };
  if (b.count >= UINT32_MAX - 1) return NA_LIMIT;
  na_status status = build(&b, &image);
  free_builder(&b);
  if (status == NA_OK) status = na_archive_adopt(archive, &image);
  na_buffer_free(&image);
  return status;
}
