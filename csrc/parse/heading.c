#include "parse/heading.h"

#include "text/wordlist.h"

#define HEADING_WORDS_MAX 14 /* longer ones were sentences more often than not */
#define LIST_WORDS_MAX    40 /* of several headings with commas between them */
#define HEADING_BYTES_MAX 400
#define LEAD_WORDS_MAX    9
#define SHORT_LEAD_WORDS  5 /* up to here one may go on in lower case: "Iraq War: at least 135 people ..." */
#define STEM_BYTES        5 /* of a name: "Syria" and "Syrian", "Israel" and "Israeli" */

/* Verbs that no article is named with in lower case. */
static const char *const verbs[] = {
  "accepts",   "accuses",   "acknowledges", "adds",       "adopts",    "affect",      "agrees",   "airs",
  "announce",  "announced", "announces",    "appoints",   "approves",  "are",         "arrives",  "beat",
  "beats",     "became",    "become",       "becomes",    "began",     "begin",       "begins",   "called",
  "calls",     "can",       "catches",      "celebrates", "closes",    "completes",   "confirms", "continue",
  "continues", "could",     "cut",          "debuts",     "declares",  "defeat",      "defeated", "defeats",
  "denies",    "die",       "died",         "dies",       "does",      "drops",       "elects",   "ended",
  "enters",    "explodes",  "faces",        "fails",      "gets",      "gives",       "goes",     "had",
  "has",       "have",      "hits",         "holds",      "includes",  "introduces",  "is",       "joins",
  "kills",     "leaves",    "loses",        "makes",      "marries",   "may",         "met",      "might",
  "occurs",    "opens",     "passes",       "pleads",     "premieres", "presents",    "proposes", "publishes",
  "reached",   "reaches",   "receives",     "refuses",    "rejects",   "released",    "releases", "remain",
  "remains",   "reported",  "resigned",     "resigns",    "retires",   "returns",     "reveals",  "said",
  "say",       "saying",    "says",         "seeks",      "sells",     "sends",       "sets",     "should",
  "signs",     "sinks",     "started",      "starts",     "steps",     "strengthens", "suffers",  "take",
  "takes",     "tells",     "threatens",    "told",       "turns",     "urges",       "vows",     "warns",
  "was",       "were",      "will",         "win",        "wins",      "withdraws",   "won",      "would",
  "wrote",
};

/* With a full stop at the end that ends no sentence. */
static const char *const abbreviations[] = {
  "Bros.", "Co.", "Corp.", "Dr.", "Inc.", "Jr.", "Ltd.", "Mt.", "No.", "Sr.", "St.", "al.", "v.", "vs.",
};

/* Names of so many headings that they tell none from another. */
static const char *const common_names[] = {
  "Aftermath", "April",      "Army",     "Attack",   "August",    "Battle",   "COVID",         "Central",
  "Civil",     "Climate",    "Conflict", "Congress", "Court",     "Crisis",   "Death",         "December",
  "East",      "Eastern",    "Economic", "Election", "European",  "February", "Foreign",       "General",
  "Global",    "Government", "Great",    "House",    "Human",     "Impact",   "International", "Islamic",
  "January",   "July",       "June",     "Killing",  "Kingdom",   "List",     "March",         "Middle",
  "Military",  "Murder",     "National", "Nations",  "North",     "Northern", "November",      "October",
  "Olympics",  "Operation",  "Party",    "People",   "Political", "Politics", "President",     "Protests",
  "Reactions", "Republic",   "Saint",    "Senate",   "September", "Shooting", "South",         "Southern",
  "State",     "States",     "Summer",   "Supreme",  "Terrorism", "Timeline", "Trial",         "Union",
  "United",    "West",       "Western",  "Winter",   "World",
};

/* First words of names that are parts of a place: "Buffalo, New York". */
static const char *const place_words[] = {
  "East", "New", "North", "Rhode", "South", "West",
};

static bool is_letter (char c) {
  return na_is_letter(c) || (c & 0x80);
}

/* The next run of what is no blank, from *at on; absent at the end. */
static na_slice next_word (na_slice text, size_t *at) {
  while (*at < text.size && na_is_space(text.data[*at])) ++*at;
  size_t start = *at;
  while (*at < text.size && !na_is_space(text.data[*at])) ++*at;
  return *at > start ? na_slice_part(text, start, *at) : NA_NONE;
}

static bool is_abbreviation (na_slice word) {
  if (NA_WORDS_HAVE(abbreviations, word)) return true;
  return word.size == 2 || na_slice_find(word, '.', 0) + 1 < word.size; /* "U.", "D.C." */
}

/* Counts the words; 0 where a verb, a URL or the end of a sentence is among them. The last word may end with a stop. */
static size_t count_name_words (na_slice text) {
  size_t count = 0;
  na_slice word;
  for (size_t at = 0; (word = next_word(text, &at)).data; count++) {
    bool lower = na_is_lower(word.data[0]);
    if (lower && NA_WORDS_HAVE(verbs, word)) return 0;
    if (lower && na_slice_starts(word, NA_LITERAL("http"))) return 0;
    bool last = at == text.size;
    if (!last && word.data[word.size - 1] == '.' && !is_abbreviation(word)) return 0;
  }
  return count;
}

