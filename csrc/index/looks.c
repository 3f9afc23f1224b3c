#include "index/looks.h"

#include "base/memory.h"
#include "index/phrases.h"
#include "index/states.h"

/* Capitalised words of a phrase with the small words between them; there are no more than two of these for each. */
#define UNITS_MAX (3 * NA_PHRASE_WORDS)

/* What a phrase is made of. */
typedef enum unit_kind {
  UNIT_WORD,      /* capitalised, and in no known name */
  UNIT_NUMBER,    /* digits that belong to the word before them */
  UNIT_LINK,      /* "of" and its like */
  UNIT_NAME,      /* a known name of several words */
  UNIT_SHORT,     /* a known name of one word */
  UNIT_ADJECTIVE, /* one that is no part of a longer name, unless that is an institution's */
  UNIT_WALL,      /* nothing goes across it */
} unit_kind;

typedef struct phrase_unit {
  size_t first, end; /* bytes */
  unit_kind kind;
  bool ordinary; /* its last word is one that is written small, too: "Court" */
} phrase_unit;

typedef struct phrase_units {
  phrase_unit items[UNITS_MAX];
  size_t count;
} phrase_units;

/* A text in which names are looked for. */
typedef struct looking {
  const na_looks_names *names;
  na_slice text;
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

/* Whether the last word of a known name is an ordinary one. */
static bool ends_ordinary (const looking *all, const na_span *span) {
  size_t start = span->end;
  while (start > span->first && all->text.data[start - 1] != ' ') start--;
  na_piece word;
  na_piece_next(all->names->fold, na_slice_part(all->text, 0, span->end), start, NA_PIECE_WORD, &word);
  return word.kind == NA_PIECE_WORD && all->names->ordinary(all->names->self, word.hash);
}

/* The known name that a word lies in, as a unit of the phrase. */
static phrase_unit known_unit (const looking *all, const na_span *span, na_looks_kind kind,
                               const na_phrase_place *place) {
  phrase_unit unit = { span->first, span->end, UNIT_WALL, false };
  bool inside =
      span->first >= place->first && span->end <= place->end + 1; /* "U.S.", whose dot is no part of it */
  if (!inside || (kind != NA_LOOKS_NAME && kind != NA_LOOKS_ADJECTIVE)) return unit;
  na_slice name = na_slice_part(all->text, span->first, span->end);
  bool is_short = na_slice_find(name, ' ', 0) == name.size;
  unit.kind = kind == NA_LOOKS_ADJECTIVE ? UNIT_ADJECTIVE : is_short ? UNIT_SHORT : UNIT_NAME;
  unit.ordinary = ends_ordinary(all, span);
  return unit;
}

/* Whether a known name is one here: any word is one only where it begins a sentence. */
static bool counts (na_looks_kind kind, const na_span *span, const na_phrase_place *place) {
  return kind != NA_LOOKS_WORD || (place->starts && span->first == place->first);
}

static phrase_unit word_unit (const looking *all, const na_piece *word) {
  phrase_unit unit = { word->start, word->end, UNIT_WORD,
                       all->names->ordinary(all->names->self, word->hash) };
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
    na_piece_next(all->names->fold, all->text, piece.end, NA_PIECE_WORD, &piece);
    if (piece.kind == NA_PIECE_END || piece.start >= place->end) return;
    while (span < known->count && known->items[span].end <= piece.start) span++;
    const na_span *name =
        span < known->count && known->items[span].first <= piece.start ? &known->items[span] : NULL;
    na_looks_kind kind = name ? all->names->kind(all->names->self, name->name) : NA_LOOKS_WORD;
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

/* Whether the units end with an ordinary word, as the names of institutions do: "Court". */
static bool is_institution (const phrase_units *units, size_t from, size_t to) {
  return to > from && to <= units->count && units->items[to - 1].ordinary;
}

/* From an adjective: it is part of the name of an institution, "Malian National Guard". */
static na_status judge_adjective (looking *all, const phrase_units *units, size_t *i) {
  size_t first = *i, words, end = skip_words(units, first + 1, &words);
  bool linked = kind_at(units, first + 1) == UNIT_LINK;
  *i = first + 1;
  if (words < 2 || linked || !is_institution(units, first + 1, end)) return NA_OK;
  *i = end;
  return note(all, units, first, end);
}

/*
** From a known name: it is part of a longer one where a single word follows, or "of" and a word, or the name of an
** institution, which may be known by itself: "Bamako Supreme Court".
*/
static na_status judge_known (looking *all, const phrase_units *units, size_t *i) {
  size_t first = *i, words, end = skip_words(units, first + 1, &words);
  unit_kind behind = kind_at(units, first + 1);
  bool goes_on = words == 1 || (words > 1 && (behind == UNIT_LINK || is_institution(units, first + 1, end)));
  if ((behind == UNIT_NAME || behind == UNIT_SHORT) && is_institution(units, first + 1, first + 2)) {
    goes_on = true;
    end = skip_words(units, first + 2, &words);
  }
  *i = goes_on ? end : first + 1;
  return goes_on ? note(all, units, first, end) : NA_OK;
}

/* The word that ends with the blank before byte `end`. */
static na_slice word_before (na_slice text, size_t end) {
  size_t start = end > 0 && text.data[end - 1] == ' ' ? end - 1 : end, last = start;
  while (start > 0 && last - start < NA_NAME_BYTES && text.data[start - 1] != ' ') start--;
  return na_slice_part(text, start, last);
}

/* Whether the word from byte `first` to `end` is one of a list: ", Gao, ", ", Gao and". */
static bool is_listed (na_slice text, size_t first, size_t end) {
  na_slice before = na_slice_part(text, 0, first), behind = na_slice_part(text, end, text.size);
  return na_slice_ends(before, NA_LITERAL(", ")) &&
         (na_slice_starts(behind, NA_LITERAL(", ")) || na_slice_starts(behind, NA_LITERAL(" and ")));
}

/* Whether a single word is a name by where it stands: "in Niafunké", "Gao, Mopti and Kayes", "Parkland, Florida". */
static bool is_place (na_slice text, const phrase_unit *unit) {
  static const char *const places[] = { "in", "In", "near", "Near", "at", "At", "around", NULL };
  if (unit->ordinary) return false;
  na_slice before = word_before(text, unit->first);
  for (const char *const *place = places; *place; place++)
    if (na_slice_equal(before, na_slice_z(*place))) return true;
  return is_listed(text, unit->first, unit->end) || na_state_behind(text, unit->end).size > 0;
}

/* Whether a name goes on with the known name in unit `next`, before which it has so many words. */
static bool goes_on_with (const phrase_units *units, size_t next, bool linked, size_t words) {
  bool is_short = kind_at(units, next) == UNIT_SHORT, is_long = kind_at(units, next) == UNIT_NAME;
  /* "Diocese of Rome", but not "Machu Picchu of Peru" */
  if (linked) return words == 1 && (is_short || is_long);
  /* "Free Aceh Movement", where Aceh is known; "Tigray Supreme Court" */
  return is_short || (is_long && words == 1 && is_institution(units, next, next + 1));
}

/* From a word that is in no known name. */
static na_status judge_unknown (looking *all, const phrase_units *units, size_t *i) {
  size_t first = *i, words, end = skip_words(units, first, &words), next = end;
  while (kind_at(units, next) == UNIT_LINK) next++;
  if (goes_on_with(units, next, next > end, words)) {
    size_t more;
    end = skip_words(units, next + 1, &more);
    words += 1 + more;
  }
  *i = end > first ? end : first + 1;
  bool is_name = words > 1 || (end == first + 1 && is_place(all->text, &units->items[first]));
  return is_name ? note(all, units, first, end) : NA_OK;
}

static na_status visit_phrase (void *self, const na_phrase_place *place) {
  looking *all = self;
  phrase_units units;
  divide(all, place, &units);
  phrase_unit *last = units.count ? &units.items[units.count - 1] : NULL;
  if (last && last->kind == UNIT_WORD && last->end + 1 == place->end) last->end = place->end; /* "Inc." */
  for (size_t i = 0; i < units.count;) {
    unit_kind kind = units.items[i].kind;
    if (kind == UNIT_WALL || kind == UNIT_LINK || kind == UNIT_NUMBER)
      i++;
    else if (kind == UNIT_WORD)
      NA_TRY(judge_unknown(all, &units, &i));
    else if (kind == UNIT_ADJECTIVE)
      NA_TRY(judge_adjective(all, &units, &i));
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

/* ---- what stands around a name ---- */

/* What a span is to longer names. */
static na_looks_kind kind_of (const looking *all, const na_span *span) {
  return span->name == NA_LOOKUP_NONE ? NA_LOOKS_NAME : all->names->kind(all->names->self, span->name);
}

/* An adjective right before a capital belongs to an office or to somebody: "Malian President". */
static bool is_attribute (const looking *all, const na_span *span) {
  bool upper = span->end + 1 < all->text.size && all->text.data[span->end] == ' ' &&
               (unsigned)all->text.data[span->end + 1] - 'A' < 26;
  return upper && kind_of(all, span) == NA_LOOKS_ADJECTIVE;
}

/* The brackets that were met last; all zero before the first. */
typedef struct bracket_pair {
  size_t open, close;
} bracket_pair;

/* Whether byte `at` lies in brackets; it is asked in order. */
static bool is_aside (na_slice text, size_t at, bracket_pair *pair) {
  while (pair->open < at && pair->close <= at) {
    pair->open = na_slice_find(text, '(', pair->close);
    pair->close = na_slice_find(text, ')', pair->open);
  }
  return pair->open < at && pair->close < text.size;
}

/* Where a town and its state end that are one name: "Memphis, Tennessee"; else the end of the span. */
static size_t end_of_town (const looking *all, const na_span *span) {
  na_slice state = na_state_behind(all->text, span->end);
  size_t end = span->end + 2 + state.size;
  bool is_town = state.size && !na_is_state(na_slice_part(all->text, span->first, span->end)) &&
                 kind_of(all, span) == NA_LOOKS_NAME && end - span->first <= NA_NAME_BYTES;
  return is_town ? end : span->end;
}

/* Takes out attributes, and unknown names in brackets, where who is meant is explained; joins towns and states. */
static void settle (const looking *all, na_spans *spans) {
  bracket_pair pair = { 0 };
  size_t kept = 0, behind = 0;
  for (size_t i = 0; i < spans->count; i++) {
    na_span span = spans->items[i];
    bool aside = is_aside(all->text, span.first, &pair) && span.name == NA_LOOKUP_NONE;
    if (span.first < behind || aside || is_attribute(all, &span)) continue;
    behind = end_of_town(all, &span);
    if (behind > span.end) span = (na_span){ span.first, behind, NA_LOOKUP_NONE };
    spans->items[kept++] = span;
  }
  spans->count = kept;
}

na_status na_looks_add (na_looks *looks, const na_looks_names *names, na_slice text, na_spans *spans) {
  looking all = { .names = names, .text = text, .known = spans, .found = &looks->found };
  const na_phrase_visitor visitor = { &all, visit_phrase, NULL };
  looks->found.count = 0;
  NA_TRY(na_phrases_read(names->fold, text, &visitor));
  if (looks->found.count) NA_TRY(merge(looks, spans));
  settle(&all, spans);
  return NA_OK;
}
