#include "parse/citation.h"

#include "text/language.h"
#include "text/wordlist.h"

#define SENTENCE_WORDS 10 /* a text that long is a sentence, not the name of an article */
#define NOTE_WORDS_MAX 4  /* of a remark behind a source: "registration required" */

/* Behind a sentence that lacks its full stop, these tell a publication from a remark. Whole words, case as written. */
static const char *const publication_words[] = {
  "ABC",       "AFP",       "AP",          "Age",      "Agency",   "AlertNet", "Alertnet", "Australian",
  "BBC",       "Bloomberg", "CBC",         "CBS",      "CNA",      "CNBC",     "CNN",      "CTV",
  "Chronicle", "DW",        "Daily",       "Dawn",     "Der",      "ESPN",     "Express",  "FOX",
  "Fox",       "Gazette",   "Globe",       "Google",   "Guardian", "Haaretz",  "Herald",   "Hindu",
  "IHT",       "IOL",       "Independent", "Inquirer", "Jazeera",  "Journal",  "Le",       "MSNBC",
  "Mail",      "Mirror",    "NBC",         "NPR",      "NYT",      "News",     "News24",   "Newspaper",
  "Novosti",   "Observer",  "Online",      "Post",     "Press",    "RTÉ",      "Radio",    "ReliefWeb",
  "Reuters",   "SBS",       "Standard",    "Star",     "Sun",      "TASS",     "TV",       "Telegraph",
  "Times",     "Today",     "Tribune",     "UPI",      "VOA",      "Voice",    "Wikinews", "Xinhua",
  "Yahoo",     "Yahoo!",    "Ynet",
};

/* Two of these with a '/' between them are two sources: "Reuters/AP". */
static const char *const agencies[] = {
  "AAP", "ABC",   "AFP", "ANSA", "AP",      "BBC",  "CBS", "CNN",    "DPA",
  "EFE", "Kyodo", "NBC", "PTI",  "Reuters", "TASS", "UPI", "Xinhua",
};

/* What stands in parentheses behind the names, in lower case and one word, and is none. */
static const char *const remark_words[] = {
  "archived", "audio", "dead",   "images",     "judgment", "map",
  "pdf",      "photo", "photos", "transcript", "video",    "webcam",
};

static const char *const month_words[] = {
  "April", "August", "December", "February", "January",   "July",    "June",
  "March", "May",    "November", "October",  "September", "present", "to",
};

static bool is_any_of (char c, const char *set) {
  return c && strchr(set, c);
}

/* ---- one label ---- */

/* Where the '(' of the ')' that ends `text` is, or `text.size` where there is none near enough. */
static size_t opening (na_slice text) {
  size_t depth = 0;
  for (size_t i = text.size; i-- > 0 && text.size - i <= NA_CITATION_BYTES_MAX;) {
    if (text.data[i] == ')')
      depth++;
    else if (text.data[i] == '(' && --depth == 0)
      return i;
  }
  return text.size;
}

static na_slice without_parentheses (na_slice label) {
  label = na_slice_trim(label);
  while (label.size >= 2 && label.data[label.size - 1] == ')' && opening(label) == 0)
    label = na_slice_trim(na_slice_part(label, 1, label.size - 1));
  return label;
}

/* The tag of "Spanish" or "Spanish language"; absent where that is no language we know. */
static na_slice language_tag (na_slice name) {
  if (na_slice_ends(name, NA_LITERAL(" language"))) name.size -= sizeof " language" - 1;
  return na_language_of(name);
}

/* "in Spanish" as a whole. */
static na_slice language_note (na_slice label) {
  return na_slice_starts(label, NA_LITERAL("in ")) ? language_tag(na_slice_part(label, 3, label.size))
                                                   : NA_NONE;
}

/* Takes "in Spanish" off the end of a label, with the parentheses or the comma before it; gives the tag or an absent slice. */
static na_slice take_language (na_slice *label) {
  na_slice text = *label;
  if (text.size && text.data[text.size - 1] == ')') {
    size_t open = opening(text);
    na_slice tag = open < text.size ? language_note(na_slice_part(text, open + 1, text.size - 1)) : NA_NONE;
    if (tag.data) *label = na_slice_trim(na_slice_part(text, 0, open));
    return tag;
  }
  for (size_t i = text.size; i-- > 1;)
    if (na_is_space(text.data[i - 1]) &&
        na_slice_starts(na_slice_part(text, i, text.size), NA_LITERAL("in "))) {
      na_slice tag = language_note(na_slice_part(text, i, text.size));
      if (!tag.data) return NA_NONE;
      text = na_slice_trim(na_slice_part(text, 0, i));
      while (text.size && is_any_of(text.data[text.size - 1], ",;- ")) text.size--;
      if (na_slice_ends(text, NA_LITERAL(" –"))) text = na_slice_trim(na_slice_part(text, 0, text.size - 3));
      *label = text;
      return tag;
    }
  return NA_NONE;
}

