#include "index/phrases.h"

#include "base/memory.h"
#include "index/particles.h"

void na_phrases_free (na_phrases *phrases) {
  na_arena_free(&phrases->arena);
  na_fold_close(&phrases->fold);
  na_map_free(&phrases->numbers);
  na_free(phrases->items);
  na_lookup_free(&phrases->small);
  na_lookup_free(&phrases->capital);
  *phrases = (na_phrases){ 0 };
}

/* ---- reading ---- */

/* What is known while a text is read. */
typedef struct phrase_reading {
  const na_phrase_visitor *visitor;
  na_slice text;
  na_phrase_place place;
  na_slice last; /* word of the text */
  size_t end;    /* of that word */
  size_t words;  /* of the phrase that is open; 0 where none is */
  size_t links;  /* small words behind its last capitalised one */
  bool starts;   /* the next word begins a sentence */
  bool initial;  /* the last word is one letter, whose dot ends nothing */
} phrase_reading;

static na_status finish (phrase_reading *reading) {
  bool open = reading->words > 0;
  reading->words = reading->links = 0;
  return open ? reading->visitor->phrase(reading->visitor->self, &reading->place) : NA_OK;
}

static void extend (phrase_reading *reading, const na_piece *word) {
  if (reading->words++ == 0) {
    reading->place.first = word->start;
    reading->place.starts = reading->starts;
  }
  reading->place.end = word->end;
  reading->links = 0;
  na_slice text = reading->text;
  bool dot = word->end < text.size && text.data[word->end] == '.';
  if (dot && reading->words > 1 && na_is_cut(na_slice_part(text, word->start, word->end)))
    reading->place.end++;
}

static bool ends_sentence (char c) {
  return c == '.' || c == '!' || c == '?' || c == ':';
}

/* Whether the byte at `at` is this one. */
static bool has (na_slice text, size_t at, char c) {
  return at < text.size && text.data[at] == c;
}

/* Whether only one blank or dash lies between the last word and the next, or the dot of an initial, with a blank or, as in
** "U.S", without. */
static bool is_joined (const phrase_reading *reading, size_t start, na_slice word) {
  na_slice text = reading->text;
  size_t end = reading->end;
  if (reading->initial && end < start && text.data[end] == '.') {
    if (na_is_opener(word)) return false;
    end++;
  }
  na_slice between = na_slice_part(text, end, start);
  return between.size == 0 || na_slice_equal(between, NA_LITERAL(" ")) ||
         na_slice_equal(between, NA_LITERAL("-")) || na_slice_equal(between, NA_LITERAL("\xE2\x80\x93"));
}

/* Whether nothing but an apostrophe lies between the last word and the next. */
static bool is_quoted (const phrase_reading *reading, size_t start) {
  na_slice between = na_slice_part(reading->text, reading->end, start);
  return na_slice_equal(between, NA_LITERAL("'")) || na_slice_equal(between, NA_LITERAL("\xE2\x80\x99"));
}

#define HYPHENED_BYTES 3 /* of a small word between hyphens */

/* Whether the small word goes on with the phrase: "of", "the" behind it, "for" behind a body, "e" in "Lashkar-e-Taiba". */
static bool links (const phrase_reading *reading, const na_piece *piece, na_slice word) {
  na_slice text = reading->text;
  if (has(text, piece->start - 1, '-') && has(text, piece->end, '-')) return word.size <= HYPHENED_BYTES;
  if (reading->links) return reading->links == 1 && na_slice_equal(word, NA_LITERAL("the"));
  bool aim = na_slice_equal(word, NA_LITERAL("for")) || na_slice_equal(word, NA_LITERAL("on"));
  return na_is_link(word) || (aim && na_is_body(reading->last));
}

/* What a word is to the phrase that is open, or to a new one. */
typedef enum phrase_part { PART_NONE, PART_WORD, PART_LINK } phrase_part;

/* *joined says whether it goes on with the phrase. */
static phrase_part part_of (const phrase_reading *reading, const na_piece *word, na_slice bytes,
                            bool *joined) {
  na_slice text = reading->text;
  bool open = reading->words && reading->words < NA_PHRASE_WORDS;
  if (open && !reading->links && is_quoted(reading, word->start)) {
    /* "N'Djamena" and "Sana'a", "People's Party", but not "Egypt's Party" */
    bool owned = na_slice_equal(bytes, NA_LITERAL("s")) && na_is_owner(reading->last);
    *joined = owned || !na_is_ending(bytes);
    if (*joined) return owned ? PART_LINK : PART_WORD;
  }
  *joined = open && is_joined(reading, word->start, bytes);
  bool article = has(text, word->end, '-') && word->end + 1 < text.size &&
                 (unsigned)text.data[word->end + 1] - 'A' < 26 && na_is_article(bytes);
  if (word->upper || article) return PART_WORD;
  if (!*joined) return PART_NONE;
  if (!reading->links && na_is_digit(bytes.data[0])) return PART_WORD;
  bool tail = reading->words > 1 && !reading->links && has(text, word->start - 1, '-') && na_is_tail(bytes);
  return tail ? PART_WORD : links(reading, word, bytes) ? PART_LINK : PART_NONE;
}

/* Whether the dot behind a word ends nothing: that of "W" in "George W. Bush", of "St", but not of the "S" of "U.S. Senate". */
static bool is_initial (na_slice text, const na_piece *word, na_slice bytes, bool joined) {
  if (!word->upper || (bytes.size != 1 && !na_is_saint(bytes))) return false;
  bool acronym = joined && text.data[word->start - 1] == '.';
  return !acronym || (word->end + 1 < text.size && text.data[word->end + 1] != ' ');
}

