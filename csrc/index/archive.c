#include "index/archive.h"

#include <stdio.h>

#include "base/file.h"
#include "base/memory.h"
#include "index/lists.h"

static const na_section pool_sections[NA_POOL_COUNT] = {
  [NA_POOL_ENTITY] = NA_SECTION_ENTITIES, [NA_POOL_SOURCE] = NA_SECTION_SOURCES,
  [NA_POOL_TOPIC] = NA_SECTION_TOPICS,    [NA_POOL_CATEGORY] = NA_SECTION_CATEGORIES,
  [NA_POOL_OTHER] = NA_SECTION_TEXTS,
};

na_section na_pool_section (na_pool pool) {
  return pool_sections[pool];
}

static void free_intake (na_intake *intake) {
  na_spill_free(&intake->records);
  na_buffer_free(&intake->record);
  na_free(intake->starts);
  na_free(intake->days);
  *intake = (na_intake){ 0 };
}

void na_archive_forget_ids (na_archive *archive) {
  na_ids_free(&archive->ids);
  archive->ids = (na_ids){ 0 };
  archive->has_ids = false;
}

static void close_image (na_image *image) {
  if (image) na_image_close(image);
  na_free(image);
}

void na_archive_free (na_archive *archive) {
  free_intake(&archive->intake);
  na_ids_free(&archive->ids);
  na_postings_free(&archive->context);
  na_postings_free(&archive->mentions);
  close_image(archive->image);
  na_buffer_free(&archive->own);
  na_file_unmap(archive->mapped);
  *archive = (na_archive){ 0 };
}

void na_archive_speak (na_archive *archive, na_slice language) {
  size_t size = language.size < NA_LANGUAGE_BYTES ? language.size : NA_LANGUAGE_BYTES - 1;
  if (size) memcpy(archive->language, language.data, size);
  archive->language[size] = '\0';
}

/* ---- the image ---- */

static na_status wrong (na_image_fault *fault, const char *message) {
  *fault = (na_image_fault){ .code = "damaged-archive" };
  snprintf(fault->message, sizeof fault->message, "%s", message);
  return NA_BAD;
}

/* Days are looked into by bisection and written out: they ascend, and are days of the calendar. */
static bool are_days (const na_day *days, size_t count) {
  na_day first = na_day_of(1, 1, 1), last = na_day_of(9999, 12, 31);
  for (size_t i = 0; i < count; i++)
    if ((days[i] != NA_DAY_NONE && (days[i] < first || days[i] > last)) || (i && days[i] < days[i - 1]))
      return false;
  return true;
}

/* Points the views of `archive` into its image. */
static na_status view (na_archive *archive, na_image_fault *fault) {
  const na_image *image = archive->image;
  na_rows meta;
  na_column days;
  bool fine = na_rows_open(&meta, image, NA_SECTION_META) == NA_OK && meta.count >= NA_META_COUNT &&
              na_column_open(&days, image, NA_SECTION_DAYS) == NA_OK &&
              na_rows_open(&archive->records, image, NA_SECTION_RECORDS) == NA_OK &&
              na_rows_open(&archive->mention_rows, image, NA_SECTION_MENTIONS) == NA_OK &&
              na_column_open(&archive->by_id, image, NA_SECTION_IDS) == NA_OK;
  for (size_t pool = 1; fine && pool < NA_POOL_COUNT; pool++)
    fine = na_rows_open(&archive->pools[pool], image, pool_sections[pool]) == NA_OK;
  if (!fine) return wrong(fault, "a section is not what it must be");
  archive->count = days.count;
  archive->entity_count = archive->pools[NA_POOL_ENTITY].count;
  archive->days = (const na_day *)(const void *)days.items;
  if (archive->records.count != archive->count || archive->by_id.count != archive->count ||
      archive->mention_rows.count != archive->entity_count)
    return wrong(fault, "its sections do not belong together");
  if (!na_image_check_all(image, NA_SECTION_DAYS) || !are_days(archive->days, archive->count))
    return wrong(fault, "the days of its stories are not as they were written");
  na_archive_speak(archive, na_rows_get(&meta, NA_META_LANGUAGE));
  return na_archive_is_damaged(archive) ? wrong(fault, "what it says of itself is not as it was written")
                                        : NA_OK;
}

