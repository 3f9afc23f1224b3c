#include "index/wording.h"

void na_wording_begin (na_wording *wording, const na_fold_table *fold, const na_story *story) {
  *wording = (na_wording){ .fold = fold,
                           .texts = { story->title, story->description, story->body },
                           .left = NA_STORY_WORDS_MAX };
  na_words_begin(&wording->words, fold, story->title);
}

/* The next word of the text at hand, or of one behind it. */
static bool next_word (na_wording *wording, na_word *word) {
  while (!na_words_next(&wording->words, word)) {
    if (++wording->part == NA_STORY_TEXTS) return false;
    na_words_begin(&wording->words, wording->fold, wording->texts[wording->part]);
    wording->last_is_capital = false;
  }
  return true;
}

bool na_wording_next (na_wording *wording, na_wording_word *next) {
  if (wording->part == NA_STORY_TEXTS || !wording->left || !next_word(wording, &next->word)) return false;
  bool capital = next->word.upper && !next->word.pair;
  next->text = wording->texts[wording->part];
  next->units = wording->part == 0 ? NA_TITLE_UNITS : 1;
  next->ends_name = capital && next->word.adjacent && wording->last_is_capital;
  next->name_first = wording->first_of_last;
  wording->last_is_capital = capital;
  wording->first_of_last = next->word.first;
  wording->left--;
  return true;
}

na_slice na_wording_shown (na_slice text, size_t first, size_t last) {
  na_slice part = na_slice_part(text, first, last);
  if (na_slice_ends(part, NA_LITERAL("'s"))) part.size -= 2;
  if (na_slice_ends(part, NA_LITERAL("\u2019s"))) part.size -= sizeof "\u2019s" - 1;
  return part;
}
