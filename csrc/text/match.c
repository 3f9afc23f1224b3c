#include "text/names.h"

#include "base/memory.h"
#include "text/utf8.h"

#define PLURAL_LETTERS 3 /* a shorter word with an "s" behind it is more often another word */

static bool is_lower_or_digit (char c) {
  return (c >= 'a' && c <= 'z') || na_is_digit(c);
}

static inline bool is_plain (unsigned char c) {
  return (unsigned)(c | 0x20) - 'a' < 26 || (unsigned)c - '0' < 10;
}

/* Letters and digits, and all beyond ASCII: good enough to tell whether a sign stands inside a word. */
static inline bool is_wordly (na_slice text, size_t at) {
  return at < text.size && (is_plain((unsigned char)text.data[at]) || (unsigned char)text.data[at] >= 0x80);
}

/* ---- where a name may begin and end ---- */

/* The bytes of the apostrophe at `at`, or 0. */
static size_t apostrophe_at (na_slice text, size_t at) {
  if (at < text.size && text.data[at] == '\'') return 1;
  return at + 3 <= text.size && !memcmp(text.data + at, "\xE2\x80\x99", 3) ? 3 : 0;
}

/* Bytes of signs that may keep a word from ending there: the first of each, and the last of an apostrophe. */
static const bool may_join[256] = { ['\''] = true, ['@'] = true, ['&'] = true, ['_'] = true,  [','] = true,
                                    ['.'] = true,  ['+'] = true, ['#'] = true, [0xE2] = true, [0x99] = true };

/* Whether the sign at `at`, with a word on both sides, makes one of them: "U.S.A", "example.org", "AT&T", "3,5". */
static bool sign_joins (na_slice text, size_t at) {
  if (at == 0 || !is_wordly(text, at - 1) || !is_wordly(text, at + 1)) return false;
  switch (text.data[at]) {
  case '@':
  case '&':
  case '_': return true;
  case ',': return na_is_digit(text.data[at - 1]) && na_is_digit(text.data[at + 1]);
  case '.': return is_lower_or_digit(text.data[at + 1]) || !is_wordly(text, at + 2);
  default: return false;
  }
}

/* Whether a word that ends at `end` goes on behind it. A possessive "'s" is no part of it. */
static bool goes_on_after (na_slice text, size_t end) {
  if (end == text.size || !may_join[(unsigned char)text.data[end]]) return false;
  char c = text.data[end];
  if (c == '+' || c == '#') return true;
  if (!is_wordly(text, end + 1)) return false;
  size_t size = apostrophe_at(text, end);
  if (!size) return sign_joins(text, end);
  size_t at = end + size;
  if (!is_wordly(text, at) || (text.data[at] | 0x20) != 's') return is_wordly(text, at);
  return is_wordly(text, at + 1);
}

/* Whether a word that starts at `start` began before it. French "l'" and "d'" are words of their own. */
static bool goes_on_before (na_slice text, size_t start) {
  if (start == 0 || !may_join[(unsigned char)text.data[start - 1]]) return false;
  size_t size = text.data[start - 1] == '\'' ? 1 : start >= 3 && apostrophe_at(text, start - 3) == 3 ? 3 : 0;
  if (!size) return sign_joins(text, start - 1);
  size_t at = start - size; /* of the apostrophe */
  if (at == 0 || !is_wordly(text, at - 1)) return false;
  return (at >= 2 && is_wordly(text, at - 2)) || !memchr("ldL", text.data[at - 1], 3);
}

/* What ends a sentence, and what may stand between its end and the next one's first word. */
static const char *const enders[] = {
  ".", "!", "?", ":", "\xE2\x80\xA6", "\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F", NULL
};
static const char *const fillers[] = {
  " ",        "\t",           "\n",           "\r",           "\"",           "'", "(", "[", "*", "\xC2\xAB",
  "\xC2\xBB", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D", NULL
};

/* The bytes of the first of `signs` that `text` ends with, or 0. */
static size_t ends_with (na_slice text, const char *const *signs) {
  for (; *signs; signs++)
    if (na_slice_ends(text, na_slice_z(*signs))) return strlen(*signs);
  return 0;
}

