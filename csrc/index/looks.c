#include "index/looks.h"

#include "base/memory.h"
#include "index/phrases.h"

/* Capitalised words of a phrase with the small words between them; there are no more than two of these for each. */
#define UNITS_MAX (3 * NA_PHRASE_WORDS)

/* What a phrase is made of. */
typedef enum unit_kind {
  UNIT_WORD,      /* capitalised, and in no known name */
  UNIT_NUMBER,    /* digits that belong to the word before them */
  UNIT_LINK,      /* "of" and its like */
  UNIT_NAME,      /* a known name of several words */
  UNIT_SHORT,     /* a known name of one word */
  UNIT_ADJECTIVE, /* a known name that is no part of a longer one */
  UNIT_WALL,      /* nothing goes across it */
} unit_kind;

typedef struct phrase_unit {
  size_t first, end; /* bytes */
  unit_kind kind;
} phrase_unit;

typedef struct phrase_units {
  phrase_unit items[UNITS_MAX];
  size_t count;
} phrase_units;

/* A text in which names are looked for. */
typedef struct looking {
  const na_fold_table *fold;
  na_slice text;
  na_looks_ask *ask;
  const void *self;
  const na_spans *known;
  size_t at; /* the first known name that does not end before the phrase */
  na_spans *found;
} looking;

void na_looks_free (na_looks *looks) {
  na_spans_free(&looks->found);
  na_spans_free(&looks->merged);
}

static na_status add_span (na_spans *spans, na_span span) {
  void *items = spans->items;
  if (!na_grow(&items, &spans->capacity, spans->count, sizeof *spans->items)) return NA_NOMEM;
  spans->items = items;
  spans->items[spans->count++] = span;
  return NA_OK;
}

/* ---- what a phrase is made of ---- */

/* The known name that a word lies in, as a unit of the phrase. */
static phrase_unit known_unit (const looking *all, const na_span *span, na_looks_kind kind,
                               const na_phrase_place *place) {
  phrase_unit unit = { span->first, span->end, UNIT_WALL };
  bool inside =
      span->first >= place->first && span->end <= place->end + 1; /* "U.S.", whose dot is no part of it */
  if (!inside || kind == NA_LOOKS_SILENT || kind == NA_LOOKS_WORD) return unit;
  na_slice name = na_slice_part(all->text, span->first, span->end);
  bool is_short = na_slice_find(name, ' ', 0) == name.size;
  unit.kind = kind == NA_LOOKS_ADJECTIVE ? UNIT_ADJECTIVE : is_short ? UNIT_SHORT : UNIT_NAME;
  return unit;
}

/* Whether a known name is one here: any word is one only where it begins a sentence. */
static bool counts (na_looks_kind kind, const na_span *span, const na_phrase_place *place) {
  return kind != NA_LOOKS_WORD || (place->starts && span->first == place->first);
}

static phrase_unit word_unit (const looking *all, const na_piece *word) {
  phrase_unit unit = { word->start, word->end, UNIT_WORD };
  if (na_is_digit(all->text.data[word->start]))
    unit.kind = UNIT_NUMBER;
  else if (!word->upper)
    unit.kind = UNIT_LINK;
  return unit;
}

static void divide (looking *all, const na_phrase_place *place, phrase_units *units) {
  const na_spans *known = all->known;
  while (all->at < known->count && known->items[all->at].end <= place->first) all->at++;
  size_t span = all->at;
  units->count = 0;
  for (na_piece piece = { .start = place->first, .end = place->first }; units->count < UNITS_MAX;) {
    na_piece_next(all->fold, all->text, piece.end, NA_PIECE_WORD, &piece);
    if (piece.kind == NA_PIECE_END || piece.start >= place->end) return;
    while (span < known->count && known->items[span].end <= piece.start) span++;
    const na_span *name =
        span < known->count && known->items[span].first <= piece.start ? &known->items[span] : NULL;
    na_looks_kind kind = name ? all->ask(all->self, name->name) : NA_LOOKS_WORD;
    if (name && counts(kind, name, place)) {
      units->items[units->count++] = known_unit(all, name, kind, place);
      piece.end = name->end;
    } else if (piece.kind == NA_PIECE_WORD) {
      units->items[units->count++] = word_unit(all, &piece);
    }
  }
}