na_status na_citation_label (na_arena *arena, na_slice label, na_source *source) {
  static const char via[] = "via ";
  label = without_parentheses(label);
  na_slice tag = take_language(&label), publisher = NA_NONE, through = NA_NONE;
  for (size_t i = 0; i + sizeof via - 1 < label.size && !through.data; i++)
    if (label.data[i] == 'v' && (i == 0 || na_is_space(label.data[i - 1])) &&
        memcmp(label.data + i, via, sizeof via - 1) == 0) {
      publisher = na_slice_trim(na_slice_part(label, 0, i));
      while (publisher.size && publisher.data[publisher.size - 1] == ',') publisher.size--;
      through = na_slice_trim(na_slice_part(label, i + sizeof via - 1, label.size));
    }
  if (label.size) NA_TRY(na_arena_copy(arena, label, &source->name));
  if (publisher.size) NA_TRY(na_arena_copy(arena, publisher, &source->publisher));
  if (through.size) NA_TRY(na_arena_copy(arena, through, &source->via));
  return tag.data ? na_arena_copy(arena, tag, &source->language) : NA_OK;
}

/* ---- what stands in parentheses ---- */

typedef enum tail_kind { TAIL_TEXT, TAIL_SOURCE, TAIL_NOTE } tail_kind;

/* A text in parentheses, or a bare URL, at the end of a text. */
typedef struct cited {
  na_slice label;
  size_t start;      /* of its parenthesis */
  bool stop_follows; /* a full stop stands behind it */
  bool is_url;
  tail_kind kind;
} cited;

/* Only numbers, months, dashes: "2011–present", "14 July 1968 to 1 May 2003". */
static bool is_time (na_slice label) {
  bool digits = false;
  if (!na_is_digit(label.data[label.size - 1]) && !na_slice_ends(label, NA_LITERAL("present"))) return false;
  for (size_t i = 0; i < label.size;) {
    size_t start = i;
    while (i < label.size && (na_is_upper(label.data[i]) || na_is_lower(label.data[i]))) i++;
    if (i > start && !NA_WORDS_HAVE(month_words, na_slice_part(label, start, i))) return false;
    if (i < label.size) digits |= na_is_digit(label.data[i++]);
  }
  return digits;
}

static size_t count_words (na_slice text) {
  size_t count = 0;
  for (size_t i = 0; i < text.size; i++)
    count += !na_is_space(text.data[i]) && (i == 0 || na_is_space(text.data[i - 1]));
  return count;
}

/* Written in lower case throughout: a name only where it is one word, and better one like "swissinfo.org". */
static bool is_lower_name (na_slice label) {
  if (NA_WORDS_HAVE(remark_words, label)) return false;
  return count_words(label) == 1;
}

/* Could the label be a name? Says nothing about what stands before it. */
static bool may_be_name (na_slice label) {
  enum { WORDS_MAX = 9 };
  size_t words = count_words(label);
  if (!words || words > WORDS_MAX || is_time(label)) return false;
  char first = label.data[0], last = label.data[label.size - 1];
  if (last == '.' && words > 6) return false; /* a sentence */
  if (na_is_upper(first) || (first & 0x80) || na_is_digit(first)) return true;
  if (!na_is_lower(first)) return false;
  for (size_t i = 1; i < label.size; i++)
    if (na_is_upper(label.data[i]))
      return na_slice_starts(label, NA_LITERAL("al-")) || count_words(label) <= 4;
  return is_lower_name(label);
}

static bool looks_like_publication (na_slice label) {
  for (size_t i = 0; i < label.size;) {
    while (i < label.size && is_any_of(label.data[i], " \t,;/-&")) i++;
    size_t start = i;
    while (i < label.size && !is_any_of(label.data[i], " \t,;/-&")) i++;
    na_slice word = na_slice_part(label, start, i);
    if (NA_WORDS_HAVE(publication_words, word)) return true;
    if (na_slice_ends(word, NA_LITERAL(".com")) || na_slice_ends(word, NA_LITERAL(".org"))) return true;
    if (na_slice_equal(word, NA_LITERAL("via"))) return true;
  }
  return false;
}

