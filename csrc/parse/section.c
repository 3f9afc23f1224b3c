#include "parse/section.h"

typedef struct section {
  const char *name;  /* NULL: words that say nothing of their own */
  const char *words; /* lower case, parted by blanks */
} section;

/* The portal's sections of today, and the words of what they were called since 2002. */
static const section sections[] = {
  { NULL,
    "and the & in of incident incidents event events news other others misc miscellaneous uncategorized "
    "general people protest protests impact impacts" },
  { "Armed conflicts and attacks", "armed conflict conflicts attack attacks war wars military terrorism" },
  { "Arts and culture",
    "art arts culture cultures cuture literature entertainment movie movies film films music "
    "television tv media mass games" },
  { "Business and economy", "business businesses economy economic economics economies finance financial" },
  { "Disasters and accidents", "disaster disasters accident accidents natural weather" },
  { "Health and environment", "health environment medicine medical wellness" },
  { "International relations", "international relation relations diplomacy" },
  { "Law and crime", "law laws legal crime crimes justice order enforcement" },
  { "Politics and elections", "politics political election elections government" },
  { "Religion", "religion religions spirituality" },
  { "Science and technology", "science sciences technology innovation nature research education space" },
  { "Sports", "sport sports sporting recreation" },
};

#define WORD_BYTES 16 /* longer than any word of the table */

static bool is_letter (char c) {
  return na_is_letter(c) || c == '&' || (c & 0x80);
}

/* The next word in ASCII lower case, or an absent slice; one that is too long for the table comes as one byte. */
static na_slice next_word (na_slice text, size_t *at, char lower[WORD_BYTES]) {
  while (*at < text.size && !is_letter(text.data[*at]) && !na_is_digit(text.data[*at])) ++*at;
  size_t start = *at;
  while (*at < text.size && (is_letter(text.data[*at]) || na_is_digit(text.data[*at]))) ++*at;
  size_t size = *at - start;
  if (size == 0) return NA_NONE;
  if (size > WORD_BYTES) return NA_LITERAL("?");
  for (size_t i = 0; i < size; i++) {
    char c = text.data[start + i];
    lower[i] = (char)(na_is_upper(c) ? c - 'A' + 'a' : c);
  }
  return na_slice_of(lower, size);
}

static bool lists (const section *entry, na_slice word) {
  na_slice words = na_slice_z(entry->words);
  for (size_t start = 0; start < words.size;) {
    size_t end = na_slice_find(words, ' ', start);
    if (na_slice_equal(na_slice_part(words, start, end), word)) return true;
    start = end + 1;
  }
  return false;
}

static const section *section_of_word (na_slice word) {
  for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
    if (lists(&sections[i], word)) return &sections[i];
  return NULL;
}

na_slice na_section_of (na_slice heading, bool *named) {
  char lower[WORD_BYTES];
  na_slice name = NA_NONE, word;
  *named = true;
  for (size_t i = 1; i < sizeof sections / sizeof *sections;
       i++) /* what most are called saves taking them apart */
    if (na_slice_equal(heading, na_slice_z(sections[i].name))) return na_slice_z(sections[i].name);
  *named = false;
  for (size_t at = 0; (word = next_word(heading, &at, lower)).data; *named = true) {
    const section *entry = section_of_word(word);
    if (!entry) {
      *named = false;
      return NA_NONE;
    }
    if (!name.data) name = na_slice_z(entry->name);
  }
  return name;
}
