/* csrc/index/terms_build.c -- na_terms_write: the words and names of all stories, as sections. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "index/kin.h"
#include "index/terms.h"

#define NEW_USES \
  8 /* a word that has fewer is counted on: it has just turned up, and hardly any list knows it */

/* A word or a name on its way: words first come by their stem, names by their forms. */
typedef struct term {
  uint32_t forms[2];    /* of a word, the first that has its stem, then the most used one */
  uint32_t uses, upper; /* of all forms of a word, inside sentences */
  uint32_t stories;
  uint32_t place; /* its number in the file; NA_MAP_NONE where it is not there */
  na_slice shown;
  bool is_name;
} term;

typedef struct found {
  uint32_t term, units;
} found;

typedef struct builder {
  const na_archive *archive;
  na_image_writer *image;
  na_fold_table fold;
  na_stemmer stemmer;
  na_arena arena, scratch;    /* what stays; a story */
  na_map words, stems, names; /* unstemmed word -> form, stem -> term, pair of forms -> term */
  na_form *forms;
  uint32_t *form_order, *form_places; /* in order of code points: the forms, and where each is */
  term *terms;
  size_t form_count, form_capacity, term_count, term_capacity;
  size_t word_count, name_count; /* in the file */
  uint32_t *terms_in_order;      /* of the file */
  found *found;                  /* of the story at hand */
  size_t found_count, found_capacity;
  uint32_t *items; /* the lists of the stories so far */
  uint8_t *units;
  size_t item_count, item_capacity, unit_capacity;
  uint32_t *starts, *lengths;
  size_t settled; /* stories that make the weights */
} builder;

/* ---- the terms of one story ---- */

static na_status add_term (builder *b, term made, uint32_t *number) {
  void *items = b->terms;
  if (!na_grow(&items, &b->term_capacity, b->term_count, sizeof *b->terms)) return NA_NOMEM;
  b->terms = items;
  *number = (uint32_t)b->term_count;
  b->terms[b->term_count++] = made;
  return NA_OK;
}

/* The term of a key of `map`: `made` where there is none. */
static na_status term_of (builder *b, na_map *map, na_slice key, term made, uint32_t *number) {
  *number = na_map_get(map, key);
  if (*number != NA_MAP_NONE) return NA_OK;
  uint32_t *stored;
  bool fresh;
  na_slice kept;
  NA_TRY(na_arena_copy(&b->arena, key, &kept));
  NA_TRY(add_term(b, made, number));
  return na_map_put(map, kept, *number, &stored, &fresh);
}

/* A word as it is written: its stem is looked for when it is seen for the first time. */
static na_status form_of (builder *b, na_slice word, uint32_t *number) {
  *number = na_map_get(&b->words, word);
  if (*number != NA_MAP_NONE) return NA_OK;
  void *forms = b->forms;
  uint32_t *stored;
  bool fresh;
  if (!na_grow(&forms, &b->form_capacity, b->form_count, sizeof *b->forms)) return NA_NOMEM;
  b->forms = forms;
  na_form made = { 0 };
  *number = (uint32_t)b->form_count;
  NA_TRY(na_arena_copy(&b->arena, word, &made.text));
  NA_TRY(
      term_of(b, &b->stems, na_stem(&b->stemmer, word), (term){ .forms = { *number, *number } }, &made.term));
  NA_TRY(na_map_put(&b->words, made.text, *number, &stored, &fresh));
  b->forms[b->form_count++] = made;
  return NA_OK;
}

static na_status note (builder *b, uint32_t number, uint32_t units) {
  void *items = b->found;
  if (!na_grow(&items, &b->found_capacity, b->found_count, sizeof *b->found)) return NA_NOMEM;
  b->found = items;
  b->found[b->found_count++] = (found){ number, units };
  return NA_OK;
}

/* Counts a use of the form, and keeps how it is written there, in the case that it mostly has. */
static void note_use (na_form *form, const na_wording_word *next, bool settled) {
  const na_word *word = &next->word;
  bool counts = !word->opens && (settled || form->uses < NEW_USES);
  form->uses += counts;
  form->upper += counts && word->upper;
  bool usual = !word->opens && word->upper == (form->upper * 2 > form->uses);
  if (usual || !form->shown.data) form->shown = na_wording_shown(next->text, word->first, word->last);
}