/* Does the label spell the first letters of the words before it? "the Lord's Resistance Army (LRA)". */
static bool is_acronym_of (na_slice label, na_slice before) {
  size_t left = label.size;
  if (count_words(label) != 1) return false;
  for (size_t i = before.size; left && i-- > 0;) {
    bool first =
        i == 0 || na_is_space(before.data[i - 1]) || before.data[i - 1] == '-' || before.data[i - 1] == '(';
    if (!first || !na_is_upper(before.data[i])) continue;
    if (before.data[i] != label.data[left - 1]) return false;
    left--;
  }
  return left == 0 && label.size >= 2;
}

static bool is_sentence_end (na_slice text) {
  static const char *const ends[] = { "…", "”", "’", "।", "。" };
  if (text.size && is_any_of(text.data[text.size - 1], ".!?\"'")) return true;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (na_slice_ends(text, na_slice_z(ends[i]))) return true;
  return false;
}

/* ---- the tails of a text ---- */

/* Without the blanks and the separators between sources; *stop says whether a full stop was among them. */
static na_slice trim_separators (na_slice text, bool *stop) {
  *stop = false;
  while (text.size) {
    char c = text.data[text.size - 1];
    if (!na_is_space(c) && c != ',' && c != '.' && c != ';' && c != '&' && c != '-') break;
    *stop |= c == '.';
    text.size--;
  }
  return text;
}

/* The bare URL that ends `text`: where it starts, or `text.size`. */
static size_t url_start (na_slice text) {
  for (size_t i = text.size; i-- > 0 && !na_is_space(text.data[i]);) {
    na_slice rest = na_slice_part(text, i, text.size);
    if (na_slice_starts(rest, NA_LITERAL("http://")) || na_slice_starts(rest, NA_LITERAL("https://")))
      return i;
  }
  return text.size;
}

/* The last tail of `text`, if it ends with one. */
static bool last_tail (na_slice text, cited *found) {
  bool stop;
  na_slice trimmed = trim_separators(text, &stop);
  *found = (cited){ .stop_follows = stop };
  if (na_slice_ends(trimmed, NA_LITERAL(")'"))) trimmed.size--;
  size_t start = trimmed.size && trimmed.data[trimmed.size - 1] == ')' ? opening(trimmed) : trimmed.size;
  if (start < trimmed.size) {
    found->start = start;
    found->label = na_slice_trim(na_slice_part(trimmed, start + 1, trimmed.size - 1));
    return true;
  }
  start = url_start(trimmed);
  if (start < trimmed.size) {
    *found = (cited){ .start = start, .label = na_slice_part(trimmed, start, trimmed.size), .is_url = true };
    return true;
  }
  return false;
}

/* A '(' that is never closed counts where the text ends with a publication behind it. */
static bool open_tail (na_slice text, cited *found) {
  bool stop;
  na_slice trimmed = trim_separators(text, &stop);
  for (size_t i = trimmed.size;
       i-- > 0 && trimmed.size - i <= NA_CITATION_BYTES_MAX && trimmed.data[i] != ')';)
    if (trimmed.data[i] == '(') {
      *found = (cited){ .start = i, .label = na_slice_trim(na_slice_part(trimmed, i + 1, trimmed.size)) };
      return looks_like_publication(found->label);
    }
  return false;
}

static bool is_dead_note (na_slice label) {
  return na_slice_starts(label, NA_LITERAL("Link dead")) || na_slice_starts(label, NA_LITERAL("dead link"));
}

static tail_kind kind_of (const cited *tail) {
  if (tail->is_url) return TAIL_SOURCE;
  if (language_note(tail->label).data || is_dead_note(tail->label)) return TAIL_NOTE;
  if (may_be_name(tail->label)) return TAIL_SOURCE;
  bool lower = tail->label.size && na_is_lower(tail->label.data[0]);
  return lower && count_words(tail->label) <= NOTE_WORDS_MAX ? TAIL_NOTE : TAIL_TEXT;
}

