/* csrc/index/terms_build.c -- na_terms_write: the words and names of all stories, as sections. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "index/kin.h"
#include "index/runs.h"
#include "index/terms.h"

#define NEW_USES \
  8 /* a word that has fewer is counted on: it has just turned up, and hardly any list knows it */

#define WAITING    3   /* uses, what becomes a run, and runs: each may have so much of what may wait at all */
#define FEW_USES   48  /* as a headline has: in order without qsort, in half the time */
#define REST_TERMS 256 /* the text that shows a term may be anywhere in the archive, and cost 64 KB */

/* A word or a name on its way: words first come by their stem, names by their forms. */
typedef struct term {
  uint32_t forms[2];    /* of a word, the first that has its stem, then the most used one */
  uint32_t uses, upper; /* of all forms of a word, inside sentences */
  uint32_t stories, settled;
  uint32_t together; /* of a word: settled stories of its commonest name */
  uint32_t place;    /* its number in the file; NA_MAP_NONE where it is not there */
  bool is_name;
  na_slice shown;
} term;

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
  na_use *found;                 /* of the story at hand */
  size_t found_count, found_capacity;
  na_uses uses;  /* of terms as they were met first */
  uint32_t *kin; /* the term that stands for each */
  size_t total;  /* uses in all stories */
  uint32_t *lengths;
  size_t settled; /* stories that make the weights */
  size_t limit;   /* bytes of each that wait in memory */
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
  b->found[b->found_count++] = (na_use){ number, units };
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

static int compare_uses (const void *a, const void *b) {
  const na_use *x = a, *y = b;
  return (x->term > y->term) - (x->term < y->term);
}

static void sort_uses (na_use *uses, size_t count) {
  if (count > FEW_USES) {
    qsort(uses, count, sizeof *uses, compare_uses);
    return;
  }
  for (size_t i = 1; i < count; i++) {
    na_use use = uses[i];
    size_t k = i;
    for (; k > 0 && uses[k - 1].term > use.term; k--) uses[k] = uses[k - 1];
    uses[k] = use;
  }
}

/* Puts uses in order, every term once, its units no more than a byte has room for; gives their number. */
static size_t settle (na_use *uses, size_t count) {
  size_t at = 0;
  sort_uses(uses, count);
  for (size_t i = 0, k; i < count; i = k) {
    uint32_t units = 0;
    for (k = i; k < count && uses[k].term == uses[i].term; k++) units += uses[k].units;
    uses[at++] = (na_use){ uses[i].term, units < NA_UNITS_MAX ? units : NA_UNITS_MAX };
  }
  return at;
}

static na_status read_stories (builder *b) {
  for (size_t i = 0; i < b->archive->count; i++) {
    na_story story;
    if (i % NA_REST_STORIES == 0) na_archive_rest(b->archive);
    na_arena_clear(&b->scratch);
    b->found_count = 0;
    NA_TRY(na_archive_story(b->archive, i, &b->scratch, &story));
    NA_TRY(note_story(b, &story, i < b->settled));
    b->found_count = settle(b->found, b->found_count);
    NA_TRY(na_uses_add(&b->uses, b->found, b->found_count));
    b->total += b->found_count;
    if (b->total >= UINT32_MAX - 1) return NA_LIMIT;
  }
  return NA_OK;
}

/* ---- forms of a name under one term ---- */

/* The next story, what it uses of one kin joined. */
static na_status next_story (const builder *b, na_uses_walk *walk) {
  bool changed = false;
  NA_TRY(na_uses_next(walk));
  for (size_t k = 0; k < walk->count; k++) {
    uint32_t kin = b->kin[walk->items[k].term];
    changed |= kin != walk->items[k].term;
    walk->items[k].term = kin;
  }
  if (changed) walk->count = settle(walk->items, walk->count);
  return NA_OK;
}

static na_status count_uses (builder *b, na_uses_walk *walk) {
  NA_TRY(na_uses_begin(walk, &b->uses));
  for (size_t i = 0; i < b->archive->count; i++) {
    NA_TRY(next_story(b, walk));
    for (size_t k = 0; k < walk->count; k++) {
      term *of = &b->terms[walk->items[k].term];
      of->stories++;
      of->settled += i < b->settled;
      if (!of->is_name) b->lengths[i] += walk->items[k].units;
    }
  }
  return NA_OK;
}

/* Gives every form its term, and every term its most used form. */
static void name_terms (builder *b) {
  for (uint32_t f = 0; f < b->form_count; f++) {
    na_form *form = &b->forms[f];
    form->term = b->kin[form->term];
    term *of = &b->terms[form->term];
    of->uses += form->uses;
    of->upper += form->upper;
    if (of->shown.data && form->uses <= b->forms[of->forms[1]].uses) continue;
    of->forms[1] = f;
    of->shown = form->shown;
  }
}