static unit_kind kind_at (const phrase_units *units, size_t i) {
  return i < units->count ? units->items[i].kind : UNIT_WALL;
}

static bool is_word (unit_kind kind) {
  return kind == UNIT_WORD || kind == UNIT_NUMBER;
}

/* ---- which of it is a name ---- */

static na_status note (looking *all, const phrase_units *units, size_t from, size_t to) {
  size_t first = units->items[from].first, end = units->items[to - 1].end;
  if (end - first > NA_NAME_BYTES) return NA_OK;
  return add_span(all->found, (na_span){ first, end, NA_LOOKUP_NONE });
}

/* The unit behind the words from `i` on, with the small words between them; *words counts the capitalised ones. */
static size_t skip_words (const phrase_units *units, size_t i, size_t *words) {
  for (*words = 0;; i++) {
    size_t next = i;
    while (kind_at(units, next) == UNIT_LINK) next++;
    if (!is_word(kind_at(units, next))) return i;
    *words += kind_at(units, next) == UNIT_WORD;
    i = next;
  }
}

/* From a known name: it is part of a longer one where a single word follows, or "of" and a word. Sets *i behind it. */
static na_status judge_known (looking *all, const phrase_units *units, size_t *i) {
  size_t first = *i, words, end = skip_words(units, first + 1, &words);
  bool linked = kind_at(units, first + 1) == UNIT_LINK;
  *i = first + 1;
  if (words == 0 || kind_at(units, first) == UNIT_ADJECTIVE || (words > 1 && !linked)) return NA_OK;
  *i = end;
  return note(all, units, first, end);
}

/* From a word that is in no known name. */
static na_status judge_unknown (looking *all, const phrase_units *units, size_t *i) {
  size_t first = *i, words, end = skip_words(units, first, &words), next = end;
  while (kind_at(units, next) == UNIT_LINK) next++;
  unit_kind behind = kind_at(units, next);
  bool linked = next > end;
  /* "Free Aceh Movement", where Aceh is known; "Diocese of Rome", but not "Machu Picchu of Peru" */
  bool goes_on = linked ? words == 1 && (behind == UNIT_NAME || behind == UNIT_SHORT) : behind == UNIT_SHORT;
  if (goes_on) {
    size_t more;
    end = skip_words(units, next + 1, &more);
    words += 1 + more;
  }
  *i = end > first ? end : first + 1;
  return words > 1 ? note(all, units, first, end) : NA_OK;
}

static na_status visit_phrase (void *self, const na_phrase_place *place) {
  looking *all = self;
  phrase_units units;
  divide(all, place, &units);
  for (size_t i = 0; i < units.count;) {
    unit_kind kind = units.items[i].kind;
    if (kind == UNIT_WALL || kind == UNIT_LINK || kind == UNIT_NUMBER)
      i++;
    else if (kind == UNIT_WORD)
      NA_TRY(judge_unknown(all, &units, &i));
    else
      NA_TRY(judge_known(all, &units, &i));
  }
  return NA_OK;
}

/* ---- both kinds together ---- */

/* The found ones, and the known ones that do not overlap them, in order. */
static na_status merge (na_looks *looks, na_spans *spans) {
  na_spans *merged = &looks->merged, kept = *spans;
  size_t k = 0;
  merged->count = 0;
  for (size_t i = 0; i < looks->found.count; i++) {
    na_span found = looks->found.items[i];
    for (; k < spans->count && spans->items[k].first < found.end; k++)
      if (spans->items[k].end <= found.first) NA_TRY(add_span(merged, spans->items[k]));
    NA_TRY(add_span(merged, found));
  }
  for (; k < spans->count; k++) NA_TRY(add_span(merged, spans->items[k]));
  *spans = *merged;
  *merged = kept;
  return NA_OK;
}

na_status na_looks_add (na_looks *looks, const na_fold_table *fold, na_slice text, na_looks_ask *ask,
                        const void *self, na_spans *spans) {
  looking all = {
    .fold = fold, .text = text, .ask = ask, .self = self, .known = spans, .found = &looks->found
  };
  const na_phrase_visitor visitor = { &all, visit_phrase, NULL };
  looks->found.count = 0;
  NA_TRY(na_phrases_read(fold, text, &visitor));
  return looks->found.count ? merge(looks, spans) : NA_OK;
}
