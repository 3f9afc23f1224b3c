#include "index/phrases.h"

#include "base/memory.h"

void na_phrases_free (na_phrases *phrases) {
  na_arena_free(&phrases->arena);
  na_fold_close(&phrases->fold);
  na_map_free(&phrases->numbers);
  na_free(phrases->items);
  na_lookup_free(&phrases->small);
  na_lookup_free(&phrases->capital);
  *phrases = (na_phrases){ 0 };
}

/* Small words that stand inside names. */
static bool is_link (na_slice word) {
  static const char *const links[] = { "of", "de",  "al", "bin", "ibn", "von", "van",
                                       "da", "del", "di", "el",  "la",  "du",  NULL };
  for (const char *const *link = links; *link; link++)
    if (na_slice_equal(word, na_slice_z(*link))) return true;
  return false;
}

/* Small words that begin a name with a hyphen behind them: "al-Qaeda". */
static bool is_article (na_slice text, const na_piece *word) {
  static const char *const articles[] = { "al", "el", "as", "an", "ul", NULL };
  if (word->end + 1 >= text.size || text.data[word->end] != '-') return false;
  if ((unsigned)text.data[word->end + 1] - 'A' >= 26) return false;
  for (const char *const *article = articles; *article; article++)
    if (na_slice_equal(na_slice_part(text, word->start, word->end), na_slice_z(*article))) return true;
  return false;
}

#define TAIL_BYTES 5 /* of a syllable */

/* Whether a small word behind a hyphen ends a name: "Ban Ki-moon", but not "New York-based". */
static bool is_tail (na_slice word) {
  static const char *const others[] = { "born", "run",  "held", "style", "wide",
                                        "era",  "made", "like", "free",  NULL };
  if (word.size > TAIL_BYTES || na_slice_ends(word, NA_LITERAL("ed"))) return false;
  for (const char *const *other = others; *other; other++)
    if (na_slice_equal(word, na_slice_z(*other))) return false;
  return true;
}

/* ---- reading ---- */

/* What is known while a text is read. */
typedef struct phrase_reading {
  const na_phrase_visitor *visitor;
  na_slice text;
  na_phrase_place place;
  size_t words; /* of the phrase that is open; 0 where none is */
  size_t links; /* small words behind its last capitalised one */
  size_t end;   /* of the last word of the text */
  bool starts;  /* the next word begins a sentence */
  bool initial; /* the last word is one letter, whose dot ends nothing */
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
}

static bool ends_sentence (char c) {
  return c == '.' || c == '!' || c == '?' || c == ':';
}

/* Whether only one blank or dash lies between two words, or the dot of an initial, with a blank or, as in "U.S", without. */
static bool is_joined (na_slice text, size_t end, size_t start, bool initial) {
  if (initial && end < start && text.data[end] == '.') end++;
  na_slice between = na_slice_part(text, end, start);
  return between.size == 0 || na_slice_equal(between, NA_LITERAL(" ")) ||
         na_slice_equal(between, NA_LITERAL("-")) || na_slice_equal(between, NA_LITERAL("\xE2\x80\x93"));
}

/* Whether the small word goes on with the phrase: "of", or "the" behind it. */
static bool links (const phrase_reading *reading, na_slice word) {
  if (reading->links == 0) return is_link(word);
  return reading->links == 1 && na_slice_equal(word, NA_LITERAL("the"));
}

static na_status read_word (phrase_reading *reading, const na_piece *word) {
  na_slice text = reading->text, bytes = na_slice_part(text, word->start, word->end);
  bool number = na_is_digit(bytes.data[0]), upper = word->upper || is_article(text, word);
  bool joined = reading->words && reading->words < NA_PHRASE_WORDS &&
                is_joined(text, reading->end, word->start, reading->initial);
  if (!joined) NA_TRY(finish(reading));
  bool tail =
      joined && reading->words > 1 && !reading->links && text.data[word->start - 1] == '-' && is_tail(bytes);
  if (upper || tail || (joined && number && !reading->links))
    extend(reading, word);
  else if (joined && links(reading, bytes))
    reading->links++;
  else
    NA_TRY(finish(reading));
  if (!number && reading->visitor->word)
    NA_TRY(reading->visitor->word(reading->visitor->self, word, reading->starts));
  bool acronym = joined && text.data[word->start - 1] == '.'; /* what follows "U.S." is another name */
  reading->initial = word->upper && bytes.size == 1 &&
                     (!acronym || (word->end + 1 < text.size && text.data[word->end + 1] != ' '));
  reading->starts = false;
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

static na_status count_phrase (na_phrases *phrases, na_slice text, na_day day, bool starts) {
  void *items = phrases->items;
  if (!na_grow(&items, &phrases->capacity, phrases->count, sizeof *phrases->items)) return NA_NOMEM;
  phrases->items = items;
  uint32_t *number;
  bool fresh;
  NA_TRY(na_map_put(&phrases->numbers, text, (uint32_t)phrases->count, &number, &fresh));
  if (fresh)
    phrases->items[phrases->count++] = (na_phrase){ .text = text, .first = day, .last = NA_DAY_NONE };
  na_phrase *phrase = &phrases->items[*number];
  phrase->count += !starts;
  phrase->starts += starts;
  phrase->days += phrase->last != day;
  phrase->first = day < phrase->first ? day : phrase->first;
  phrase->last = day;
  return NA_OK;
}

na_status na_phrases_count_whole (na_phrases *phrases, na_slice text, na_day day) {
  return count_phrase(phrases, text, day, false);
}

na_status na_phrases_count_link (na_phrases *phrases, na_slice label, na_slice target, na_day day) {
  char *text = na_arena_alloc(&phrases->arena, label.size + 1 + target.size);
  if (!text) return NA_NOMEM;
  memcpy(text, label.data, label.size);
  text[label.size] = '\t';
  memcpy(text + label.size + 1, target.data, target.size);
  return count_phrase(phrases, na_slice_of(text, label.size + 1 + target.size), day, false);
}

/* A text that is being counted. */
typedef struct phrase_counting {
  na_phrases *phrases;
  na_slice text;
  na_day day;
} phrase_counting;

static na_status visit_phrase (void *self, const na_phrase_place *place) {
  const phrase_counting *counting = self;
  na_slice text = na_slice_part(counting->text, place->first, place->end);
  return count_phrase(counting->phrases, text, counting->day, place->starts);
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