static na_status note_name (builder *b, const na_wording_word *next, uint32_t first, uint32_t second) {
  uint32_t forms[2] = { first, second }, number;
  NA_TRY(term_of(b, &b->names, na_slice_of((const char *)forms, sizeof forms),
                 (term){ .forms = { first, second }, .is_name = true }, &number));
  b->terms[number].shown = na_wording_shown(next->text, next->name_first, next->word.last);
  return note(b, number, next->units);
}

static na_status note_story (builder *b, const na_story *story, bool settled) {
  na_wording wording;
  na_wording_word next;
  uint32_t form, last = NA_MAP_NONE;
  na_wording_begin(&wording, &b->fold, story);
  while (na_wording_next(&wording, &next)) {
    NA_TRY(form_of(b, next.word.text, &form));
    note_use(&b->forms[form], &next, settled);
    NA_TRY(note(b, b->forms[form].term, next.units));
    if (next.ends_name) NA_TRY(note_name(b, &next, last, form));
    last = form;
  }
  return NA_OK;
}

static int compare_found (const void *a, const void *b) {
  const found *x = a, *y = b;
  return (x->term > y->term) - (x->term < y->term);
}

static na_status list_term (builder *b, uint32_t number, uint32_t units) {
  void *items = b->items, *bytes = b->units;
  if (!na_grow(&items, &b->item_capacity, b->item_count, sizeof *b->items)) return NA_NOMEM;
  b->items = items;
  if (!na_grow(&bytes, &b->unit_capacity, b->item_count, sizeof *b->units)) return NA_NOMEM;
  b->units = bytes;
  b->items[b->item_count] = number;
  b->units[b->item_count++] = (uint8_t)(units < NA_UNITS_MAX ? units : NA_UNITS_MAX);
  return NA_OK;
}

/* Every term of the story once. */
static na_status list_found (builder *b) {
  if (b->found_count) qsort(b->found, b->found_count, sizeof *b->found, compare_found);
  for (size_t i = 0, k; i < b->found_count; i = k) {
    uint32_t units = 0;
    for (k = i; k < b->found_count && b->found[k].term == b->found[i].term; k++) units += b->found[k].units;
    NA_TRY(list_term(b, b->found[i].term, units));
  }
  b->found_count = 0;
  return NA_OK;
}

static na_status read_stories (builder *b) {
  for (size_t i = 0; i < b->archive->count; i++) {
    na_story story;
    b->starts[i] = (uint32_t)b->item_count;
    na_arena_clear(&b->scratch);
    NA_TRY(na_archive_story(b->archive, i, &b->scratch, &story));
    NA_TRY(note_story(b, &story, i < b->settled));
    NA_TRY(list_found(b));
    if (b->item_count >= UINT32_MAX - 1) return NA_LIMIT;
  }
  b->starts[b->archive->count] = (uint32_t)b->item_count;
  return NA_OK;
}

/* ---- forms of a name under one term ---- */

/* Lists of one story with other terms: in order again, none twice. Gives the new number of items. */
static uint32_t settle (builder *b, uint32_t from, uint32_t to, uint32_t at) {
  for (uint32_t i = from + 1; i < to; i++)
    for (uint32_t k = i; k > from && b->items[k] < b->items[k - 1]; k--) {
      uint32_t item = b->items[k];
      uint8_t units = b->units[k];
      b->items[k] = b->items[k - 1], b->units[k] = b->units[k - 1];
      b->items[k - 1] = item, b->units[k - 1] = units;
    }
  for (uint32_t i = from, first = at; i < to; i++) {
    if (at > first && b->items[at - 1] == b->items[i]) {
      unsigned units = b->units[at - 1] + b->units[i];
      b->units[at - 1] = (uint8_t)(units < NA_UNITS_MAX ? units : NA_UNITS_MAX);
      continue;
    }
    b->items[at] = b->items[i];
    b->units[at++] = b->units[i];
  }
  return at;
}

static void join_lists (builder *b, const uint32_t *kin) {
  uint32_t at = 0;
  for (size_t i = 0; i < b->archive->count; i++) {
    uint32_t from = b->starts[i], to = b->starts[i + 1];
    for (uint32_t k = from; k < to; k++) b->items[k] = kin[b->items[k]];
    b->starts[i] = at;
    at = settle(b, from, to, at);
    for (uint32_t k = b->starts[i]; k < at; k++) {
      term *of = &b->terms[b->items[k]];
      of->stories++;
      if (!of->is_name) b->lengths[i] += b->units[k];
    }
  }
  b->starts[b->archive->count] = at;
  b->item_count = at;
}