static bool begins_sentence (na_slice text, size_t start) {
  na_slice before = na_slice_part(text, 0, start);
  for (size_t size; (size = ends_with(before, fillers)) > 0;) before.size -= size;
  if (before.size == 0) return true;
  size_t dot = before.size - 1; /* that of an initial or of "U.S." ends nothing */
  if (before.data[dot] == '.' && dot > 0 && is_wordly(text, dot - 1) &&
      (dot == 1 || !is_wordly(text, dot - 2)))
    return false;
  return ends_with(before, enders) > 0;
}

/* ---- whether a stretch of pieces is a name ---- */

/* A stretch of the text whose pieces are those of names. */
typedef struct text_part {
  size_t first, end;
  bool capitals; /* every word begins with a capital */
  bool plural;   /* its last word with the final "s" taken off; `end` is behind the "s" */
} text_part;

/* Whether the capitals of the text are as the name asks. Both have the same pieces, but for a plural. */
static bool capitals_agree (const na_names *names, na_slice name, na_letters letters, na_slice text) {
  na_piece ours = { 0 }, theirs = { 0 };
  for (;;) {
    na_piece_next(&names->fold, name, ours.end, ours.kind, &ours);
    na_piece_next(&names->fold, text, theirs.end, theirs.kind, &theirs);
    if (ours.kind == NA_PIECE_END || theirs.kind == NA_PIECE_END) return true;
    if (ours.kind != NA_PIECE_WORD) continue;
    na_capitals asked = na_piece_capitals(&names->fold, name, &ours);
    if (letters == NA_LETTERS_SMART && !na_capitals_demand(asked)) continue;
    na_capitals found = na_piece_capitals(&names->fold, text, &theirs);
    if (letters == NA_LETTERS_EXACT && asked.bits != found.bits) return false;
    if (letters == NA_LETTERS_SMART && !(found.bits & 1)) return false;
    if (letters == NA_LETTERS_SMART && na_capitals_demand(asked) == 2 && found.upper < asked.upper)
      return false;
  }
}

static bool letters_agree (const na_names *names, const na_name *name, na_slice text, const text_part *part) {
  if (name->letters == NA_LETTERS_ANY || (name->modest && part->capitals)) return true;
  na_slice asked = na_slice_of(names->texts.data + name->text, name->size - name->tail);
  na_slice found = na_slice_part(text, part->first, part->end);
  return na_slice_equal(asked, found) || capitals_agree(names, asked, (na_letters)name->letters, found);
}

static inline bool is_name (const na_names *names, const na_name *name, na_slice text,
                            const text_part *part) {
  return (name->plural || !part->plural) && letters_agree(names, name, text, part) &&
         (!name->lone || name->start || !begins_sentence(text, part->first));
}

/* The bytes of signs at the end of the name that the text has, too: the "." of "U.S.". */
static size_t tail_size (const na_names *names, const na_name *name, na_slice text, size_t end) {
  const char *tail = names->texts.data + name->text + name->size - name->tail;
  size_t size = 0;
  while (size < name->tail && end + size < text.size && tail[size] == text.data[end + size]) size++;
  return size == name->tail ? size : 0;
}

static na_status append_span (na_spans *spans, size_t first, size_t end, uint32_t number) {
  if (spans->count == spans->capacity) {
    void *items = spans->items;
    if (!na_grow(&items, &spans->capacity, spans->count, sizeof *spans->items)) return NA_NOMEM;
    spans->items = items;
  }
  spans->items[spans->count++] = (na_span){ first, end, number };
  return NA_OK;
}

/* Appends the stretch where it is one of the names in the chain from `number`, the most demanding that it satisfies. */
static na_status note (const na_names *names, na_slice text, const text_part *part, uint32_t number,
                       na_spans *spans) {
  for (; number != NA_LOOKUP_NONE; number = names->items[number].next) {
    const na_name *name = &names->items[number];
    if (!is_name(names, name, text, part)) continue;
    size_t end = part->end + (name->tail ? tail_size(names, name, text, part->end) : 0);
    return append_span(spans, part->first, end, number);
  }
  return NA_OK;
}

