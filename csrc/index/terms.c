#include "index/terms.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "index/lists.h"

double na_coarse (double value) {
  return value > 0 ? exp2(round(log2(value) * 4) / 4) : 0;
}

/* And up to twice as many, until an archive has doubled: then each has twice as many stories. */
#define GENERATIONS 64

size_t na_settled (size_t count) {
  size_t step = 1;
  while (count / step >= 2 * GENERATIONS) step *= 2;
  return count - count % step;
}

/* ---- impacts ---- */

/* Units and lengths up to these are looked up: all of a headline's. */
#define USUAL_UNITS  8
#define USUAL_LENGTH 512

static uint8_t impact_of (uint32_t units, double relative_length) {
  double uses = (double)units / NA_TITLE_UNITS;
  double held = NA_IMPACT_SATURATION * (1 - NA_IMPACT_LENGTH + NA_IMPACT_LENGTH * relative_length);
  long impact = lround(NA_IMPACT_ONE * uses * (1 + NA_IMPACT_SATURATION) / (uses + held));
  return (uint8_t)(impact > 1 ? impact : 1); /* a term that is there is never nothing */
}

static uint8_t impact_in (const na_terms *terms, uint32_t units, uint32_t length) {
  if (units <= USUAL_UNITS && length < USUAL_LENGTH)
    return terms->usual_impacts[(units - 1) * USUAL_LENGTH + length];
  return impact_of(units, terms->average > 0 ? length / terms->average : 1);
}

static na_status list_usual_impacts (na_terms *terms) {
  terms->usual_impacts = na_malloc(USUAL_UNITS * USUAL_LENGTH);
  if (!terms->usual_impacts) return NA_NOMEM;
  for (uint32_t units = 1; units <= USUAL_UNITS; units++)
    for (uint32_t length = 0; length < USUAL_LENGTH; length++)
      terms->usual_impacts[(units - 1) * USUAL_LENGTH + length] =
          impact_of(units, terms->average > 0 ? length / terms->average : 1);
  return NA_OK;
}

/* ---- a story's terms, read from its texts ---- */

typedef struct found {
  uint32_t term, units;
} found;

struct na_reading {
  na_arena arena;
  found *found;
  size_t found_count, found_capacity, capacity;
  uint32_t *items;
  uint8_t *impacts;
};

static void free_reading (struct na_reading *reading) {
  if (!reading) return;
  na_arena_free(&reading->arena);
  na_free(reading->found);
  na_free(reading->items);
  na_free(reading->impacts);
  na_free(reading);
}

static na_status note (struct na_reading *reading, uint32_t term, uint32_t units) {
  void *items = reading->found;
  if (!na_grow(&items, &reading->found_capacity, reading->found_count, sizeof *reading->found))
    return NA_NOMEM;
  reading->found = items;
  reading->found[reading->found_count++] = (found){ term, units };
  return NA_OK;
}

/* The name of two forms, or NA_MAP_NONE. */
static uint32_t find_name (const na_terms *terms, uint32_t first, uint32_t second) {
  size_t low = 0, high = terms->first_entity - terms->first_name;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    uint32_t a = na_column_get(&terms->names, 2 * middle), b = na_column_get(&terms->names, 2 * middle + 1);
    if (a == first && b == second) return (uint32_t)(terms->first_name + middle);
    if (a < first || (a == first && b < second))
      low = middle + 1;
    else
      high = middle;
  }
  return NA_MAP_NONE;
}

static int compare_found (const void *a, const void *b) {
  const found *x = a, *y = b;
  return (x->term > y->term) - (x->term < y->term);
}

static na_status read_words (na_terms *terms, const na_story *story) {
  struct na_reading *reading = terms->reading;
  na_wording wording;
  na_wording_word next;
  uint32_t last = NA_MAP_NONE;
  reading->found_count = 0;
  na_wording_begin(&wording, &terms->fold, story);
  while (na_wording_next(&wording, &next)) {
    uint32_t form = na_rows_find(&terms->forms, next.word.text), name = NA_MAP_NONE;
    if (form != NA_MAP_NONE) NA_TRY(note(reading, na_terms_of_form(terms, form), next.units));
    if (form != NA_MAP_NONE && last != NA_MAP_NONE && next.ends_name) name = find_name(terms, last, form);
    if (name != NA_MAP_NONE) NA_TRY(note(reading, name, next.units));
    last = form;
  }
  if (reading->found_count)
    qsort(reading->found, reading->found_count, sizeof *reading->found, compare_found);
  return NA_OK;
}

