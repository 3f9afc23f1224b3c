#include "index/phrases.h"

#include "base/memory.h"
#include "text/piece.h"

void na_phrases_free (na_phrases *phrases) {
  na_fold_close(&phrases->fold);
  na_map_free(&phrases->numbers);
  na_free(phrases->items);
  na_lookup_free(&phrases->small);
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

na_status na_phrases_count_whole (na_phrases *phrases, na_slice text, na_day day) {
  void *items = phrases->items;
  if (!na_grow(&items, &phrases->capacity, phrases->count, sizeof *phrases->items)) return NA_NOMEM;
  phrases->items = items;
  uint32_t *number;
  bool fresh;
  NA_TRY(na_map_put(&phrases->numbers, text, (uint32_t)phrases->count, &number, &fresh));
  if (fresh)
    phrases->items[phrases->count++] = (na_phrase){ .text = text, .first = day, .last = NA_DAY_NONE };
  na_phrase *phrase = &phrases->items[*number];
  phrase->count++;
  phrase->days += phrase->last != day;
  phrase->first = day < phrase->first ? day : phrase->first;
  phrase->last = day;
  return NA_OK;
}

static na_status count_small (na_phrases *phrases, const na_piece *word) {
  uint32_t *count;
  NA_TRY(na_lookup_put(&phrases->small, word->hash, &count));
  *count = *count == NA_LOOKUP_NONE ? 1 : *count + 1;
  return NA_OK;
}

/* The phrase that is being read. */
typedef struct open_phrase {
  size_t first, end; /* bytes up to the last capitalised word */
  size_t words;
  size_t second; /* where the second word begins */
  bool starts;   /* the first word begins a sentence */
} open_phrase;

/* A phrase at the start of a sentence counts without its first word, whose capital says nothing. */
static na_status finish (na_phrases *phrases, na_slice text, open_phrase *phrase, na_day day) {
  size_t words = phrase->words, first = phrase->starts ? phrase->second : phrase->first;
  bool counts = words > 1 || (words == 1 && !phrase->starts);
  na_slice found = na_slice_part(text, first, phrase->end);
  *phrase = (open_phrase){ 0 };
  return counts && found.size ? na_phrases_count_whole(phrases, found, day) : NA_OK;
}

static void extend (open_phrase *phrase, const na_piece *word, bool starts) {
  if (phrase->words == 0) {
    phrase->first = word->start;
    phrase->starts = starts;
  }
  if (++phrase->words == 2) phrase->second = word->start;
  phrase->end = word->end;
}

static bool ends_sentence (char c) {
  return c == '.' || c == '!' || c == '?' || c == ':';
}

/* Whether only one blank or hyphen lies between two words, or the dot of an initial, with a blank or, as in "U.S", without. */
static bool is_joined (na_slice text, size_t end, size_t start, bool initial) {
  if (initial && end < start && text.data[end] == '.') end++;
  return start == end || (start == end + 1 && (text.data[end] == ' ' || text.data[end] == '-'));
}

na_status na_phrases_count (na_phrases *phrases, na_slice text, na_day day) {
  if (!phrases->fold.entries && !na_fold_open(&phrases->fold)) return NA_NOMEM;
  open_phrase phrase = { 0 };
  na_piece word = { 0 };
  bool starts = true, initial = false, linked = false;
  size_t end = 0; /* of the last word */
  for (;;) {
    na_piece_next(&phrases->fold, text, word.end, (na_piece_kind)word.kind, &word);
    if (word.kind == NA_PIECE_END) break;
    if (word.kind != NA_PIECE_WORD) {
      bool dot_of_initial = initial && word.kind == NA_PIECE_SIGN && text.data[word.start] == '.';
      if (word.kind == NA_PIECE_SIGN && ends_sentence(text.data[word.start])) starts = !dot_of_initial;
      continue;
    }
    na_slice bytes = na_slice_part(text, word.start, word.end);
    bool joined = phrase.words && phrase.words < NA_PHRASE_WORDS && is_joined(text, end, word.start, initial);
    bool number = na_is_digit(bytes.data[0]);
    if (!joined) NA_TRY(finish(phrases, text, &phrase, day));
    if (word.upper || (joined && number && !linked))
      extend(&phrase, &word, starts);
    else if (!joined || !is_link(bytes))
      NA_TRY(finish(phrases, text, &phrase, day));
    if (!word.upper && !number) NA_TRY(count_small(phrases, &word));
    linked = !word.upper;
    bool acronym = joined && text.data[word.start - 1] == '.'; /* what follows "U.S." is another name */
    initial = word.upper && bytes.size == 1 &&
              (!acronym || (word.end + 1 < text.size && text.data[word.end + 1] != ' '));
    starts = false;
    end = word.end;
  }
  return finish(phrases, text, &phrase, day);
}

void na_phrases_close (na_phrases *phrases) {
  for (size_t i = 0; i < phrases->count && phrases->small.count; i++) {
    na_phrase *phrase = &phrases->items[i];
    na_piece word = { 0 };
    na_piece_next(&phrases->fold, phrase->text, 0, NA_PIECE_END, &word);
    if (word.end != phrase->text.size) continue;
    uint32_t count = na_lookup_find(&phrases->small, word.hash);
    phrase->small = count == NA_LOOKUP_NONE ? 0 : count;
  }
}