/* The hash of the word without its final "s" or "es"; false where it is no plural. */
static bool singular (const na_names *names, na_slice text, const na_piece *word, uint64_t *hash) {
  size_t size = word->end - word->start;
  const char *s = text.data + word->start;
  if (size <= PLURAL_LETTERS || (s[size - 1] | 0x20) != 's' || (s[size - 2] | 0x20) == 's') return false;
  size_t single = size - ((s[size - 2] | 0x20) == 'e' && memchr("sxzhSXZH", s[size - 3], 8) ? 2 : 1);
  char room[NA_SIXTEEN];
  const char *bytes = na_sixteen_of(text, word->start, room);
  if (size <= NA_SIXTEEN && !(na_sixteen_at(bytes).high & ((1u << size) - 1))) { /* nearly always */
    *hash = na_piece_mix_plain(NA_PIECE_SEED, bytes, (unsigned)single);
    return true;
  }
  if (na_utf8_prefix(na_slice_of(s, size), PLURAL_LETTERS) == size) return false;
  na_piece piece;
  na_piece_word(&names->fold, na_slice_part(text, 0, word->start + single), word->start, &piece);
  *hash = piece.hash;
  return true;
}

/* ---- the walk from where a name may begin ---- */

/* The first piece of names, and what the sieve says of it. */
typedef struct opening {
  na_piece piece;
  uint64_t key;
  na_sieve_answer answer;
} opening;

/* A piece with which a name may end. */
typedef struct ending {
  na_piece piece;
  uint64_t before, key; /* of the pieces before it, and of these with it */
  bool capitals;        /* every word so far begins with a capital */
} ending;

/* The piece behind one of this kind that ends at `at`. The usual cases first: one blank and a word, or a sign. */
static inline void next_piece (const na_names *names, na_slice text, size_t at, na_piece_kind kind,
                               na_piece *piece) {
  unsigned char c = at < text.size ? (unsigned char)text.data[at] : 0;
  if (c == ' ' && at + 1 < text.size && is_plain((unsigned char)text.data[at + 1]))
    na_piece_word(&names->fold, text, at + 1, piece);
  else if (c > ' ' && c < 0x7F && c != '-' && c != '`' && !is_plain(c))
    *piece = (na_piece){ at, at + 1, na_piece_mix(NA_PIECE_SEED, c), NA_PIECE_SIGN, false };
  else
    na_piece_next(&names->fold, text, at, kind, piece);
}

/* Whether a name may end with this piece, which is not its first one, as it is or as a plural. */
static inline bool may_end_with (const na_names *names, na_slice text, const ending *last, bool ends) {
  uint64_t single;
  if (ends) na_lookup_fetch(&names->heads, last->key);
  return ends || (last->piece.kind == NA_PIECE_WORD && (text.data[last->piece.end - 1] | 0x20) == 's' &&
                  singular(names, text, &last->piece, &single) &&
                  na_sieve_ask(&names->sieve, na_names_key(last->before, single)).ends);
}

/*
** Gives where names that begin so may end, the nearest first. Every piece is read straight into the place of the next
** ending, which it keeps if it is one: copying what was just written part by part would wait for all of it.
*/
static inline size_t find_endings (const na_names *names, na_slice text, const opening *first,
                                   ending endings[NA_NAME_PIECES]) {
  const na_piece *piece = &first->piece;
  if (piece->kind == NA_PIECE_WORD && goes_on_before(text, piece->start)) return 0;
  ending *last = endings;
  last->piece.start = piece->start;
  last->piece.end = piece->end;
  last->piece.kind = piece->kind;
  last->before = 0;
  last->key = first->key;
  last->capitals = piece->upper || piece->kind != NA_PIECE_WORD;
  na_sieve_answer answer = first->answer;
  for (size_t pieces = 1;; pieces++) {
    size_t end = last->piece.end;
    na_piece_kind kind = (na_piece_kind)last->piece.kind;
    uint64_t before = last->key;
    bool capitals = last->capitals;
    last += answer.ends;
    if (!answer.goes_on || pieces == NA_NAME_PIECES) break;
    next_piece(names, text, end, kind, &last->piece);
    if (last->piece.kind == NA_PIECE_END) break;
    last->before = before;
    last->key = na_names_key(before, last->piece.hash);
    last->capitals = capitals && (last->piece.upper || last->piece.kind != NA_PIECE_WORD);
    answer = na_sieve_ask(&names->sieve, last->key);
    answer.ends = may_end_with(names, text, last, answer.ends);
  }
  return (size_t)(last - endings);
}