static na_status make_room (struct na_reading *reading, size_t count) {
  if (count <= reading->capacity) return NA_OK;
  void *items = na_realloc(reading->items, count * sizeof *reading->items);
  if (!items) return NA_NOMEM;
  reading->items = items;
  void *impacts = na_realloc(reading->impacts, count);
  if (!impacts) return NA_NOMEM;
  reading->impacts = impacts;
  reading->capacity = count;
  return NA_OK;
}

/* The terms of a story into terms->reading, *count of them. */
static na_status read_story (na_terms *terms, uint32_t story, size_t *count) {
  if (!terms->reading) {
    terms->reading = na_malloc(sizeof *terms->reading);
    if (!terms->reading) return NA_NOMEM;
    *terms->reading = (struct na_reading){ 0 };
  }
  struct na_reading *reading = terms->reading;
  na_story texts;
  na_arena_clear(&reading->arena);
  NA_TRY(na_archive_story(terms->archive, story, &reading->arena, &texts));
  NA_TRY(read_words(terms, &texts));
  na_posting_list context = na_postings_list(&terms->archive->context, story);
  NA_TRY(make_room(reading, reading->found_count + context.count));
  size_t at = 0;
  for (size_t i = 0, k; i < reading->found_count; i = k) {
    uint32_t units = 0, term = reading->found[i].term;
    for (k = i; k < reading->found_count && reading->found[k].term == term; k++)
      units += reading->found[k].units;
    reading->items[at] = term;
    reading->impacts[at++] =
        impact_in(terms, units < NA_UNITS_MAX ? units : NA_UNITS_MAX, terms->lengths.items[story]);
  }
  for (size_t k = 0; k < context.count; k++) {
    reading->items[at] = (uint32_t)terms->first_entity + context.items[k];
    reading->impacts[at++] = NA_IMPACT_ONE;
  }
  *count = at;
  return NA_OK;
}

na_story_terms na_terms_of (na_terms *terms, uint32_t story) {
  if (terms->of_story.starts) {
    uint32_t start = terms->of_story.starts[story];
    return (na_story_terms){ terms->of_story.items + start, terms->of_story_impacts + start,
                             terms->of_story.starts[story + 1] - start };
  }
  size_t count = 0;
  na_status status = read_story(terms, story, &count);
  if (status == NA_OK) return (na_story_terms){ terms->reading->items, terms->reading->impacts, count };
  if (terms->status == NA_OK) terms->status = status;
  return (na_story_terms){ 0 };
}

/* ---- rows ---- */

na_term_row na_terms_row (const na_terms *terms, uint32_t term) {
  na_term_row row = { .stories = na_cursor_of(na_rows_get(&terms->rows, term)) };
  row.capital = na_cursor_byte(&row.stories);
  row.shown = na_cursor_bytes(&row.stories, na_cursor_number(&row.stories));
  uint64_t count = na_cursor_number(&row.stories), unsettled = na_cursor_number(&row.stories);
  uint64_t together = na_cursor_number(&row.stories);
  uint64_t most = (uint64_t)(row.stories.end - row.stories.at); /* each takes a byte or more */
  if (count <= most && count <= terms->archive->count && unsettled <= count && together <= count &&
      !row.stories.bad) {
    row.count = (size_t)count;
    row.settled = (size_t)(count - unsettled);
    row.together = (size_t)together;
  } else {
    na_image_spoil(terms->image);
  }
  return row;
}

size_t na_terms_stories (const na_terms *terms, uint32_t term) {
  if (term >= terms->first_entity)
    return na_postings_list(&terms->archive->mentions, term - terms->first_entity).count;
  return terms->lists[term] ? terms->lists[term]->count : na_terms_row(terms, term).count;
}