/* Gives every form its term, and every term its most used form. */
static void name_terms (builder *b, const uint32_t *kin) {
  for (uint32_t f = 0; f < b->form_count; f++) {
    na_form *form = &b->forms[f];
    form->term = kin[form->term];
    term *of = &b->terms[form->term];
    of->uses += form->uses;
    of->upper += form->upper;
    if (of->shown.data && form->uses <= b->forms[of->forms[1]].uses) continue;
    of->forms[1] = f;
    of->shown = form->shown;
  }
}

static na_status join_kin (builder *b) {
  na_postings lists = { b->starts, b->items, b->settled };
  uint32_t *kin = na_malloc(b->term_count * sizeof *kin);
  na_status status =
      kin ? na_kin_find(kin, b->term_count, b->forms, b->form_count, &b->words, &lists) : NA_NOMEM;
  if (status == NA_OK) {
    join_lists(b, kin);
    name_terms(b, kin);
  }
  na_free(kin);
  return status;
}

/* ---- numbers as in the file ---- */

/* A text and the first bytes of it as a number: most comparisons need no look at the text. */
typedef struct keyed {
  uint64_t head;
  na_slice text;
  uint32_t number;
} keyed;

static keyed keyed_of (na_slice text, uint32_t number) {
  keyed made = { 0, text, number };
  for (size_t i = 0; i < sizeof made.head; i++)
    made.head = made.head << 8 | (i < text.size ? (unsigned char)text.data[i] : 0);
  return made;
}

static int compare_keyed (const void *a, const void *b) {
  const keyed *x = a, *y = b;
  if (x->head != y->head) return x->head < y->head ? -1 : 1;
  return na_slice_compare(x->text, y->text);
}

static na_status order_forms (builder *b) {
  keyed *order = na_malloc(b->form_count * sizeof *order);
  if (!order) return NA_NOMEM;
  for (uint32_t f = 0; f < b->form_count; f++) order[f] = keyed_of(b->forms[f].text, f);
  if (b->form_count) qsort(order, b->form_count, sizeof *order, compare_keyed);
  for (uint32_t i = 0; i < b->form_count; i++) {
    b->form_order[i] = order[i].number;
    b->form_places[order[i].number] = i;
  }
  na_free(order);
  return NA_OK;
}

static int compare_names (const void *a, const void *b) {
  const term *x = *(const term *const *)a, *y = *(const term *const *)b;
  if (x->forms[0] != y->forms[0]) return x->forms[0] < y->forms[0] ? -1 : 1;
  return (x->forms[1] > y->forms[1]) - (x->forms[1] < y->forms[1]);
}

/* Words that stories have, in order of their first use; then the names of two stories or more, in order of their forms. */
static na_status number_terms (builder *b) {
  const term **names = na_malloc(b->term_count * sizeof *names);
  size_t name_count = 0;
  if (!names) return NA_NOMEM;
  for (size_t t = 0; t < b->term_count; t++) {
    term *of = &b->terms[t];
    of->place = NA_MAP_NONE;
    of->forms[0] = b->form_places[of->forms[0]];
    of->forms[1] = b->form_places[of->forms[1]];
    if (of->is_name && of->stories > 1) names[name_count++] = of;
    if (of->is_name || !of->stories) continue;
    of->place = (uint32_t)b->word_count;
    b->terms_in_order[b->word_count++] = (uint32_t)t;
  }
  if (name_count) qsort(names, name_count, sizeof *names, compare_names);
  for (size_t i = 0; i < name_count; i++) {
    uint32_t number = (uint32_t)(names[i] - b->terms), place = (uint32_t)(b->word_count + i);
    b->terms[number].place = place;
    b->terms_in_order[place] = number;
  }
  b->name_count = name_count;
  na_free(names);
  return NA_OK;
}

/* ---- sections ---- */

static na_status write_forms (builder *b) {
  na_rows_writer rows = { .image = b->image };
  na_status status = na_image_section_begin(b->image, NA_SECTION_FORMS);
  for (size_t i = 0; status == NA_OK && i < b->form_count; i++)
    status = na_rows_add(&rows, b->forms[b->form_order[i]].text);
  if (status == NA_OK) status = na_rows_end(&rows);
  na_rows_writer_free(&rows);
  NA_TRY(status);
  return na_image_section_end(b->image);
}