static na_slice last_word (na_slice text) {
  size_t start = text.size;
  while (start && !na_is_space(text.data[start - 1])) start--;
  return na_slice_part(text, start, text.size);
}

static bool has_letter (na_slice text) {
  for (size_t i = 0; i < text.size; i++)
    if (is_letter(text.data[i])) return true;
  return false;
}

/* The next part between ", ", trimmed; absent at the end. */
static na_slice next_part (na_slice text, size_t *at) {
  if (*at >= text.size) return NA_NONE;
  size_t start = *at, end = start;
  do end = na_slice_find(text, ',', end + (end > start));
  while (end + 1 < text.size && !na_is_space(text.data[end + 1]));
  *at = end + 1;
  return na_slice_trim(na_slice_part(text, start, end));
}

/* Are there several parts, each of which could stand alone? */
static bool is_list (na_slice text) {
  if (na_slice_find(text, ',', 0) == text.size) return false;
  size_t parts = 0;
  na_slice part;
  for (size_t at = 0; (part = next_part(text, &at)).data; parts++) {
    size_t words = count_name_words(part), start = 0;
    if (words < 2 || words > HEADING_WORDS_MAX) return false;
    if (!na_is_upper(part.data[0]) && !na_is_digit(part.data[0]) && !(part.data[0] & 0x80)) return false;
    if (words == 2 && NA_WORDS_HAVE(place_words, next_word(part, &start))) return false;
  }
  return parts > 1;
}

bool na_heading_is (na_slice line) {
  line = na_slice_trim(line);
  if (!has_letter(line) || line.size > HEADING_BYTES_MAX) return false;
  if (line.data[line.size - 1] == '.' && !is_abbreviation(last_word(line))) return false;
  size_t words = count_name_words(line);
  return words && (words <= HEADING_WORDS_MAX || (words <= LIST_WORDS_MAX && is_list(line)));
}

/* Does `text` begin as a sentence does? */
static bool begins_sentence (na_slice text) {
  static const char *const quotes[] = { "'", "\"", "‘", "“" };
  for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
    if (na_slice_starts(text, na_slice_z(quotes[i])))
      text = na_slice_part(text, strlen(quotes[i]), text.size);
  return text.size && (na_is_upper(text.data[0]) || na_is_digit(text.data[0]) || (text.data[0] & 0x80));
}

/* "The talks in Geneva: both sides ...": names of topics seldom begin with an article or a number in words. */
static bool begins_clause (na_slice text) {
  static const char *const openings[] = {
    "A", "An", "At", "Five", "Four", "In", "On", "Several", "The", "Three", "Two",
  };
  size_t at = 0;
  return NA_WORDS_HAVE(openings, next_word(text, &at));
}

na_slice na_heading_lead (na_slice sentence) {
  size_t colon = na_slice_find(sentence, ':', 0);
  if (colon == 0 || colon + 2 >= sentence.size || sentence.data[colon + 1] != ' ') return NA_NONE;
  na_slice topic = na_slice_trim(na_slice_part(sentence, 0, colon));
  if (!topic.size || !has_letter(topic)) return NA_NONE;
  if (!na_is_upper(topic.data[0]) && !na_is_digit(topic.data[0]) && !(topic.data[0] & 0x80)) return NA_NONE;
  if (memchr(topic.data, '"', topic.size)) return NA_NONE;
  size_t words = count_name_words(topic);
  if (words == 0 || words > LEAD_WORDS_MAX) return NA_NONE;
  na_slice rest = na_slice_trim(na_slice_part(sentence, colon + 1, sentence.size));
  return begins_sentence(rest) || (words <= SHORT_LEAD_WORDS && !begins_clause(topic)) ? topic : NA_NONE;
}

/* Is there a word in `text` that begins with `stem`? */
static bool has_stem (na_slice text, na_slice stem) {
  for (size_t i = 0; i + stem.size <= text.size; i++)
    if (text.data[i] == stem.data[0] && memcmp(text.data + i, stem.data, stem.size) == 0 &&
        (i == 0 || !is_letter(text.data[i - 1])))
      return true;
  return false;
}

bool na_heading_concerns (na_slice heading, na_slice sentence) {
  for (size_t i = 0; i < heading.size;) {
    while (i < heading.size && !is_letter(heading.data[i])) i++;
    size_t start = i;
    while (i < heading.size && is_letter(heading.data[i])) i++;
    na_slice word = na_slice_part(heading, start, i);
    if (word.size < STEM_BYTES - 1 || !(na_is_upper(word.data[0]) || (word.data[0] & 0x80))) continue;
    if (NA_WORDS_HAVE(common_names, word)) continue;
    if (has_stem(sentence, na_slice_part(word, 0, word.size < STEM_BYTES ? word.size : STEM_BYTES)))
      return true;
  }
  return false;
}

na_status na_heading_add_topics (na_arena *arena, na_slice heading, na_strings *topics) {
  if (!is_list(heading)) return na_strings_add(arena, topics, heading);
  na_slice part;
  for (size_t at = 0; (part = next_part(heading, &at)).data;) NA_TRY(na_strings_add(arena, topics, part));
  return NA_OK;
}