static na_status join_kin (builder *b) {
  na_uses_walk walk = { 0 };
  b->kin = na_arena_alloc(&b->arena, b->term_count * sizeof *b->kin);
  if (!b->kin) return NA_NOMEM;
  NA_TRY(na_kin_find(b->kin, b->term_count, b->forms, b->form_count, &b->words, &b->uses, b->settled));
  na_status status = count_uses(b, &walk);
  na_uses_walk_free(&walk);
  if (status == NA_OK) name_terms(b);
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

#define TOGETHER_STORIES 3 /* that a name must have before it says something about its words */

static void find_together (builder *b) {
  for (size_t i = 0; i < b->name_count; i++) {
    const term *name = &b->terms[b->terms_in_order[b->word_count + i]];
    if (name->stories < TOGETHER_STORIES) continue;
    for (size_t f = 0; f < 2; f++) {
      term *word = &b->terms[b->forms[b->form_order[name->forms[f]]].term];
      uint32_t settled = name->settled ? name->settled : 1; /* a new one counts as one */
      if (settled > word->together) word->together = settled;
    }
  }
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

static na_status put_row (const builder *b, uint32_t number, na_runs *runs, na_buffer *row) {
  const term *of = &b->terms[b->terms_in_order[number]];
  na_slice form = of->is_name ? NA_NONE : b->forms[b->form_order[of->forms[1]]].text;
  bool is_shown = of->is_name || (of->stories > 1 && !na_slice_equal(of->shown, form));
  row->size = 0;
  NA_TRY(na_buffer_byte(row, (char)(of->is_name ? NA_CAPITAL_STEPS : capital_of(of))));
  NA_TRY(na_varint_append(row, is_shown ? of->shown.size : 0));
  if (is_shown) NA_TRY(na_buffer_append(row, of->shown));
  NA_TRY(na_varint_append(row, of->stories));
  NA_TRY(na_varint_append(row, of->stories - of->settled));
  NA_TRY(na_varint_append(row, of->together));
  return na_runs_append(runs, number, row);
}

/* Turns the uses round, numbered as in the file; what is not there is left out. */
static na_status turn (builder *b, na_uses_walk *walk, na_runs *runs) {
  NA_TRY(na_uses_begin(walk, &b->uses));
  NA_TRY(na_runs_open(runs, b->word_count + b->name_count));
  for (uint32_t i = 0; i < b->archive->count; i++) {
    size_t count = 0;
    NA_TRY(next_story(b, walk));
    for (size_t k = 0; k < walk->count; k++) {
      uint32_t place = b->terms[walk->items[k].term].place;
      if (place != NA_MAP_NONE) walk->items[count++] = (na_use){ place, walk->items[k].units };
    }
    NA_TRY(na_runs_add(runs, i, walk->items, count));
  }
  na_uses_free(&b->uses);
  return na_runs_begin(runs);
}

static na_status put_rows (builder *b, na_runs *runs, na_rows_writer *rows, na_buffer *row) {
  NA_TRY(na_image_section_begin(b->image, NA_SECTION_TERMS));
  for (uint32_t t = 0; t < runs->terms; t++) {
    if (t % REST_TERMS == 0) na_archive_rest(b->archive);
    NA_TRY(put_row(b, t, runs, row));
    NA_TRY(na_rows_add(rows, na_buffer_slice(row)));
  }
  NA_TRY(na_rows_end(rows));
  return na_image_section_end(b->image);
}

static na_status write_rows (builder *b) {
  na_uses_walk walk = { 0 };
  na_runs runs = { .bytes.limit = b->limit };
  na_rows_writer rows = { .image = b->image };
  na_buffer row = { 0 };
  na_status status = turn(b, &walk, &runs);
  na_uses_walk_free(&walk);
  if (status == NA_OK) status = put_rows(b, &runs, &rows, &row);
  na_runs_free(&runs);
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
  b->lengths = na_malloc(stories * sizeof *b->lengths);
  if (!b->lengths || !na_fold_open(&b->fold)) return NA_NOMEM;
  memset(b->lengths, 0, stories * sizeof *b->lengths);
  NA_TRY(read_stories(b));
  NA_TRY(join_kin(b));
  b->form_order = na_arena_alloc(&b->arena, b->form_count * sizeof *b->form_order);
  b->form_places = na_arena_alloc(&b->arena, b->form_count * sizeof *b->form_places);
  b->terms_in_order = na_arena_alloc(&b->arena, b->term_count * sizeof *b->terms_in_order);
  if (!b->form_order || !b->form_places || !b->terms_in_order) return NA_NOMEM;
  NA_TRY(order_forms(b));
  NA_TRY(number_terms(b));
  find_together(b);
  return NA_OK;
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
  na_uses_free(&b->uses);
  na_free(b->lengths);
}

na_status na_terms_write (na_image_writer *image, const na_archive *archive, double *average) {
  builder b = { .archive = archive, .image = image, .settled = na_settled(archive->count) };
  b.limit = (archive->spill_limit ? archive->spill_limit : NA_SPILL_BYTES) / WAITING + 1;
  b.uses.bytes.limit = b.limit;
  na_stemmer_open(&b.stemmer, na_slice_z(archive->language));
  na_status status = build(&b);
  if (status == NA_OK) status = write_all(&b);
  *average = status == NA_OK ? average_of(&b) : 0;
  free_builder(&b);
  return status;
}