size_t na_terms_settled (const na_terms *terms, uint32_t term) {
  if (term < terms->first_entity) return na_terms_row(terms, term).settled;
  na_posting_list list = na_postings_list(&terms->archive->mentions, term - terms->first_entity);
  return na_postings_place(list, (uint32_t)terms->settled);
}

unsigned na_terms_capital (const na_terms *terms, uint32_t word) {
  na_term_row row = na_terms_row(terms, word);
  return na_terms_capital_of(&row);
}

na_slice na_terms_form (const na_terms *terms, uint32_t word) {
  if (!terms->forms.count) return NA_LITERAL("");
  return na_rows_get(&terms->forms, na_column_number(&terms->words, word, terms->forms.count));
}

void na_terms_name (const na_terms *terms, uint32_t name, uint32_t forms[2]) {
  size_t place = 2 * (name - terms->first_name);
  for (size_t i = 0; i < 2; i++) forms[i] = na_column_number(&terms->names, place + i, terms->forms.count);
}

na_slice na_terms_shown (const na_terms *terms, uint32_t term) {
  if (term >= terms->first_entity) return na_archive_entity(terms->archive, term - terms->first_entity);
  na_slice shown = na_terms_row(terms, term).shown;
  return shown.size || term >= terms->first_name ? shown : na_terms_form(terms, term);
}

/* ---- words ---- */

uint32_t na_terms_word (const na_terms *terms, na_slice word) {
  uint32_t form = na_rows_find(&terms->forms, word);
  return form == NA_MAP_NONE ? NA_MAP_NONE : na_terms_of_form(terms, form);
}

na_slice na_terms_stem (const na_terms *terms, size_t i, uint32_t *word) {
  uint32_t form = na_column_number(&terms->stems, i, terms->forms.count);
  *word = na_terms_of_form(terms, form);
  return na_stem(&terms->stemmer, na_rows_get(&terms->forms, form));
}

/* The word of a stem: of its first form, whose own stem is looked at. */
static uint32_t find_stem (const na_terms *terms, na_slice stem) {
  size_t low = 0, high = terms->stems.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    uint32_t word;
    int order = na_slice_compare(na_terms_stem(terms, middle, &word), stem);
    if (order == 0) return word;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NA_MAP_NONE;
}

uint32_t na_terms_word_or_stem (const na_terms *terms, na_slice word) {
  uint32_t term = na_terms_word(terms, word);
  char stem[NA_WORD_BYTES];
  if (term != NA_MAP_NONE) return term;
  na_slice own = na_stem(&terms->stemmer, word); /* the next stem takes its place */
  if (own.size > sizeof stem) return NA_MAP_NONE;
  memcpy(stem, own.data, own.size);
  return find_stem(terms, na_slice_of(stem, own.size));
}

/* ---- lists ---- */

/* Reads the stories of a row with their impacts. False where the row is damaged. */
static bool unpack_row (const na_terms *terms, na_term_row *row, uint32_t *items, uint8_t *impacts) {
  uint64_t next = 0, limit = terms->archive->count;
  for (size_t i = 0; i < row->count; i++) {
    uint64_t number = na_cursor_number(&row->stories), distance = number >> 1;
    uint32_t units = number & 1 ? na_cursor_byte(&row->stories) : NA_TITLE_UNITS;
    if (!units || distance >= limit || next + distance >= limit) return false;
    items[i] = (uint32_t)(next + distance);
    impacts[i] = impact_in(terms, units, terms->lengths.items[items[i]]);
    next += distance + 1;
  }
  return !row->stories.bad;
}

static void find_tops (na_term_list *list, uint8_t *tops) {
  size_t blocks = ((size_t)list->count + (1 << NA_BLOCK_BITS) - 1) >> NA_BLOCK_BITS;
  memset(tops, 0, blocks);
  for (size_t i = 0; i < list->count; i++)
    if (list->impacts[i] > tops[i >> NA_BLOCK_BITS]) tops[i >> NA_BLOCK_BITS] = list->impacts[i];
  for (size_t b = 0; b < blocks; b++)
    if (tops[b] > list->top) list->top = tops[b];
  list->tops = tops;
}