/* Numbers that are put one behind the other, then written. */
static na_status write_form_terms (builder *b, uint32_t *numbers) {
  for (size_t i = 0; i < b->form_count; i++) numbers[i] = b->terms[b->forms[b->form_order[i]].term].place;
  return na_column_write(b->image, NA_SECTION_FORM_TERMS, numbers, b->form_count);
}

/* The first form of every stem. A stem's own term may have gone into another: its form leads there. */
static na_status write_stems (builder *b, uint32_t *numbers) {
  keyed *order = na_malloc(b->term_count * sizeof *order);
  size_t count = 0;
  if (!order) return NA_NOMEM;
  na_status status = NA_OK;
  for (uint32_t t = 0; t < b->term_count && status == NA_OK; t++) {
    if (b->terms[t].is_name) continue;
    uint32_t form = b->terms[t].forms[0];
    na_slice stem;
    status = na_arena_copy(&b->arena, na_stem(&b->stemmer, b->forms[b->form_order[form]].text), &stem);
    order[count++] = keyed_of(stem, form);
  }
  if (count && status == NA_OK) qsort(order, count, sizeof *order, compare_keyed);
  for (size_t i = 0; i < count; i++) numbers[i] = order[i].number;
  if (status == NA_OK) status = na_column_write(b->image, NA_SECTION_STEMS, numbers, count);
  na_free(order);
  return status;
}

static na_status write_words (builder *b, uint32_t *numbers) {
  for (size_t i = 0; i < b->word_count; i++) numbers[i] = b->terms[b->terms_in_order[i]].forms[1];
  return na_column_write(b->image, NA_SECTION_WORDS, numbers, b->word_count);
}

static na_status write_names (builder *b, uint32_t *numbers) {
  for (size_t i = 0; i < b->name_count; i++) {
    const term *name = &b->terms[b->terms_in_order[b->word_count + i]];
    numbers[2 * i] = name->forms[0];
    numbers[2 * i + 1] = name->forms[1];
  }
  return na_column_write(b->image, NA_SECTION_NAMES, numbers, 2 * b->name_count);
}

static unsigned capital_of (const term *of) {
  return (unsigned)lround(NA_CAPITAL_STEPS * (of->upper + 0.5) / (of->uses + 1.0));
}

static na_status put_story (na_buffer *row, uint32_t distance, uint8_t units) {
  NA_TRY(na_varint_append(row, (uint64_t)distance << 1 | (units != NA_TITLE_UNITS)));
  return units == NA_TITLE_UNITS ? NA_OK : na_buffer_byte(row, (char)units);
}

static na_status put_row (builder *b, na_buffer *row, uint32_t number, na_posting_list stories,
                          const uint8_t *units) {
  const term *of = &b->terms[b->terms_in_order[number]];
  na_slice form = of->is_name ? NA_NONE : b->forms[b->form_order[of->forms[1]]].text;
  bool is_shown = of->is_name || (of->stories > 1 && !na_slice_equal(of->shown, form));
  uint32_t next = 0;
  row->size = 0;
  NA_TRY(na_buffer_byte(row, (char)(of->is_name ? NA_CAPITAL_STEPS : capital_of(of))));
  NA_TRY(na_varint_append(row, is_shown ? of->shown.size : 0));
  if (is_shown) NA_TRY(na_buffer_append(row, of->shown));
  NA_TRY(na_varint_append(row, stories.count));
  NA_TRY(na_varint_append(row, stories.count - na_postings_place(stories, (uint32_t)b->settled)));
  for (size_t i = 0; i < stories.count; i++) {
    NA_TRY(put_story(row, stories.items[i] - next, units[i]));
    next = stories.items[i] + 1;
  }
  return NA_OK;
}

/* Terms as they are numbered in the file; what is not there is left out. */
static void renumber (builder *b) {
  uint32_t at = 0;
  for (size_t i = 0; i < b->archive->count; i++) {
    uint32_t from = b->starts[i], to = b->starts[i + 1];
    b->starts[i] = at;
    for (uint32_t k = from; k < to; k++) {
      uint32_t place = b->terms[b->items[k]].place;
      if (place == NA_MAP_NONE) continue;
      b->items[at] = place;
      b->units[at++] = b->units[k];
    }
  }
  b->starts[b->archive->count] = at;
  b->item_count = at;
}