/* Replaces what is in `archive` by the image in `bytes`, of which it then is the owner by what the caller sets. */
static na_status take_image (na_archive *archive, na_slice bytes, bool trusted, na_image_fault *fault) {
  na_archive fresh = { .image = na_malloc(sizeof *fresh.image) };
  if (!fresh.image) return NA_NOMEM;
  *fresh.image = (na_image){ 0 };
  na_status status = na_image_open(fresh.image, bytes, trusted, fault);
  if (status == NA_OK && !trusted && bytes.size <= NA_VERIFIED_BYTES)
    status = na_image_verify(fresh.image, fault);
  if (status == NA_OK) status = view(&fresh, fault);
  if (status != NA_OK) {
    close_image(fresh.image);
    return status;
  }
  fresh.spill_limit = archive->spill_limit;
  na_archive_free(archive);
  *archive = fresh;
  return NA_OK;
}

na_status na_archive_open (na_archive *archive, na_slice bytes, na_image_fault *fault) {
  NA_TRY(take_image(archive, bytes, false, fault));
  archive->mapped = bytes;
  return NA_OK;
}

na_status na_archive_adopt (na_archive *archive, na_buffer *memory, na_slice *mapped) {
  na_image_fault fault;
  NA_TRY(take_image(archive, mapped->size ? *mapped : na_buffer_slice(memory), true, &fault));
  archive->own = *memory;
  archive->mapped = *mapped;
  *memory = (na_buffer){ 0 };
  *mapped = NA_NONE;
  return NA_OK;
}

na_status na_meta_write (na_image_writer *image, na_slice language, double average) {
  na_slice rows[NA_META_COUNT] = {
    [NA_META_LANGUAGE] = language, [NA_META_LENGTH] = { (const char *)&average, sizeof average }
  };
  return na_rows_write(image, NA_SECTION_META, rows, NA_META_COUNT);
}

/* ---- adding ---- */

/* Notes the ids of the stories that are there already, so that no other story gets them. */
static na_status note_ids (na_archive *archive, na_arena *arena) {
  na_intake *intake = &archive->intake;
  na_slice added;
  na_story story;
  for (size_t i = 0; i < archive->count; i++) {
    if (i % NA_REST_STORIES == 0) na_archive_rest(archive);
    na_arena_clear(arena);
    NA_TRY(na_archive_story(archive, i, arena, &story));
    NA_TRY(na_ids_note(&archive->ids, story.id));
  }
  NA_TRY(na_spill_read(&intake->records, &added));
  for (size_t i = 0; i < intake->count; i++) { /* where a seal has failed */
    na_arena_clear(arena);
    NA_TRY(na_story_unpack(na_intake_record(intake, added, i), NULL, intake->days[i], arena, &story));
    NA_TRY(na_ids_note(&archive->ids, story.id));
  }
  return NA_OK;
}

static na_status begin_adding (na_archive *archive) {
  archive->intake.records.limit = archive->spill_limit;
  if (archive->has_ids) return NA_OK;
  na_arena arena = { 0 };
  na_status status = note_ids(archive, &arena);
  na_arena_free(&arena);
  if (status != NA_OK) na_archive_forget_ids(archive);
  archive->has_ids = status == NA_OK;
  return status;
}

static na_status take_story (na_intake *intake, const na_story *story) {
  void *starts = intake->starts, *days = intake->days;
  if (!na_grow(&starts, &intake->start_capacity, intake->count, sizeof *intake->starts)) return NA_NOMEM;
  intake->starts = starts;
  if (!na_grow(&days, &intake->day_capacity, intake->count, sizeof *intake->days)) return NA_NOMEM;
  intake->days = days;
  uint64_t start = intake->records.size;
  intake->record.size = 0;
  NA_TRY(na_story_pack(&intake->record, story, NULL));
  NA_TRY(na_spill_append(&intake->records, na_buffer_slice(&intake->record)));
  intake->starts[intake->count] = start;
  intake->days[intake->count++] = na_story_day(story);
  return NA_OK;
}

na_status na_archive_add (na_archive *archive, na_report *report, size_t from) {
  NA_TRY(begin_adding(archive));
  for (size_t i = from; i < report->story_count; i++) {
    NA_TRY(na_ids_assign(&archive->ids, report, report->stories[i]));
    NA_TRY(take_story(&archive->intake, report->stories[i]));
  }
  return NA_OK;
}

/* What merging two archives needs for a story of each. */
typedef struct merging {
  na_archive *archive;
  const na_archive *other;
  na_report *report;
  na_arena theirs, ours;
  na_buffer their_bytes, our_bytes;
} merging;