static na_status unpack_list (na_terms *terms, uint32_t term, na_term_list *list) {
  na_term_row row = na_terms_row(terms, term);
  uint32_t *items = na_arena_alloc(&terms->arena, row.count * sizeof *items);
  uint8_t *impacts = na_arena_alloc(&terms->arena, row.count);
  uint8_t *tops = na_arena_alloc(&terms->arena, (row.count >> NA_BLOCK_BITS) + 1);
  if (!items || !impacts || !tops) return NA_NOMEM;
  if (!unpack_row(terms, &row, items, impacts)) {
    na_image_spoil(terms->image);
    return NA_BAD;
  }
  *list = (na_term_list){ .items = items, .impacts = impacts, .count = (uint32_t)row.count };
  find_tops(list, tops);
  if (row.count < terms->archive->count / NA_LONG_SHARE) return NA_OK;
  return na_bitmap_make(&list->bitmap, &terms->arena, (na_posting_list){ items, row.count }, impacts,
                        terms->archive->count);
}

static na_status list_entity (na_terms *terms, uint32_t term, na_term_list *list) {
  if (!terms->flat) {
    terms->flat = na_malloc(terms->archive->count);
    if (!terms->flat) return NA_NOMEM;
    memset(terms->flat, NA_IMPACT_ONE, terms->archive->count);
  }
  na_posting_list stories = na_postings_list(&terms->archive->mentions, term - terms->first_entity);
  *list = (na_term_list){ .items = stories.items,
                          .impacts = terms->flat,
                          .tops = terms->flat,
                          .count = (uint32_t)stories.count,
                          .top = NA_IMPACT_ONE };
  return NA_OK;
}

const na_term_list *na_terms_list (na_terms *terms, uint32_t term) {
  static const na_term_list none;
  if (terms->lists[term]) return terms->lists[term];
  if (terms->status == NA_BAD) return &none;
  na_term_list *list = na_arena_alloc(&terms->arena, sizeof *list);
  na_status status = !list                        ? NA_NOMEM
                     : term < terms->first_entity ? unpack_list(terms, term, list)
                                                  : list_entity(terms, term, list);
  if (status == NA_OK) return terms->lists[term] = list;
  if (terms->status == NA_OK) terms->status = status;
  return &none;
}

/* The lists the other way round: what stories have. */
static na_status turn (na_terms *terms) {
  size_t stories = terms->archive->count, total = 0;
  for (uint32_t t = 0; t < terms->count; t++) total += terms->lists[t]->count;
  na_postings lists;
  NA_TRY(na_postings_alloc(&lists, stories, total));
  uint8_t *impacts = na_malloc(total);
  if (!impacts) {
    na_postings_free(&lists);
    return NA_NOMEM;
  }
  memset(lists.starts, 0, (stories + 1) * sizeof *lists.starts);
  for (uint32_t t = 0; t < terms->count; t++)
    for (size_t i = 0; i < terms->lists[t]->count; i++) lists.starts[terms->lists[t]->items[i] + 1]++;
  for (size_t i = 0; i < stories; i++) lists.starts[i + 1] += lists.starts[i];
  for (uint32_t t = 0; t < terms->count;
       t++) /* starts[i] walks to the end of list i, where list i + 1 begins */
    for (size_t i = 0; i < terms->lists[t]->count; i++) {
      uint32_t place = lists.starts[terms->lists[t]->items[i]]++;
      lists.items[place] = t;
      impacts[place] = terms->lists[t]->impacts[i];
    }
  memmove(lists.starts + 1, lists.starts, stories * sizeof *lists.starts);
  lists.starts[0] = 0;
  terms->of_story = lists;
  terms->of_story_impacts = impacts;
  return NA_OK;
}

na_status na_terms_unpack (na_terms *terms) {
  if (terms->of_story.starts) return terms->status;
  for (uint32_t t = 0; t < terms->count && terms->status == NA_OK; t++) na_terms_list(terms, t);
  return terms->status == NA_OK ? turn(terms) : terms->status;
}

/* ---- opening ---- */

