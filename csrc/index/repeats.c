#include "index/repeats.h"

#include <xxhash.h>

#include "base/memory.h"
#include "text/words.h"

#define BANDS (NA_REPEAT_HASHES / NA_REPEAT_BAND)

typedef struct na_signature {
  uint32_t hashes[NA_REPEAT_HASHES];
} na_signature;

/* One hash of a run gives all hashes of the signature: they differ by a seed each. */
static void add_run (na_signature *signature, uint64_t run) {
  for (uint32_t h = 0; h < NA_REPEAT_HASHES; h++) {
    uint64_t mixed = (run ^ (h * 0x9E3779B97F4A7C15u)) * 0xBF58476D1CE4E5B9u;
    uint32_t hash = (uint32_t)(mixed >> 32);
    if (hash < signature->hashes[h]) signature->hashes[h] = hash;
  }
}

/* The hashes of the last words of a text, and their signature. */
typedef struct na_reading {
  na_signature *signature;
  uint64_t last[NA_REPEAT_RUN];
  size_t words;
} na_reading;

static void read_text (na_reading *reading, const na_fold_table *fold, na_slice text) {
  na_words words;
  na_word word;
  if (!text.data) return;
  na_words_begin(&words, fold, text);
  while (na_words_next(&words, &word)) {
    memmove(reading->last, reading->last + 1, sizeof reading->last - sizeof *reading->last);
    reading->last[NA_REPEAT_RUN - 1] = XXH3_64bits(word.text.data, word.text.size);
    if (++reading->words >= NA_REPEAT_RUN)
      add_run(reading->signature, XXH3_64bits(reading->last, sizeof reading->last));
  }
}

/* False where the text is too short to be compared. */
static bool sign (na_signature *signature, const na_fold_table *fold, const na_story *story) {
  na_reading reading = { .signature = signature };
  memset(signature, 0xFF, sizeof *signature);
  read_text(&reading, fold, story->title);
  read_text(&reading, fold, story->description);
  read_text(&reading, fold, story->body);
  return reading.words >= NA_REPEAT_WORDS;
}

static na_status sign_all (const na_archive *archive, const na_fold_table *fold, na_signature *signatures,
                           bool *signed_) {
  na_arena scratch = { 0 };
  na_status status = NA_OK;
  for (size_t i = 0; i < archive->count && status == NA_OK; i++) {
    na_story story;
    if (i % NA_REST_STORIES == 0) na_archive_rest(archive);
    na_arena_clear(&scratch);
    status = na_archive_story(archive, i, &scratch, &story);
    if (status == NA_OK) signed_[i] = sign(&signatures[i], fold, &story);
  }
  na_arena_free(&scratch);
  return status;
}

static bool are_alike (const na_signature *a, const na_signature *b) {
  unsigned same = 0;
  for (size_t h = 0; h < NA_REPEAT_HASHES; h++) same += a->hashes[h] == b->hashes[h];
  return same >= NA_REPEAT_ALIKE;
}

/* Which story was the first with the hashes of a band. An open table of twice the stories, one for each band in turn. */
typedef struct na_band {
  uint32_t *slots; /* NA_MAP_NONE where free */
  size_t mask;
} na_band;

static uint32_t first_in_band (const na_band *band, const na_signature *signatures, size_t at,
                               uint32_t story) {
  const uint32_t *own = signatures[story].hashes + at * NA_REPEAT_BAND;
  size_t slot = XXH3_64bits(own, NA_REPEAT_BAND * sizeof *own) & band->mask;
  while (band->slots[slot] != NA_MAP_NONE) {
    uint32_t other = band->slots[slot];
    if (memcmp(signatures[other].hashes + at * NA_REPEAT_BAND, own, NA_REPEAT_BAND * sizeof *own) == 0)
      return other;
    slot = (slot + 1) & band->mask;
  }
  band->slots[slot] = story;
  return story;
}

static void compare_band (const na_band *band, const na_signature *signatures, size_t at, const bool *signed_,
                          size_t count, uint32_t *first) {
  memset(band->slots, 0xFF, (band->mask + 1) * sizeof *band->slots);
  for (uint32_t i = 0; i < count; i++) {
    if (!signed_[i]) continue;
    uint32_t other = first_in_band(band, signatures, at, i);
    if (other < first[i] && are_alike(&signatures[other], &signatures[i])) first[i] = other;
  }
}

static void compare (const na_signature *signatures, const bool *signed_, size_t count, const na_band *band,
                     uint32_t *first) {
  for (uint32_t i = 0; i < count; i++) first[i] = i;
  for (size_t at = 0; at < BANDS; at++) compare_band(band, signatures, at, signed_, count, first);
  for (uint32_t i = 0; i < count; i++)
    first[i] = first[first[i]]; /* ascending: the earlier one is settled already */
}

static na_status find (const na_archive *archive, uint32_t *first) {
  size_t count = archive->count, slots = 2;
  while (slots < 2 * count) slots *= 2;
  na_band band = { na_malloc(slots * sizeof *band.slots), slots - 1 };
  na_signature *signatures = na_malloc(count * sizeof *signatures);
  bool *signed_ = na_malloc(count);
  na_fold_table fold = { 0 };
  na_status status = band.slots && signatures && signed_ && na_fold_open(&fold) ? NA_OK : NA_NOMEM;
  if (status == NA_OK) {
    status = sign_all(archive, &fold, signatures, signed_);
    if (status == NA_OK) compare(signatures, signed_, count, &band, first);
  }
  na_fold_close(&fold);
  na_free(signed_);
  na_free(signatures);
  na_free(band.slots);
  return status;
}

/* ---- in the file ---- */

static na_status read (const na_archive *archive, uint32_t *first) {
  na_column pairs;
  NA_TRY(na_column_open(&pairs, archive->image, NA_SECTION_REPEATS));
  for (uint32_t i = 0; i < archive->count; i++) first[i] = i;
  for (size_t i = 0; i + 1 < pairs.count; i += 2) {
    uint32_t story = na_column_number(&pairs, i, archive->count);
    uint32_t original = na_column_number(&pairs, i + 1, archive->count);
    if (original >= story || first[original] != original) na_image_spoil(archive->image);
    first[story] = original;
  }
  return na_archive_is_damaged(archive) ? NA_BAD : NA_OK;
}

na_status na_repeats_find (const na_archive *archive, uint32_t *first) {
  bool stored = archive->image && na_image_has(archive->image, NA_SECTION_REPEATS);
  return stored ? read(archive, first) : find(archive, first);
}

na_status na_repeats_write (na_image_writer *image, const na_archive *archive) {
  uint32_t *first = na_malloc(archive->count * sizeof *first);
  uint32_t *pairs = na_malloc(2 * archive->count * sizeof *pairs);
  size_t count = 0;
  na_status status = first && pairs ? na_repeats_find(archive, first) : NA_NOMEM;
  for (uint32_t i = 0; i < archive->count && status == NA_OK; i++) {
    if (first[i] == i) continue;
    pairs[count++] = i;
    pairs[count++] = first[i];
  }
  if (status == NA_OK) status = na_column_write(image, NA_SECTION_REPEATS, pairs, count);
  na_free(first);
  na_free(pairs);
  return status;
}
