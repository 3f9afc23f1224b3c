#include "text/words.h"

#include "text/utf8.h"

void na_words_begin (na_words *words, const na_fold_table *fold, na_slice text) {
  *words = (na_words){ .fold = fold, .text = text, .opens = true };
}

/* The character at byte `at`, folded; gives the byte behind it. */
static size_t look (const na_words *words, size_t at, na_folded *folded) {
  na_fold(words->fold, na_utf8_next(words->text, &at), folded);
  return at;
}

/* Appends the folded character where there is room; a cut word stays a valid text. */
static size_t put (na_words *words, size_t size, const na_folded *folded) {
  if (size + folded->size > NA_WORD_BYTES) return size;
  memcpy(words->bytes + size, folded->bytes, folded->size);
  return size + folded->size;
}

static bool is_digit_at (const na_words *words, size_t at) {
  return at < words->text.size && na_is_digit(words->text.data[at]);
}

static bool is_apostrophe (const na_folded *folded) {
  return folded->size == 1 && folded->bytes[0] == '\'';
}

/* How an inner sign at `at` goes on: joined letters and digits behind it belong to the word. */
static bool joins (const na_words *words, size_t at, size_t next, const na_folded *sign) {
  if (next >= words->text.size) return false;
  char c = words->text.data[at];
  if (c == '.' || c == ',')
    return at > 0 && na_is_digit(words->text.data[at - 1]) && is_digit_at(words, next);
  na_folded behind;
  look(words, next, &behind);
  return is_apostrophe(sign) && behind.kind == NA_CHAR_WORD;
}

/* Whether a letter begins at `at`. */
static bool is_letter_at (const na_words *words, size_t at) {
  if (at >= words->text.size || na_is_digit(words->text.data[at])) return false;
  na_folded folded;
  look(words, at, &folded);
  return folded.kind == NA_CHAR_WORD;
}

/*
** Initials, "U.S." or the W. of "George W. Bush": letters that stand alone, each with a dot behind it. Puts them into the
** word without the dots and gives the byte behind the last one; `at` where there are none.
*/
static size_t initials (na_words *words, size_t at, size_t *size) {
  na_folded folded;
  while (is_letter_at(words, at)) {
    size_t next = look(words, at, &folded);
    bool dot = next < words->text.size && words->text.data[next] == '.';
    if (!dot && (!*size || is_letter_at(words, next))) break;
    if (!*size && !folded.upper && !is_letter_at(words, next + 1)) break; /* a sentence's end: "vitamin c." */
    *size = put(words, *size, &folded);
    at = dot ? next + 1 : next;
    if (!dot) break;
  }
  return at;
}

/* "'s" at the end of a word: possessive, or "is". */
static size_t without_possessive (const na_words *words, size_t size, size_t since_apostrophe) {
  return since_apostrophe && size - since_apostrophe == 1 && words->bytes[size - 1] == 's' ? since_apostrophe
                                                                                           : size;
}

/* A word of a script with blanks, which begins at `at`. */
static void spaced_word (na_words *words, size_t at, na_word *word) {
  size_t size = 0, apostrophe = 0, behind = initials(words, at, &size);
  if (size && !(size == 1 && is_letter_at(words, behind))) { /* but "A.The" is two words */
    words->at = word->last = behind;
    word->text = na_slice_of(words->bytes, size);
    return;
  }
  size = 0;
  while (at < words->text.size) {
    na_folded folded;
    size_t next = look(words, at, &folded);
    if (folded.kind == NA_CHAR_WORD || folded.kind == NA_CHAR_MARK)
      size = put(words, size, &folded);
    else if (folded.kind != NA_CHAR_NONE) {
      if (!size || !joins(words, at, next, &folded)) break;
      if (is_apostrophe(&folded))
        apostrophe = size;
      else if (words->text.data[at] == '.')
        size = put(words, size, &folded);
    }
    at = next;
  }
  words->at = word->last = at;
  word->text = na_slice_of(words->bytes, without_possessive(words, size, apostrophe));
}

/* A pair of a script without blanks, which begins at `at`; the next one begins at its second character. */
static void pair (na_words *words, size_t at, na_word *word) {
  na_folded folded;
  size_t next = look(words, at, &folded), size = put(words, 0, &folded);
  bool continues = words->started && words->behind > at; /* the character was the second of the last pair */
  words->at = word->last = next;
  word->pair = true;
  if (next < words->text.size) {
    size_t end = look(words, next, &folded);
    if (folded.kind == NA_CHAR_ALONE) {
      size = put(words, size, &folded);
      word->last = end;
      continues = false;
    }
  }
  word->text =
      continues ? NA_NONE : na_slice_of(words->bytes, size); /* the run's last character has had its pair */
}

/* What a sign between words says of the next word. */
static void pass_sign (na_words *words, size_t at) {
  char c = words->text.data[at];
  if (c == '.' || c == '!' || c == '?' || c == ':' || c == '"' || c == '\n') words->opens = true;
}

bool na_words_next (na_words *words, na_word *word) {
  while (words->at < words->text.size) {
    size_t at = words->at;
    na_folded folded;
    size_t next = look(words, at, &folded);
    if (folded.kind != NA_CHAR_WORD && folded.kind != NA_CHAR_ALONE) {
      pass_sign(words, at);
      words->at = next;
      continue;
    }
    *word = (na_word){ .first = at, .upper = folded.upper, .opens = words->opens };
    word->adjacent = words->started && at <= words->behind + 1;
    if (folded.kind == NA_CHAR_ALONE)
      pair(words, at, word);
    else
      spaced_word(words, at, word);
    words->behind = word->last;
    words->started = true;
    words->opens = false;
    if (word->text.data && word->text.size) return true;
  }
  word->text = NA_NONE;
  return false;
}
