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
  na_slice path, id; /* where the id begins with the day, what is behind that */
  bool is_of_day;
} entry;

typedef struct builder {
  na_archive *archive;
  na_slice added; /* the records of the intake */
  entry *entries; /* in order of the stories, once they are sorted */
  size_t count;
  na_arena kept, scratch;        /* texts of pools; a story */
  na_map numbers[NA_POOL_COUNT]; /* text -> its number */
  na_slice *texts[NA_POOL_COUNT];
  size_t text_counts[NA_POOL_COUNT], text_capacities[NA_POOL_COUNT];
  na_postings context;
  size_t context_capacity;
  size_t walked; /* stories, by whoever walks now */
  na_image_writer image;
} builder;

/* Where a story is read. */
typedef struct packed {
  na_slice bytes;
  const na_rows *pools;
  na_day day;
} packed;

static packed find_story (const builder *b, uint32_t from) {
  const na_archive *archive = b->archive;
  if (from < archive->count)
    return (packed){ na_rows_get(&archive->records, from), archive->pools, archive->days[from] };
  size_t i = from - archive->count;
  return (packed){ na_intake_record(&archive->intake, b->added, i), NULL, archive->intake.days[i] };
}

static void rest (const na_archive *archive) {
  na_archive_rest(archive);
  na_spill_rest(&archive->intake.records);
}

/* Reads a story into the scratch arena, its context sorted and without repeats. */
static na_status read_story (builder *b, uint32_t from, na_story *story) {
  packed found = find_story(b, from);
  if (b->walked++ % NA_REST_STORIES == 0) rest(b->archive);
  na_arena_clear(&b->scratch);
  na_status status = na_story_unpack(found.bytes, found.pools, found.day, &b->scratch, story);
  if (status == NA_BAD && found.pools) na_image_spoil(b->archive->image);
  NA_TRY(status);
  na_strings_sort_unique(&story->context);
  return na_archive_is_damaged(b->archive) ? NA_BAD : NA_OK;
}

/* ---- order ---- */

static na_story_id id_of (const entry *of) {
  na_story_id id = { .rest = of->id };
  if (!of->is_of_day) return id;
  na_day_format(of->day, id.day);
  id.day[NA_DATE_BYTES - 1] = '/';
  id.day_size = NA_DATE_BYTES;
  return id;
}

/* In order of code points, which that of days is, too: most often there is no need to look at the ids. */
static int compare_ids (const entry *x, const entry *y) {
  if (x->is_of_day && y->is_of_day && x->day != y->day) return x->day < y->day ? -1 : 1;
  if (x->is_of_day == y->is_of_day) return na_slice_compare(x->id, y->id);
  na_story_id a = id_of(x), b = id_of(y);
  return na_story_id_compare(&a, &b);
}

static int compare_entries (const void *a, const void *b) {
  const entry *x = a, *y = b;
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  if (x->order != y->order) return x->order < y->order ? -1 : 1;
  int path = na_slice_compare(x->path, y->path);
  if (path) return path;
  if (x->line != y->line) return x->line < y->line ? -1 : 1;
  return compare_ids(x, y);
}

/* Texts are copied: they are asked for again and again, and the stories they are from may be in a file. */
static na_status note_text (void *context, na_pool pool, na_slice text) {
  builder *b = context;
  uint32_t *number;
  bool fresh;
  if (na_map_get(&b->numbers[pool], text) != NA_MAP_NONE) return NA_OK;
  void *texts = b->texts[pool];
  if (!na_grow(&texts, &b->text_capacities[pool], b->text_counts[pool], sizeof *b->texts[pool]))
    return NA_NOMEM;
  b->texts[pool] = texts;
  NA_TRY(na_arena_copy(&b->kept, text, &text));
  NA_TRY(na_map_put(&b->numbers[pool], text, (uint32_t)b->text_counts[pool], &number, &fresh));
  b->texts[pool][b->text_counts[pool]++] = text;
  return NA_OK;
}

static na_status note_entry (builder *b, uint32_t from, const na_story *story) {
  packed found = find_story(b, from);
  na_story_id id;
  NA_TRY(na_story_unpack_id(found.bytes, found.pools, found.day, &id));
  uint32_t path = na_map_get(&b->numbers[NA_POOL_OTHER], story->origin.path);
  b->entries[from] = (entry){ .day = found.day,
                              .from = from,
                              .order = story->order,
                              .line = story->origin.line,
                              .path = path == NA_MAP_NONE ? NA_NONE : b->texts[NA_POOL_OTHER][path],
                              .id = id.rest,
                              .is_of_day = id.day_size > 0 };
  return NA_OK;
}

