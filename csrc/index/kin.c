#include "index/kin.h"

#include "base/memory.h"

/* English ways from a place to its people: what the people's name ends with, and the place instead. */
static const struct {
  const char *people, *place;
} endings[] = {
  { "", "y" },      { "", "stan" }, { "", "istan" }, { "n", "" },     { "i", "" },     { "an", "" },
  { "an", "a" },    { "an", "e" },  { "an", "o" },   { "an", "y" },   { "ian", "" },   { "ian", "a" },
  { "ian", "e" },   { "ian", "y" }, { "ean", "" },   { "ish", "" },   { "ish", "ey" }, { "ish", "en" },
  { "ish", "and" }, { "ese", "" },  { "ese", "a" },  { "ese", "on" },
};

#define WORD_BYTES_MIN 4 /* shorter words are too often alike by chance */
#define WORD_BYTES_MAX 32
#define USES_MIN       3    /* inside sentences */
#define USES_SHARE     0.05 /* of the uses of the form: a place is named, too */
#define CAPITALS_MIN   0.8  /* of the uses of a name */
#define TOGETHER_MIN   3    /* stories that have both */
#define TOGETHER_SHARE 0.01 /* of the stories of the rarer one */
#define TOGETHER_CHANCE \
  0.2 /* of what chance would give: one form stands for the other, so both in one story are rare */

static bool is_name (const na_form *word) {
  return word->uses >= USES_MIN && word->upper >= CAPITALS_MIN * word->uses;
}

/* The most used name that `word` is a form of, or NA_MAP_NONE. */
static uint32_t base_of (const na_form *word, const na_form *forms, const na_map *words) {
  char text[WORD_BYTES_MAX];
  uint32_t best = NA_MAP_NONE;
  if (word->text.size < WORD_BYTES_MIN || !is_name(word)) return NA_MAP_NONE;
  for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
    na_slice people = na_slice_z(endings[e].people), place = na_slice_z(endings[e].place);
    size_t size = word->text.size - people.size;
    if (!na_slice_ends(word->text, people)) continue;
    if (size + place.size < WORD_BYTES_MIN || size + place.size > WORD_BYTES_MAX) continue;
    memcpy(text, word->text.data, size);
    memcpy(text + size, place.data, place.size);
    uint32_t base = na_map_get(words, na_slice_of(text, size + place.size));
    if (base == NA_MAP_NONE || forms[base].term == word->term || !is_name(&forms[base])) continue;
    if (forms[base].uses <= word->uses * USES_SHARE) continue;
    if (best == NA_MAP_NONE || forms[base].uses > forms[best].uses) best = base;
  }
  return best;
}

/* Whether a story uses the term. */
static bool has (const na_uses_walk *story, uint32_t term) {
  size_t low = 0, high = story->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (story->items[middle].term == term) return true;
    if (story->items[middle].term < term)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

/* Counts the stories of every term, and those that a term shares with its supposed base. */
static na_status count_stories (const uint32_t *kin, na_uses *uses, size_t stories, uint32_t *alone,
                                uint32_t *together) {
  na_uses_walk walk;
  na_status status = na_uses_begin(&walk, uses);
  for (size_t i = 0; i < stories && status == NA_OK; i++) {
    status = na_uses_next(&walk);
    for (size_t k = 0; k < walk.count && status == NA_OK; k++) {
      uint32_t term = walk.items[k].term;
      alone[term]++;
      if (kin[term] != term && has(&walk, kin[term])) together[term]++;
    }
  }
  na_uses_walk_free(&walk);
  return status;
}

static bool belong (uint32_t a, uint32_t b, uint32_t together, size_t stories) {
  uint32_t rarer = a < b ? a : b;
  double chance = (double)a * b / (double)stories;
  return together >= TOGETHER_MIN && together >= TOGETHER_SHARE * rarer &&
         together >= TOGETHER_CHANCE * chance;
}

/*
** Lets one term of every ring stand for itself. Steps from form to form come to an end, since a base is shorter or ends like a
** place; but a term has all forms of its stem: from "Karabi" to "Karab", and from that to "Karaby", whose stem is "karabi".
*/
static void open_rings (uint32_t *kin, size_t term_count, uint32_t *walks) {
  memset(walks, 0, term_count * sizeof *walks);
  for (uint32_t t = 0; t < term_count; t++) {
    uint32_t at = t;
    for (; !walks[at]; at = kin[at]) walks[at] = t + 1;
    if (walks[at] == t + 1) kin[at] = at;
  }
}

static na_status find (uint32_t *kin, size_t term_count, uint32_t *counts, na_uses *uses, size_t stories) {
  uint32_t *alone = counts, *together = counts + term_count;
  NA_TRY(count_stories(kin, uses, stories, alone, together));
  for (size_t t = 0; t < term_count; t++)
    if (kin[t] != t && !belong(alone[t], alone[kin[t]], together[t], stories)) kin[t] = (uint32_t)t;
  open_rings(kin, term_count, together);
  for (size_t t = 0; t < term_count; t++)
    while (kin[kin[t]] != kin[t]) kin[t] = kin[kin[t]];
  return NA_OK;
}

na_status na_kin_find (uint32_t *kin, size_t term_count, const na_form *forms, size_t count,
                       const na_map *words, na_uses *uses, size_t stories) {
  uint32_t *counts = na_malloc(2 * term_count * sizeof *counts);
  if (!counts) return NA_NOMEM;
  memset(counts, 0, 2 * term_count * sizeof *counts);
  for (size_t t = 0; t < term_count; t++) kin[t] = (uint32_t)t;
  for (size_t i = 0; i < count; i++) {
    uint32_t base = base_of(&forms[i], forms, words);
    if (base != NA_MAP_NONE) kin[forms[i].term] = forms[base].term;
  }
  na_status status = find(kin, term_count, counts, uses, stories);
  na_free(counts);
  return status;
}