/* Appends the name from byte `first` to the ending. */
static inline na_status note_ending (const na_names *names, na_slice text, size_t first, const ending *last,
                                     na_spans *spans) {
  const na_piece *piece = &last->piece;
  if (piece->kind == NA_PIECE_WORD && goes_on_after(text, piece->end)) return NA_OK;
  text_part part = { first, piece->end, last->capitals, false };
  size_t count = spans->count;
  uint32_t number = na_lookup_find(&names->heads, last->key);
  if (number != NA_LOOKUP_NONE) NA_TRY(note(names, text, &part, number, spans));
  uint64_t single;
  if (spans->count > count || piece->kind != NA_PIECE_WORD || !singular(names, text, piece, &single))
    return NA_OK;
  part.plural = true;
  number = na_lookup_find(&names->heads, na_names_key(last->before, single));
  return number != NA_LOOKUP_NONE ? note(names, text, &part, number, spans) : NA_OK;
}

/* What to do where names may begin: appends spans, and sets *at (which is the end of the opening) to where to go on. */
typedef na_status take_function (const na_names *names, na_slice text, const opening *first, na_spans *spans,
                                 size_t *at);

static na_status take_longest (const na_names *names, na_slice text, const opening *first, na_spans *spans,
                               size_t *at) {
  ending endings[NA_NAME_PIECES];
  size_t before = spans->count;
  for (size_t i = find_endings(names, text, first, endings); i > 0 && spans->count == before; i--)
    NA_TRY(note_ending(names, text, first->piece.start, &endings[i - 1], spans));
  if (spans->count > before) *at = spans->items[before].end;
  return NA_OK;
}

static na_status take_all (const na_names *names, na_slice text, const opening *first, na_spans *spans,
                           size_t *at) {
  (void)at;
  ending endings[NA_NAME_PIECES];
  size_t count = find_endings(names, text, first, endings);
  for (size_t i = 0; i < count; i++) NA_TRY(note_ending(names, text, first->piece.start, &endings[i], spans));
  return NA_OK;
}

/* ---- the scan: 64 bytes at a time, so that words with which no name begins cost next to nothing ---- */

#define BLOCK_BYTES 64

/* Which of 64 bytes are ASCII letters and digits, and which are beyond ASCII; bit 0 for the first. */
typedef struct byte_block {
  uint64_t plain, high;
} byte_block;

static inline byte_block block_at (na_slice text, size_t base) {
  byte_block block = { 0 };
  for (unsigned i = 0; i < BLOCK_BYTES; i += NA_SIXTEEN) {
    char room[NA_SIXTEEN];
    na_sixteen sixteen = na_sixteen_at(na_sixteen_of(text, base + i, room));
    block.plain |= (uint64_t)sixteen.plain << i;
    block.high |= (uint64_t)sixteen.high << i;
  }
  return block;
}

/*
** Whether names begin with the piece, whose key and answer are filled in. The memory where one may end with it is fetched
** for all: to foresee which of them need it is harder than to do it.
*/
static inline bool may_begin (const na_names *names, opening *first) {
  first->key = na_names_key(0, first->piece.hash);
  first->answer = na_sieve_ask(&names->sieve, na_names_first(first->key, first->piece.upper));
  na_lookup_fetch(&names->heads, first->key);
  return first->answer.ends | first->answer.goes_on;
}

/* Whether names may begin with the two bytes at `at`; with those beyond ASCII they may. No branch depends on the bytes. */
static inline bool may_begin_so (const na_names *names, na_slice text, size_t at) {
  unsigned first = (unsigned char)text.data[at],
           second = at + 1 < text.size ? (unsigned char)text.data[at + 1] : 0;
  uint64_t seconds = names->pairs[(first & 0x7F) * 2 + (second >> 6 & 1)];
  return (first | second) >> 7 | (seconds >> second % 64 & 1);
}

