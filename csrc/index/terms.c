#include "index/terms.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "text/stem.h"
#include "text/words.h"

#define UNITS_MAX UINT8_MAX

#define GENERATIONS \
  64 /* and up to twice as many, until an archive has doubled: each has as many more stories */
#define NEW_USES \
  8 /* a word that has fewer is counted on: it has just turned up, and hardly any list knows it */

void na_terms_free (na_terms *terms) {
  na_arena_free(&terms->arena);
  na_map_free(&terms->words);
  na_map_free(&terms->names);
  na_map_free(&terms->stems);
  na_postings_free(&terms->of_story);
  na_postings_free(&terms->stories);
  na_free(terms->of_story_impacts);
  na_free(terms->impacts);
  na_free(terms->forms);
  na_free(terms->items);
  *terms = (na_terms){ 0 };
}

double na_coarse (double value) {
  return value > 0 ? exp2(round(log2(value) * 4) / 4) : 0;
}

size_t na_settled (size_t count) {
  size_t step = 1;
  while (count / step >= 2 * GENERATIONS) step *= 2;
  return count - count % step;
}

/* ---- the terms of one story ---- */

typedef struct found {
  uint32_t term, units;
} found;

typedef struct builder {
  na_terms *terms;
  const na_archive *archive;
  na_fold_table fold;
  na_stemmer stemmer;
  bool is_settled; /* the story at hand is one of those that make the weights */
  size_t term_capacity, form_capacity;
  found *found; /* of the story at hand */
  size_t found_count, found_capacity, words;
  na_buffer last, name; /* the word before, where it could begin a name; the name in the making */
  size_t last_at;       /* where the word before stands in its text */
  uint32_t *items;      /* the lists of the stories so far */
  uint8_t *units;
  size_t item_count, item_capacity, unit_capacity;
} builder;

static na_status add_term (builder *b, na_slice text, na_term_kind kind, uint32_t *number) {
  void *items = b->terms->items;
  if (!na_grow(&items, &b->term_capacity, b->terms->count, sizeof *b->terms->items)) return NA_NOMEM;
  b->terms->items = items;
  *number = (uint32_t)b->terms->count;
  b->terms->items[b->terms->count++] = (na_term){ .text = text, .kind = (uint8_t)kind };
  return NA_OK;
}

/* The term of a key of `map`, new where there is none. */
static na_status term_of (builder *b, na_map *map, na_slice key, na_term_kind kind, uint32_t *number) {
  *number = na_map_get(map, key);
  if (*number != NA_MAP_NONE) return NA_OK;
  uint32_t *stored;
  bool fresh;
  na_slice kept;
  NA_TRY(na_arena_copy(&b->terms->arena, key, &kept));
  NA_TRY(add_term(b, kept, kind, number));
  return na_map_put(map, kept, *number, &stored, &fresh);
}

/* The term of a stem; of a new one, `form` is the first that has it. */
static na_status term_of_stem (builder *b, na_slice stem, uint32_t form, uint32_t *term) {
  na_terms *terms = b->terms;
  uint32_t first = na_map_get(&terms->stems, stem), *stored;
  bool fresh;
  if (first != NA_MAP_NONE) {
    *term = terms->forms[first].term;
    return NA_OK;
  }
  na_slice kept;
  NA_TRY(na_arena_copy(&terms->arena, stem, &kept));
  NA_TRY(add_term(b, kept, NA_TERM_WORD, term));
  return na_map_put(&terms->stems, kept, form, &stored, &fresh);
}

/* A word as it is written: its stem is looked for when it is seen for the first time. */
static na_status form_of (builder *b, na_slice word, na_form **form) {
  na_terms *terms = b->terms;
  uint32_t number = na_map_get(&terms->words, word), *stored;
  bool fresh;
  if (number == NA_MAP_NONE) {
    void *forms = terms->forms;
    if (!na_grow(&forms, &b->form_capacity, terms->form_count, sizeof *terms->forms)) return NA_NOMEM;
    terms->forms = forms;
    number = (uint32_t)terms->form_count;
    na_form made = { 0 };
    NA_TRY(na_arena_copy(&terms->arena, word, &made.text));
    NA_TRY(term_of_stem(b, na_stem(&b->stemmer, word), number, &made.term));
    NA_TRY(na_map_put(&terms->words, made.text, number, &stored, &fresh));
    terms->forms[terms->form_count++] = made;
  }
  *form = &terms->forms[number];
  return NA_OK;
}

static na_status note (builder *b, uint32_t term, uint32_t units) {
  void *items = b->found;
  if (!na_grow(&items, &b->found_capacity, b->found_count, sizeof *b->found)) return NA_NOMEM;
  b->found = items;
  b->found[b->found_count++] = (found){ term, units };
  return NA_OK;
}

