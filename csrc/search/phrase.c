#include "search/phrase.h"

#include "text/words.h"

/* Whether a word of a text, of that term, can stand at that place of a phrase. */
static bool takes (const na_phrase_word *place, na_slice word, uint32_t term) {
  return place->term == NA_MAP_NONE ? na_slice_holds(word, place->text) : place->term == term;
}

/*
** Reads the text once. Bit i of `open` says that the last i + 1 words can be the first i + 1 of the phrase, as in matching
** by shifts; a phrase has no more words than a number has bits.
*/
static bool in_text (const na_search_index *index, const na_phrase *phrase, na_slice text, size_t *left) {
  na_words words;
  na_word word;
  if (!text.data || !phrase->count) return false;
  uint64_t open = 0, whole = (uint64_t)1 << (phrase->count - 1);
  na_words_begin(&words, &index->terms->fold, text);
  while (*left && na_words_next(&words, &word)) {
    uint32_t term = na_terms_word(index->terms, word.text);
    uint64_t fits = 0;
    for (size_t i = 0; i < phrase->count; i++)
      fits |= (uint64_t)takes(&phrase->words[i], word.text, term) << i;
    open = (open << 1 | 1) & fits;
    if (open & whole) return true;
    --*left;
  }
  return false;
}

bool na_phrase_in (na_search_index *index, const na_phrase *phrase, uint32_t story) {
  na_slice texts[NA_STORY_TEXTS];
  size_t left = NA_STORY_WORDS_MAX; /* words behind these are in no list either */
  na_search_texts(index, story, texts);
  for (size_t i = 0; i < NA_STORY_TEXTS; i++)
    if (in_text(index, phrase, texts[i], &left)) return true;
  return false;
}