static na_status read_word (phrase_reading *reading, const na_piece *word) {
  na_slice bytes = na_slice_part(reading->text, word->start, word->end);
  bool joined;
  phrase_part part = part_of(reading, word, bytes, &joined);
  if (!joined || part == PART_NONE) NA_TRY(finish(reading));
  if (part == PART_WORD) extend(reading, word);
  if (part == PART_LINK) reading->links++;
  if (!na_is_digit(bytes.data[0]) && reading->visitor->word)
    NA_TRY(reading->visitor->word(reading->visitor->self, word, reading->starts));
  reading->initial = is_initial(reading->text, word, bytes, joined);
  reading->starts = false;
  reading->last = bytes;
  reading->end = word->end;
  return NA_OK;
}

na_status na_phrases_read (const na_fold_table *fold, na_slice text, const na_phrase_visitor *visitor) {
  phrase_reading reading = { .visitor = visitor, .text = text, .starts = true };
  for (na_piece piece = { 0 };;) {
    na_piece_next(fold, text, piece.end, (na_piece_kind)piece.kind, &piece);
    if (piece.kind == NA_PIECE_END) return finish(&reading);
    if (piece.kind == NA_PIECE_WORD)
      NA_TRY(read_word(&reading, &piece));
    else if (piece.kind == NA_PIECE_SIGN && ends_sentence(text.data[piece.start]))
      reading.starts = !(reading.initial && text.data[piece.start] == '.');
  }
}

/* ---- counting ---- */

static na_status find_phrase (na_phrases *phrases, na_slice text, na_phrase **phrase) {
  void *items = phrases->items;
  if (!na_grow(&items, &phrases->capacity, phrases->count, sizeof *phrases->items)) return NA_NOMEM;
  phrases->items = items;
  uint32_t *number;
  bool fresh;
  NA_TRY(na_map_put(&phrases->numbers, text, (uint32_t)phrases->count, &number, &fresh));
  if (fresh)
    phrases->items[phrases->count++] = (na_phrase){ .text = text, .first = NA_DAY_NONE, .last = NA_DAY_NONE };
  *phrase = &phrases->items[*number];
  return NA_OK;
}

static void note_day (na_phrase *phrase, na_day day) {
  phrase->days += phrase->last != day;
  if (phrase->first == NA_DAY_NONE || day < phrase->first) phrase->first = day;
  phrase->last = day;
}

na_status na_phrases_count_whole (na_phrases *phrases, na_slice text, na_day day) {
  na_phrase *phrase;
  NA_TRY(find_phrase(phrases, text, &phrase));
  phrase->count++;
  note_day(phrase, day);
  return NA_OK;
}

na_status na_phrases_count_link (na_phrases *phrases, na_slice label, na_slice target, na_day day) {
  char *text = na_arena_alloc(&phrases->arena, label.size + 1 + target.size);
  if (!text) return NA_NOMEM;
  memcpy(text, label.data, label.size);
  text[label.size] = '\t';
  memcpy(text + label.size + 1, target.data, target.size);
  return na_phrases_count_whole(phrases, na_slice_of(text, label.size + 1 + target.size), day);
}

/* A text that is being counted. */
typedef struct phrase_counting {
  na_phrases *phrases;
  na_slice text;
  na_day day;
} phrase_counting;

/* Whether a sign that parts a name from what follows stands at byte `end`, or nothing. */
static bool has_sign (na_slice text, size_t end) {
  na_slice behind = na_slice_part(text, end, text.size);
  return behind.size == 0 || memchr(",.;:)'\"", behind.data[0], 7) ||
         na_slice_starts(behind, NA_LITERAL("\xE2\x80\x99"));
}

static na_status visit_phrase (void *self, const na_phrase_place *place) {
  const phrase_counting *counting = self;
  na_phrase *phrase;
  NA_TRY(find_phrase(counting->phrases, na_slice_part(counting->text, place->first, place->end), &phrase));
  phrase->count += !place->starts;
  phrase->starts += place->starts;
  phrase->signs += !place->starts && has_sign(counting->text, place->end);
  note_day(phrase, counting->day);
  return NA_OK;
}

static na_status visit_word (void *self, const na_piece *word, bool starts) {
  const phrase_counting *counting = self;
  uint32_t *count;
  if (word->upper && starts) return NA_OK;
  na_lookup *lookup = word->upper ? &counting->phrases->capital : &counting->phrases->small;
  NA_TRY(na_lookup_put(lookup, word->hash, &count));
  *count = *count == NA_LOOKUP_NONE ? 1 : *count + 1;
  return NA_OK;
}

na_status na_phrases_count (na_phrases *phrases, na_slice text, na_day day) {
  if (!phrases->fold.entries && !na_fold_open(&phrases->fold)) return NA_NOMEM;
  phrase_counting counting = { phrases, text, day };
  const na_phrase_visitor visitor = { &counting, visit_phrase, visit_word };
  return na_phrases_read(&phrases->fold, text, &visitor);
}

static uint32_t count_of (const na_lookup *lookup, uint64_t hash) {
  uint32_t count = lookup->count ? na_lookup_find(lookup, hash) : NA_LOOKUP_NONE;
  return count == NA_LOOKUP_NONE ? 0 : count;
}

void na_phrases_close (na_phrases *phrases) {
  for (size_t i = 0; i < phrases->count; i++) {
    na_phrase *phrase = &phrases->items[i];
    na_piece word = { 0 };
    if (phrases->fold.entries) na_piece_next(&phrases->fold, phrase->text, 0, NA_PIECE_END, &word);
    phrase->small = count_of(&phrases->small, word.hash);
    phrase->capital = count_of(&phrases->capital, word.hash);
  }
}