/* Whether the archive has this very story. */
static na_status is_same (merging *m, const na_story *story, bool *same) {
  na_story own;
  *same = false;
  if (!na_ids_may_have(&m->archive->ids, story->id)) return NA_OK;
  uint32_t found = na_archive_find(m->archive, story->id);
  if (found == NA_MAP_NONE) return NA_OK;
  na_arena_clear(&m->ours);
  m->our_bytes.size = m->their_bytes.size = 0;
  NA_TRY(na_archive_story(m->archive, found, &m->ours, &own));
  NA_TRY(na_story_pack(&m->our_bytes, &own, NULL));
  NA_TRY(na_story_pack(&m->their_bytes, story, NULL));
  *same = na_slice_equal(na_buffer_slice(&m->our_bytes), na_buffer_slice(&m->their_bytes));
  return NA_OK;
}

static na_status merge_story (merging *m, size_t i, size_t *same) {
  na_story story;
  bool known;
  na_arena_clear(&m->theirs);
  NA_TRY(na_archive_story(m->other, i, &m->theirs, &story));
  if (!story.language.data && strcmp(m->other->language, m->archive->language) != 0)
    story.language = na_slice_z(m->other->language); /* it was of this one, and would become of another */
  NA_TRY(is_same(m, &story, &known));
  *same += known;
  if (known) return NA_OK;
  NA_TRY(na_ids_assign(&m->archive->ids, m->report, &story));
  return take_story(&m->archive->intake, &story);
}

na_status na_archive_merge (na_archive *archive, const na_archive *other, na_report *report, size_t *same) {
  merging m = { .archive = archive, .other = other, .report = report };
  na_status status = begin_adding(archive);
  *same = 0;
  for (size_t i = 0; i < other->count && status == NA_OK; i++) {
    if (i % NA_REST_STORIES == 0) {
      na_archive_rest(archive);
      na_archive_rest(other);
    }
    status = merge_story(&m, i, same);
  }
  na_arena_free(&m.theirs);
  na_arena_free(&m.ours);
  na_buffer_free(&m.their_bytes);
  na_buffer_free(&m.our_bytes);
  return status;
}

na_slice na_intake_record (const na_intake *intake, na_slice records, size_t i) {
  uint64_t end = i + 1 < intake->count ? intake->starts[i + 1] : records.size;
  return na_slice_part(records, (size_t)intake->starts[i], (size_t)end);
}

/* ---- reading ---- */

void na_archive_rest (const na_archive *archive) {
  na_file_rest(archive->mapped);
}

na_status na_archive_story (const na_archive *archive, size_t i, na_arena *arena, na_story *story) {
  na_slice bytes = na_rows_get(&archive->records, i);
  na_status status = na_story_unpack(bytes, archive->pools, archive->days[i], arena, story);
  if (status == NA_BAD) na_image_spoil(archive->image);
  return status == NA_OK && na_archive_is_damaged(archive) ? NA_BAD : status;
}

/* The id of story `i`; empty where it cannot be read. */
static na_story_id id_of (const na_archive *archive, size_t i) {
  na_story_id id;
  if (na_story_unpack_id(na_rows_get(&archive->records, i), archive->pools, archive->days[i], &id) != NA_OK)
    na_image_spoil(archive->image);
  return id;
}

uint32_t na_archive_find (const na_archive *archive, na_slice id) {
  const na_story_id wanted = { .rest = id };
  size_t low = 0, high = archive->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    uint32_t story = na_column_number(&archive->by_id, middle, archive->count);
    na_story_id own = id_of(archive, story);
    int order = na_story_id_compare(&own, &wanted);
    if (order == 0) return story;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NA_MAP_NONE;
}

int na_archive_compare_ids (const na_archive *archive, uint32_t a, uint32_t b) {
  na_story_id x = id_of(archive, a), y = id_of(archive, b);
  return na_story_id_compare(&x, &y);
}

uint32_t na_story_of_day (const na_archive *archive, int64_t day) {
  size_t low = 0, high = archive->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (archive->days[middle] < day)
      low = middle + 1;
    else
      high = middle;
  }
  return (uint32_t)low;
}

na_status na_archive_index (na_archive *archive) {
  if (archive->mentions.starts || !archive->image) return NA_OK;
  na_postings mentions = { 0 };
  NA_TRY(na_lists_read(&mentions, &archive->mention_rows, (uint32_t)archive->count));
  na_status status = na_postings_transpose(&archive->context, &mentions, archive->count);
  if (status == NA_OK)
    archive->mentions = mentions;
  else
    na_postings_free(&mentions);
  return status;
}