/*
** How many of the tails (the last of the text first) belong to the citation. Those that stand right behind the end of the
** sentence do. Where none does, the sentence lacks its stop: then they do if one of them looks like a publication.
*/
static size_t count_cited (na_slice text, const cited *tails, size_t count) {
  if (!count) return 0;
  for (size_t i = count; i-- > 0;) {
    na_slice before = na_slice_trim(na_slice_part(text, 0, tails[i].start));
    while (before.size && is_any_of(before.data[before.size - 1], ",;- ")) before.size--;
    if (is_sentence_end(before) || tails[i].is_url) return i + 1;
  }
  na_slice before = na_slice_part(text, 0, tails[count - 1].start);
  if (is_acronym_of(tails[count - 1].label, before)) count--;
  if (!tails[0].stop_follows && count_words(before) >= SENTENCE_WORDS) return count;
  for (size_t i = 0; i < count; i++)
    if (looks_like_publication(tails[i].label)) return count;
  return 0;
}

/* ---- out ---- */

static na_source *add_source (na_arena *arena, na_records *sources) {
  return na_records_add(arena, sources, sizeof(na_source));
}

static na_status add_label (na_arena *arena, na_records *sources, na_slice label) {
  na_source *source = add_source(arena, sources);
  return source ? na_citation_label(arena, label, source) : NA_NOMEM;
}

static na_status add_named (na_arena *arena, na_records *sources, na_slice label) {
  size_t slash = na_slice_find(label, '/', 0);
  if (slash < label.size) {
    na_slice first = na_slice_part(label, 0, slash), second = na_slice_part(label, slash + 1, label.size);
    if (NA_WORDS_HAVE(agencies, first) && NA_WORDS_HAVE(agencies, second)) {
      NA_TRY(add_label(arena, sources, first));
      return add_label(arena, sources, second);
    }
  }
  return add_label(arena, sources, label);
}

static na_status add_url (na_arena *arena, na_records *sources, na_slice url) {
  na_source *source = add_source(arena, sources);
  return source ? na_arena_copy(arena, url, &source->url) : NA_NOMEM;
}

static na_status add_note (na_arena *arena, na_records *sources, na_slice note) {
  if (!sources->count) return NA_OK;
  na_source *source = (na_source *)sources->items + sources->count - 1;
  na_slice tag = language_note(note);
  if (tag.data) return na_arena_copy(arena, tag, &source->language);
  if (is_dead_note(note))
    source->dead = true;
  else if (!source->description.data)
    return na_arena_copy(arena, note, &source->description);
  return NA_OK;
}

static na_status add_tail (na_arena *arena, na_records *sources, const cited *tail) {
  if (tail->is_url) return add_url(arena, sources, tail->label);
  if (tail->kind == TAIL_NOTE) return add_note(arena, sources, tail->label);
  return add_named(arena, sources, tail->label);
}

/* The text before the first source, with the full stop that stood behind the last. */
static na_status end_sentence (na_arena *arena, na_slice text, bool stop_follows, na_slice *sentence) {
  *sentence = na_slice_trim(text);
  while (sentence->size && is_any_of(sentence->data[sentence->size - 1], ",;&-"))
    *sentence = na_slice_trim(na_slice_part(*sentence, 0, sentence->size - 1));
  if (!stop_follows || !sentence->size || is_sentence_end(*sentence)) return NA_OK;
  char *room = na_arena_alloc(arena, sentence->size + 1);
  if (!room) return NA_NOMEM;
  memcpy(room, sentence->data, sentence->size);
  room[sentence->size] = '.';
  *sentence = na_slice_of(room, sentence->size + 1);
  return NA_OK;
}

na_status na_citation_split (na_arena *arena, na_slice text, na_slice *sentence, na_records *sources) {
  cited tails[NA_CITATION_SOURCES_MAX];
  size_t count = 0, named = 0;
  text = na_slice_trim(text);
  for (na_slice rest = text; count < NA_CITATION_SOURCES_MAX; count++) {
    if (!last_tail(rest, &tails[count]) && (count || !open_tail(rest, &tails[count]))) break;
    tails[count].kind = kind_of(&tails[count]);
    if (tails[count].kind == TAIL_TEXT) break;
    rest.size = tails[count].start;
  }
  count = count_cited(text, tails, count);
  while (count && tails[count - 1].kind == TAIL_NOTE) count--;
  for (size_t i = 0; i < count; i++) named += tails[i].kind == TAIL_SOURCE;
  *sentence = text;
  if (!named) return NA_OK;
  for (size_t i = count; i-- > 0;) NA_TRY(add_tail(arena, sources, &tails[i]));
  return end_sentence(arena, na_slice_part(text, 0, tails[count - 1].start), tails[0].stop_follows, sentence);
}