static na_status put_rows (builder *b, na_rows_writer *rows, na_buffer *row, const na_postings *stories,
                           uint8_t *units) {
  uint32_t *ends = na_malloc(stories->count * sizeof *ends);
  if (!ends) return NA_NOMEM;
  if (stories->count) memcpy(ends, stories->starts, stories->count * sizeof *ends);
  for (size_t k = 0; k < b->item_count; k++) units[ends[b->items[k]]++] = b->units[k];
  na_free(ends);
  for (uint32_t t = 0; t < stories->count; t++) {
    NA_TRY(put_row(b, row, t, na_postings_list(stories, t), units + stories->starts[t]));
    NA_TRY(na_rows_add(rows, na_buffer_slice(row)));
  }
  return na_rows_end(rows);
}

static na_status write_rows (builder *b) {
  na_postings of_story, stories = { 0 };
  na_rows_writer rows = { .image = b->image };
  na_buffer row = { 0 };
  renumber(b);
  of_story = (na_postings){ b->starts, b->items, b->archive->count };
  NA_TRY(na_postings_transpose(&stories, &of_story, b->word_count + b->name_count));
  uint8_t *units = na_malloc(b->item_count);
  na_status status = units ? na_image_section_begin(b->image, NA_SECTION_TERMS) : NA_NOMEM;
  if (status == NA_OK) status = put_rows(b, &rows, &row, &stories, units);
  if (status == NA_OK) status = na_image_section_end(b->image);
  na_free(units);
  na_postings_free(&stories);
  na_rows_writer_free(&rows);
  na_buffer_free(&row);
  return status;
}

static double average_of (const builder *b) {
  double total = 0;
  for (size_t i = 0; i < b->settled; i++) total += b->lengths[i];
  return na_coarse(total / (double)(b->settled ? b->settled : 1));
}

static na_status build (builder *b) {
  size_t stories = b->archive->count;
  b->starts = na_malloc((stories + 1) * sizeof *b->starts);
  b->lengths = na_malloc(stories * sizeof *b->lengths);
  b->items = na_malloc(sizeof *b->items); /* also where no story has a word: lists begin somewhere */
  if (!b->starts || !b->lengths || !b->items || !na_fold_open(&b->fold)) return NA_NOMEM;
  b->item_capacity = 1;
  memset(b->lengths, 0, stories * sizeof *b->lengths);
  NA_TRY(read_stories(b));
  NA_TRY(join_kin(b));
  b->form_order = na_arena_alloc(&b->arena, b->form_count * sizeof *b->form_order);
  b->form_places = na_arena_alloc(&b->arena, b->form_count * sizeof *b->form_places);
  b->terms_in_order = na_arena_alloc(&b->arena, b->term_count * sizeof *b->terms_in_order);
  if (!b->form_order || !b->form_places || !b->terms_in_order) return NA_NOMEM;
  NA_TRY(order_forms(b));
  return number_terms(b);
}

static na_status write_all (builder *b) {
  size_t most = 2 * b->term_count > b->form_count ? 2 * b->term_count : b->form_count;
  uint32_t *numbers = na_arena_alloc(&b->arena, most * sizeof *numbers);
  if (!numbers) return NA_NOMEM;
  NA_TRY(write_forms(b));
  NA_TRY(write_form_terms(b, numbers));
  NA_TRY(write_stems(b, numbers));
  NA_TRY(write_words(b, numbers));
  NA_TRY(write_names(b, numbers));
  NA_TRY(na_column_write(b->image, NA_SECTION_LENGTHS, b->lengths, b->archive->count));
  return write_rows(b);
}

static void free_builder (builder *b) {
  na_stemmer_close(&b->stemmer);
  na_fold_close(&b->fold);
  na_arena_free(&b->arena);
  na_arena_free(&b->scratch);
  na_map_free(&b->words);
  na_map_free(&b->stems);
  na_map_free(&b->names);
  na_free(b->forms);
  na_free(b->terms);
  na_free(b->found);
  na_free(b->items);
  na_free(b->units);
  na_free(b->starts);
  na_free(b->lengths);
}

na_status na_terms_write (na_image_writer *image, const na_archive *archive, double *average) {
  builder b = { .archive = archive, .image = image, .settled = na_settled(archive->count) };
  na_stemmer_open(&b.stemmer, na_slice_z(archive->language));
  na_status status = build(&b);
  if (status == NA_OK) status = write_all(&b);
  *average = status == NA_OK ? average_of(&b) : 0;
  free_builder(&b);
  return status;
}
