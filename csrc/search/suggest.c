#include "search/suggest.h"

#include "text/utf8.h"

typedef struct letters {
  uint32_t items[NA_SUGGEST_CHARS_MAX];
  size_t count;
} letters;

/* False where there are too many. */
static bool spell (na_slice word, letters *out) {
  out->count = 0;
  for (size_t at = 0; at < word.size;) {
    if (out->count == NA_SUGGEST_CHARS_MAX) return false;
    out->items[out->count++] = na_utf8_next(word, &at);
  }
  return true;
}

static size_t least (size_t a, size_t b) {
  return a < b ? a : b;
}

/*
** The slips from one word to another, or `most` + 1 where there are more: edit distance with neighbours changing places,
** three rows of the table at a time, given up when a whole row is beyond `most`.
*/
static size_t count_slips (const letters *a, const letters *b, size_t most) {
  size_t rows[3][NA_SUGGEST_CHARS_MAX + 1];
  for (size_t j = 0; j <= b->count; j++) rows[0][j] = j;
  for (size_t i = 1; i <= a->count; i++) {
    size_t *row = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
    size_t lowest = row[0] = i;
    for (size_t j = 1; j <= b->count; j++) {
      bool same = a->items[i - 1] == b->items[j - 1];
      row[j] = least(last[j - 1] + !same, least(last[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && a->items[i - 1] == b->items[j - 2] && a->items[i - 2] == b->items[j - 1])
        row[j] = least(row[j], before[j - 2] + 1);
      lowest = least(lowest, row[j]);
    }
    if (lowest > most) return most + 1;
  }
  return rows[a->count % 3][b->count];
}

/* Whether a form can be near a word at all: by its size in bytes, of which a letter has four at most. */
static bool may_be_near (na_slice form, const letters *word, size_t most) {
  return form.size + most >= word->count && form.size <= 4 * (word->count + most) && form.size &&
         !na_is_digit(form.data[0]);
}

/* Pairs of characters all have neighbours, which say nothing. */
static bool is_pair (const na_search_index *index, na_slice word) {
  na_folded folded;
  size_t at = 0;
  na_fold(&index->terms->fold, na_utf8_next(word, &at), &folded);
  return folded.kind == NA_CHAR_ALONE;
}

na_slice na_suggest (const na_search_index *index, na_slice word) {
  letters asked, form;
  na_slice best = NA_NONE;
  size_t best_stories = 0;
  if (!word.size || is_pair(index, word) || na_is_digit(word.data[0]) || !spell(word, &asked) ||
      asked.count < 2)
    return best;
  size_t most = asked.count <= NA_SUGGEST_ONE_UP_TO ? 1 : NA_SUGGEST_SLIPS_MAX;
  for (size_t place = 0; place < index->terms->forms.count; place++) {
    na_slice text = na_rows_get(&index->terms->forms, place);
    if (!may_be_near(text, &asked, most) || !spell(text, &form) || form.count + most < asked.count ||
        form.count > asked.count + most)
      continue;
    size_t slips = count_slips(&asked, &form, most);
    if (slips > most) continue;
    size_t stories = na_terms_stories(index->terms, na_terms_of_form(index->terms, place));
    if (slips == most && best.data && stories <= best_stories) continue;
    best = text;
    best_stories = stories;
    if (slips < most) most = slips;
  }
  return best;
}