void na_terms_free (na_terms *terms) {
  free_reading(terms->reading);
  na_image_close(&terms->own);
  na_buffer_free(&terms->bytes);
  na_fold_close(&terms->fold);
  na_stemmer_close(&terms->stemmer);
  na_arena_free(&terms->arena);
  na_postings_free(&terms->of_story);
  na_free(terms->of_story_impacts);
  na_free(terms->lists);
  na_free(terms->usual_impacts);
  na_free(terms->flat);
  *terms = (na_terms){ 0 };
}

static na_status write_own (na_terms *terms, na_image_writer *image) {
  double average;
  NA_TRY(na_image_begin_memory(image, &terms->bytes));
  NA_TRY(na_terms_write(image, terms->archive, &average));
  NA_TRY(na_meta_write(image, na_slice_z(terms->archive->language), average));
  return na_image_finish(image);
}

/* Makes the sections that the archive's file does not have. */
static na_status make_own (na_terms *terms) {
  na_image_writer image = { 0 };
  na_image_fault fault;
  na_status status = write_own(terms, &image);
  na_image_abandon(&image);
  return status == NA_OK ? na_image_open(&terms->own, na_buffer_slice(&terms->bytes), true, &fault) : status;
}

static na_status view (na_terms *terms) {
  const na_image *image = terms->image;
  na_rows meta;
  NA_TRY(na_rows_open(&meta, image, NA_SECTION_META));
  NA_TRY(na_rows_open(&terms->forms, image, NA_SECTION_FORMS));
  NA_TRY(na_rows_open(&terms->rows, image, NA_SECTION_TERMS));
  NA_TRY(na_column_open(&terms->form_terms, image, NA_SECTION_FORM_TERMS));
  NA_TRY(na_column_open(&terms->stems, image, NA_SECTION_STEMS));
  NA_TRY(na_column_open(&terms->words, image, NA_SECTION_WORDS));
  NA_TRY(na_column_open(&terms->names, image, NA_SECTION_NAMES));
  NA_TRY(na_column_open(&terms->lengths, image, NA_SECTION_LENGTHS));
  if (meta.count < NA_META_COUNT || na_rows_get(&meta, NA_META_LENGTH).size != sizeof terms->average)
    return NA_BAD;
  memcpy(&terms->average, na_rows_get(&meta, NA_META_LENGTH).data, sizeof terms->average);
  terms->settled = na_settled(terms->archive->count);
  terms->first_name = terms->words.count;
  terms->first_entity = terms->first_name + terms->names.count / 2;
  terms->count = terms->first_entity + terms->archive->entity_count;
  bool fits = terms->rows.count == terms->first_entity && terms->form_terms.count == terms->forms.count &&
              terms->lengths.count == terms->archive->count && terms->count < UINT32_MAX &&
              terms->stems.count <= terms->forms.count;
  /* A form has a word, and what is numbered by forms has some: na_column_number finds at least number 0 then. */
  bool some = terms->forms.count ? terms->first_name > 0 : terms->first_entity == 0;
  return fits && some && na_image_check_all(image, NA_SECTION_LENGTHS) && isfinite(terms->average) ? NA_OK
                                                                                                   : NA_BAD;
}

static na_status open (na_terms *terms) {
  const na_archive *archive = terms->archive;
  NA_TRY(na_archive_index(terms->archive));
  bool stored = archive->image && na_image_has(archive->image, NA_SECTION_TERMS);
  if (!stored) NA_TRY(make_own(terms));
  terms->image = stored ? archive->image : &terms->own;
  na_status status = view(terms);
  if (status == NA_BAD) na_image_spoil(terms->image);
  NA_TRY(status);
  terms->lists = na_malloc(terms->count * sizeof *terms->lists);
  if (!terms->lists || !na_fold_open(&terms->fold)) return NA_NOMEM;
  for (size_t t = 0; t < terms->count; t++) terms->lists[t] = NULL;
  na_stemmer_open(&terms->stemmer, na_slice_z(archive->language));
  return list_usual_impacts(terms);
}

na_status na_terms_open (na_terms *terms, na_archive *archive) {
  na_terms_free(terms);
  terms->archive = archive;
  na_status status = open(terms);
  if (status != NA_OK) na_terms_free(terms);
  return status;
}