/* Bytes [first, last) of a text without the possessive at their end. */
static na_slice shown_part (na_slice text, size_t first, size_t last) {
  na_slice part = na_slice_part(text, first, last);
  if (na_slice_ends(part, NA_LITERAL("'s"))) part.size -= 2;
  if (na_slice_ends(part, NA_LITERAL("\u2019s"))) part.size -= sizeof "\u2019s" - 1;
  return part;
}

/* A name ends with this word where the one before had a capital, too. */
static na_status note_name (builder *b, na_slice text, const na_word *word, uint32_t units) {
  bool capital = word->upper && !word->pair;
  if (capital && word->adjacent && b->last.size) {
    uint32_t term;
    b->name.size = 0;
    NA_TRY(na_buffer_append(&b->name, na_buffer_slice(&b->last)));
    NA_TRY(na_buffer_byte(&b->name, ' '));
    NA_TRY(na_buffer_append(&b->name, word->text));
    NA_TRY(term_of(b, &b->terms->names, na_buffer_slice(&b->name), NA_TERM_NAME, &term));
    NA_TRY(note(b, term, units));
    b->terms->items[term].shown = shown_part(text, b->last_at, word->last);
  }
  b->last.size = 0;
  b->last_at = word->first;
  return capital ? na_buffer_append(&b->last, word->text) : NA_OK;
}

static na_status note_text (builder *b, na_slice text, uint32_t units) {
  na_words words;
  na_word word;
  b->last.size = 0;
  if (!text.data) return NA_OK;
  na_words_begin(&words, &b->fold, text);
  while (b->words < NA_TERMS_WORDS_MAX && na_words_next(&words, &word)) {
    na_form *form;
    NA_TRY(form_of(b, word.text, &form));
    bool counts = !word.opens && (b->is_settled || form->uses < NEW_USES);
    form->uses += counts;
    form->upper += counts && word.upper;
    bool usual = !word.opens && word.upper == (form->upper * 2 > form->uses);
    if (usual || !form->shown.data) form->shown = shown_part(text, word.first, word.last);
    NA_TRY(note(b, form->term, units));
    NA_TRY(note_name(b, text, &word, units));
    b->words++;
  }
  return NA_OK;
}

static int compare_found (const void *a, const void *b) {
  const found *x = a, *y = b;
  return (x->term > y->term) - (x->term < y->term);
}

static na_status list_term (builder *b, uint32_t term, uint32_t units) {
  void *items = b->items, *bytes = b->units;
  if (!na_grow(&items, &b->item_capacity, b->item_count, sizeof *b->items)) return NA_NOMEM;
  b->items = items;
  if (!na_grow(&bytes, &b->unit_capacity, b->item_count, sizeof *b->units)) return NA_NOMEM;
  b->units = bytes;
  b->items[b->item_count] = term;
  b->units[b->item_count++] = (uint8_t)(units < UNITS_MAX ? units : UNITS_MAX);
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
  b->found_count = b->words = 0;
  return NA_OK;
}

/* ---- all stories ---- */

static na_status read_stories (builder *b, uint32_t *starts) {
  for (size_t i = 0; i < b->archive->count; i++) {
    const na_story *story = b->archive->stories[i];
    starts[i] = (uint32_t)b->item_count;
    b->is_settled = i < b->terms->settled;
    NA_TRY(note_text(b, story->title, NA_TITLE_UNITS));
    NA_TRY(note_text(b, story->description, 1));
    NA_TRY(note_text(b, story->body, 1));
    NA_TRY(list_found(b));
    if (b->item_count >= UINT32_MAX) return NA_LIMIT;
  }
  starts[b->archive->count] = (uint32_t)b->item_count;
  return NA_OK;
}

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
      b->units[at - 1] = (uint8_t)(units < UNITS_MAX ? units : UNITS_MAX);
      continue;
    }
    b->items[at] = b->items[i];
    b->units[at++] = b->units[i];
  }
  return at;
}

/* Gives every form its term, and every term the text of its most used form. */
static void name_terms (na_terms *terms, const uint32_t *kin) {
  for (size_t f = 0; f < terms->form_count; f++) {
    na_form *form = &terms->forms[f];
    form->term = kin[form->term];
    na_term *term = &terms->items[form->term];
    term->uses += form->uses;
    term->upper += form->upper;
    if (term->shown.data && form->uses <= term->most) continue;
    term->most = form->uses;
    term->text = form->text;
    term->shown = form->shown;
  }
}

/* Puts the forms of a name under one term. */
static na_status join_kin (builder *b, uint32_t *starts) {
  na_terms *terms = b->terms;
  na_postings lists = { starts, b->items, terms->settled };
  uint32_t *kin = na_malloc(terms->count * sizeof *kin), at = 0;
  na_status status =
      kin ? na_kin_find(kin, terms->count, terms->forms, terms->form_count, &terms->words, &lists) : NA_NOMEM;
  if (status == NA_OK) {
    for (size_t i = 0; i < b->archive->count; i++) {
      uint32_t from = starts[i], to = starts[i + 1];
      for (uint32_t k = from; k < to; k++) b->items[k] = kin[b->items[k]];
      starts[i] = at;
      at = settle(b, from, to, at);
    }
    starts[b->archive->count] = at;
    b->item_count = at;
    name_terms(terms, kin);
  }
  na_free(kin);
  return status;
}