/* From a byte beyond ASCII at *at on, as long as words and characters follow each other. Sets *at behind them. */
static na_status scan_high (const na_names *names, na_slice text, take_function *take, na_spans *spans,
                            size_t *at) {
  bool inside = *at > 0 && (unsigned char)text.data[*at - 1] < 0x80 && is_wordly(text, *at - 1);
  while (is_wordly(text, *at)) {
    opening first;
    na_folded folded;
    size_t next = *at;
    na_fold(&names->fold, na_utf8_next(text, &next), &folded);
    bool goes_on = inside && folded.kind >= NA_CHAR_WORD && folded.kind != NA_CHAR_ALONE;
    inside = false;
    if (folded.kind == NA_CHAR_ALONE) {
      na_piece_next(&names->fold, text, *at, NA_PIECE_END, &first.piece);
    } else if (goes_on || folded.kind == NA_CHAR_WORD || folded.kind == NA_CHAR_MARK) {
      na_piece_any_word(&names->fold, text, *at, &first.piece);
    } else {
      *at = next;
      continue;
    }
    *at = first.piece.end;
    if (!goes_on && may_begin(names, &first)) NA_TRY(take(names, text, &first, spans, at));
  }
  return NA_OK;
}

/* The bytes of `block` at which a word or a run of bytes beyond ASCII starts. */
static inline uint64_t starts_in (na_slice text, size_t base, byte_block block) {
  bool before = base > 0 && is_wordly(text, base - 1),
       high = base > 0 && (unsigned char)text.data[base - 1] >= 0x80;
  return (block.plain & ~((block.plain | block.high) << 1 | before)) |
         (block.high & ~(block.high << 1 | high));
}

/*
** Gives the starts at which names may begin, in order. What starts beyond ASCII is left as a piece without kind: how it
** parts is found only on the way. First all pairs of bytes, then the words of those that are left: each loop writes on and
** counts what stays, since which starts stay is not to be foreseen.
*/
static inline size_t gather (const na_names *names, na_slice text, size_t base, uint64_t starts,
                             opening openings[BLOCK_BYTES]) {
  size_t places[BLOCK_BYTES], left = 0, count = 0;
  for (; starts; starts &= starts - 1) {
    places[left] = base + (unsigned)__builtin_ctzll(starts);
    left += may_begin_so(names, text, places[left]);
  }
  for (size_t i = 0; i < left; i++) {
    opening *first = &openings[count];
    if ((unsigned char)text.data[places[i]] >= 0x80) {
      first->piece = (na_piece){ .start = places[i], .kind = NA_PIECE_END };
      count++;
    } else {
      na_piece_word(&names->fold, text, places[i], &first->piece);
      count += may_begin(names, first);
    }
  }
  return count;
}

static inline na_status scan (const na_names *names, na_slice text, take_function *take, na_spans *spans) {
  opening openings[BLOCK_BYTES];
  size_t at = 0; /* nothing begins before this byte any more */
  if (!names->count) return NA_OK;
  for (size_t base = 0; base < text.size; base += BLOCK_BYTES) {
    if (at >= base + BLOCK_BYTES) base = at / BLOCK_BYTES * BLOCK_BYTES;
    uint64_t starts = starts_in(text, base, block_at(text, base));
    if (at > base) starts &= UINT64_MAX << (at - base);
    size_t count = gather(names, text, base, starts, openings);
    for (size_t i = 0; i < count; i++) {
      const opening *first = &openings[i];
      if (first->piece.start < at) continue;
      bool high = first->piece.kind == NA_PIECE_END;
      at = high ? first->piece.start : first->piece.end;
      NA_TRY(high ? scan_high(names, text, take, spans, &at) : take(names, text, first, spans, &at));
    }
  }
  return NA_OK;
}

na_status na_names_match (const na_names *names, na_slice text, na_spans *spans) {
  return scan(names, text, take_longest, spans);
}

na_status na_names_match_all (const na_names *names, na_slice text, na_spans *spans) {
  return scan(names, text, take_all, spans);
}