/* Looks at every story once, for its place and its texts. */
static na_status collect (builder *b) {
  b->entries = na_malloc(b->count * sizeof *b->entries);
  if (!b->entries) return NA_NOMEM;
  b->walked = 0;
  for (uint32_t i = 0; i < b->count; i++) {
    na_story story;
    NA_TRY(read_story(b, i, &story));
    NA_TRY(na_record_visit(&na_story_shape, &story, note_text, b));
    NA_TRY(note_entry(b, i, &story));
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
  b->walked = 0;
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

static int compare_places (const void *a, const void *b) {
  return compare_ids(*(const entry *const *)a, *(const entry *const *)b);
}

static void sort_places (const entry **order, size_t count) {
  if (count) qsort(order, count, sizeof *order, compare_places);
}

/* Sorts ids that begin with their day: they are in order of days already, and the rest of each is read once. */
static void sort_days (const builder *b, const entry **order, size_t count) {
  for (size_t i = 0, k, rested = 0; i < count; i = k) {
    for (k = i + 1; k < count && order[k]->day == order[i]->day;) k++;
    sort_places(order + i, k - i);
    if (k - rested < NA_REST_STORIES) continue;
    rest(b->archive);
    rested = k;
  }
}

/* Fills `order`: those that begin with their day from the front, the others from the back; then `stories`, of both. */
static void order_ids (const builder *b, const entry **order, uint32_t *stories) {
  size_t of_day = 0, others = b->count;
  for (size_t i = 0; i < b->count; i++) order[b->entries[i].is_of_day ? of_day++ : --others] = &b->entries[i];
  sort_days(b, order, of_day);
  sort_places(order + others, b->count - others);
  for (size_t i = 0, k = 0; i + k < b->count;) {
    bool first = others + k == b->count || (i < of_day && compare_ids(order[i], order[others + k]) < 0);
    const entry *next = first ? order[i] : order[others + k];
    stories[i + k] = (uint32_t)(next - b->entries);
    i += first, k += !first;
  }
}

static na_status write_ids (builder *b) {
  const entry **order = na_malloc(b->count * sizeof *order);
  uint32_t *stories = na_malloc(b->count * sizeof *stories);
  na_status status = order && stories ? NA_OK : NA_NOMEM;
  if (status == NA_OK) {
    order_ids(b, order, stories);
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

static na_status write_image (builder *b) {
  NA_TRY(na_meta_write(&b->image, na_slice_z(b->archive->language), 0));
  NA_TRY(write_days(b));
  NA_TRY(write_records(b));
  NA_TRY(write_ids(b));
  for (size_t pool = 1; pool < NA_POOL_COUNT; pool++)
    NA_TRY(na_rows_write(&b->image, na_pool_section((na_pool)pool), b->texts[pool], b->text_counts[pool]));
  NA_TRY(write_mentions(b));
  return na_image_finish(&b->image);
}

static na_status write_in_memory (builder *b, na_buffer *memory) {
  NA_TRY(na_buffer_reserve(memory, b->added.size));
  NA_TRY(na_image_begin_memory(&b->image, memory));
  return write_image(b);
}

/* To a file without a name: it goes when it is unmapped, or with the process. */
static na_status write_in_file (builder *b, na_slice *mapped) {
  na_file_writer file;
  NA_TRY(na_file_begin_temporary(&file));
  na_status status = na_image_begin_file(&b->image, &file);
  if (status == NA_OK) status = write_image(b);
  if (status == NA_OK) status = na_file_commit_mapped(&file, mapped);
  na_file_abandon(&file);
  return status;
}

static na_status build (builder *b, na_buffer *memory, na_slice *mapped) {
  na_archive *archive = b->archive;
  size_t limit = archive->spill_limit ? archive->spill_limit : NA_SPILL_BYTES;
  NA_TRY(na_spill_read(&archive->intake.records, &b->added));
  NA_TRY(collect(b));
  NA_TRY(number_texts(b));
  bool is_large = b->added.size + (archive->image ? archive->image->bytes.size : 0) > limit;
  return is_large ? write_in_file(b, mapped) : write_in_memory(b, memory);
}

static void free_builder (builder *b) {
  for (size_t pool = 0; pool < NA_POOL_COUNT; pool++) {
    na_map_free(&b->numbers[pool]);
    na_free(b->texts[pool]);
  }
  na_postings_free(&b->context);
  na_arena_free(&b->kept);
  na_arena_free(&b->scratch);
  na_image_abandon(&b->image);
  na_free(b->entries);
}

na_status na_archive_seal (na_archive *archive) {
  if (!archive->intake.count) return NA_OK;
  builder b = { .archive = archive, .count = archive->count + archive->intake.count };
  na_buffer memory = { 0 };
  na_slice mapped = NA_NONE;
  if (b.count >= UINT32_MAX - 1) return NA_LIMIT;
  na_archive_forget_ids(archive); /* nothing is added meanwhile, and the room is needed */
  na_status status = build(&b, &memory, &mapped);
  free_builder(&b);
  if (status == NA_OK) status = na_archive_adopt(archive, &memory, &mapped);
  na_file_unmap(mapped);
  na_buffer_free(&memory);
  return status;
}