static na_status add_entities (builder *b) {
  uint32_t number;
  b->terms->first_entity = b->terms->count;
  for (size_t e = 0; e < b->archive->entity_count; e++)
    NA_TRY(add_term(b, b->archive->entities[e], NA_TERM_ENTITY, &number));
  for (size_t t = b->terms->first_entity; t < b->terms->count; t++)
    b->terms->items[t].shown = b->terms->items[t].text;
  return NA_OK;
}

/* Units of all words of a story. */
static double length_of (const builder *b, const uint32_t *starts, size_t story) {
  double length = 0;
  for (uint32_t k = starts[story]; k < starts[story + 1]; k++)
    if (b->terms->items[b->items[k]].kind == NA_TERM_WORD) length += b->units[k];
  return length;
}

static uint8_t impact_of (uint8_t units, double relative_length) {
  double uses = (double)units / NA_TITLE_UNITS;
  double held = NA_IMPACT_SATURATION * (1 - NA_IMPACT_LENGTH + NA_IMPACT_LENGTH * relative_length);
  long impact = lround(NA_IMPACT_ONE * uses * (1 + NA_IMPACT_SATURATION) / (uses + held));
  return (uint8_t)(impact > 1 ? impact : 1); /* a term that is there is never nothing */
}

/* The lists of the stories: words and names with their impacts, then the entities. */
static na_status list_stories (builder *b, const uint32_t *starts) {
  const na_archive *archive = b->archive;
  na_terms *terms = b->terms;
  double total = 0;
  size_t mentions = archive->count ? archive->context.starts[archive->count] : 0;
  NA_TRY(na_postings_alloc(&terms->of_story, archive->count, b->item_count + mentions));
  terms->of_story_impacts = na_malloc(b->item_count + mentions);
  if (!terms->of_story_impacts) return NA_NOMEM;
  for (size_t i = 0; i < terms->settled; i++) total += length_of(b, starts, i);
  double average = na_coarse(total / (double)(terms->settled ? terms->settled : 1));
  uint32_t end = 0;
  for (size_t i = 0; i < archive->count; i++) {
    double relative = average > 0 ? length_of(b, starts, i) / average : 1;
    for (uint32_t k = starts[i]; k < starts[i + 1]; k++, end++) {
      terms->of_story.items[end] = b->items[k];
      terms->of_story_impacts[end] = impact_of(b->units[k], relative);
    }
    na_posting_list context = na_postings_list(&archive->context, i);
    for (size_t k = 0; k < context.count; k++, end++) {
      terms->of_story.items[end] = (uint32_t)terms->first_entity + context.items[k];
      terms->of_story_impacts[end] = NA_IMPACT_ONE;
    }
    terms->of_story.starts[i + 1] = end;
  }
  return NA_OK;
}

/* The other way round: the lists of the terms. */
static na_status list_terms (na_terms *terms) {
  NA_TRY(na_postings_transpose(&terms->stories, &terms->of_story, terms->count));
  size_t total = terms->of_story.count ? terms->of_story.starts[terms->of_story.count] : 0;
  terms->impacts = na_malloc(total);
  uint32_t *ends = na_malloc(terms->count * sizeof *ends);
  if (!terms->impacts || !ends) {
    na_free(ends);
    return NA_NOMEM;
  }
  memcpy(ends, terms->stories.starts, terms->count * sizeof *ends);
  for (size_t k = 0; k < total; k++)
    terms->impacts[ends[terms->of_story.items[k]]++] = terms->of_story_impacts[k];
  na_free(ends);
  return NA_OK;
}

static na_status build (builder *b) {
  uint32_t *starts = na_malloc((b->archive->count + 1) * sizeof *starts);
  na_status status = starts && na_fold_open(&b->fold) ? NA_OK : NA_NOMEM;
  if (status == NA_OK) status = read_stories(b, starts);
  if (status == NA_OK) status = join_kin(b, starts);
  if (status == NA_OK) status = add_entities(b);
  if (status == NA_OK) status = list_stories(b, starts);
  if (status == NA_OK) status = list_terms(b->terms);
  na_free(starts);
  return status;
}

na_status na_terms_build (na_terms *terms, const na_archive *archive, na_slice language) {
  na_terms_free(terms);
  builder b = { .terms = terms, .archive = archive };
  terms->settled = na_settled(archive->count);
  na_stemmer_open(&b.stemmer, language);
  na_status status = build(&b);
  na_stemmer_close(&b.stemmer);
  na_fold_close(&b.fold);
  na_free(b.found);
  na_free(b.items);
  na_free(b.units);
  na_buffer_free(&b.last);
  na_buffer_free(&b.name);
  if (status != NA_OK) na_terms_free(terms);
  return status;
}
