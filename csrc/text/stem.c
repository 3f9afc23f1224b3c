#include "text/stem.h"

#include <libstemmer.h>
#include <strings.h>

/* Languages of Snowball whose letters the fold leaves whole enough for their stemmer. */
static const struct {
  const char *language, *algorithm;
} algorithms[] = {
  { "da", "danish" },    { "de", "german" },  { "en", "english" },   { "es", "spanish" },
  { "fi", "finnish" },   { "fr", "french" },  { "hu", "hungarian" }, { "it", "italian" },
  { "nb", "norwegian" }, { "nl", "dutch" },   { "no", "norwegian" }, { "pt", "portuguese" },
  { "ro", "romanian" },  { "ru", "russian" }, { "sv", "swedish" },
};

void na_stemmer_open (na_stemmer *stemmer, na_slice language) {
  stemmer->algorithm = NULL;
  size_t size = na_slice_find(language, '-', 0);
  for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
    if (size == 2 && strncasecmp(language.data, algorithms[i].language, 2) == 0)
      stemmer->algorithm = sb_stemmer_new(algorithms[i].algorithm, "UTF_8");
}

void na_stemmer_close (na_stemmer *stemmer) {
  if (stemmer->algorithm) sb_stemmer_delete(stemmer->algorithm);
  stemmer->algorithm = NULL;
}

na_slice na_stem (const na_stemmer *stemmer, na_slice word) {
  if (!stemmer->algorithm || !word.size || na_is_digit(word.data[0])) return word;
  const sb_symbol *stem = sb_stemmer_stem(stemmer->algorithm, (const sb_symbol *)word.data, (int)word.size);
  return stem ? na_slice_of((const char *)stem, (size_t)sb_stemmer_length(stemmer->algorithm)) : word;
}
