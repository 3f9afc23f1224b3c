#include "index/particles.h"

static bool is_among (na_slice word, const char *const *words) {
  for (; *words; words++)
    if (na_slice_equal(word, na_slice_z(*words))) return true;
  return false;
}

bool na_is_link (na_slice word) {
  static const char *const links[] = { "of", "de",  "al", "bin", "ibn", "von", "van",
                                       "da", "del", "di", "el",  "la",  "du",  NULL };
  return is_among(word, links);
}

bool na_is_article (na_slice word) {
  static const char *const articles[] = { "al", "el", "as", "an", "ul", NULL };
  return is_among(word, articles);
}

#define TAIL_BYTES 5 /* of a syllable */

bool na_is_tail (na_slice word) {
  static const char *const others[] = { "born", "run",  "held", "style", "wide",
                                        "era",  "made", "like", "free",  NULL };
  return word.size <= TAIL_BYTES && !na_slice_ends(word, NA_LITERAL("ed")) && !is_among(word, others);
}

bool na_is_ending (na_slice word) {
  static const char *const endings[] = { "s", "S", "t", "d", "m", "re", "ve", "ll", NULL };
  return is_among(word, endings);
}

bool na_is_owner (na_slice word) {
  static const char *const owners[] = { "People", "Women", "Men", "Children", NULL };
  return is_among(word, owners);
}

bool na_is_opener (na_slice word) {
  static const char *const openers[] = { "The", "A",  "An",   "In",  "On",  "At",   "He",
                                         "She", "It", "They", "His", "Her", "This", NULL };
  return is_among(word, openers);
}

bool na_is_saint (na_slice word) {
  static const char *const saints[] = { "St", "Mt", NULL };
  return is_among(word, saints);
}

bool na_is_cut (na_slice word) {
  static const char *const cut[] = { "Inc", "Jr", "Sr", "Ltd", "Corp", NULL };
  return is_among(word, cut);
}

bool na_is_body (na_slice word) {
  static const char *const bodies[] = {
    "Agency",    "Alliance",   "Association", "Center",   "Centers", "Centre",       "Commission",
    "Committee", "Conference", "Convention",  "Council",  "Court",   "Department",   "Foundation",
    "Fund",      "Institute",  "Ministry",    "Movement", "Office",  "Organisation", "Organization",
    "Party",     "Society",    "Union",       NULL
  };
  return is_among(word, bodies);
}
