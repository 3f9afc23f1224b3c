#include "text/names.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/memory.h"
#include "text/utf8.h"

#define PLURAL_LETTERS 3 /* a shorter word with an "s" behind it is more often another word */

static bool is_lower_or_digit (char c) {
  return (c >= 'a' && c <= 'z') || na_is_digit(c);
}

/* Letters and digits, and all beyond ASCII: good enough to tell whether a sign stands inside a word. */
static bool is_wordly (na_slice text, size_t at) {
  if (at >= text.size) return false;
  char c = text.data[at];
  return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* ---- where a name may begin and end ---- */

/* The bytes of the apostrophe at `at`, or 0. */
static size_t apostrophe_at (na_slice text, size_t at) {
  if (at < text.size && text.data[at] == '\'') return 1;
  return at + 3 <= text.size && !memcmp(text.data + at, "\xE2\x80\x99", 3) ? 3 : 0;
}

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
  if (end == text.size || text.data[end] == ' ') return false;
  char c = text.data[end];
  if (c == '+' || c == '#') return true;
  size_t size = apostrophe_at(text, end);
  if (!size) return sign_joins(text, end);
  size_t at = end + size;
  if (!is_wordly(text, at) || (text.data[at] | 0x20) != 's') return is_wordly(text, at);
  return is_wordly(text, at + 1);
}

/* Whether a word that starts at `start` began before it. French "l'" and "d'" are words of their own. */
static bool goes_on_before (na_slice text, size_t start) {
  if (start == 0 || text.data[start - 1] == ' ') return false;
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
  bool plural; /* its last word with the final "s" taken off; `end` is behind the "s" */
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

static bool is_name (const na_names *names, const na_name *name, na_slice text, const text_part *part) {
  if (part->plural && !name->plural) return false;
  na_slice asked = na_slice_of(names->texts.data + name->text, name->size - name->tail);
  na_slice found = na_slice_part(text, part->first, part->end);
  if (!na_slice_equal(asked, found) && name->letters != NA_LETTERS_ANY &&
      !capitals_agree(names, asked, (na_letters)name->letters, found))
    return false;
  return !name->lone || name->start || !begins_sentence(text, part->first);
}

/* The bytes of signs at the end of the name that the text has, too: the "." of "U.S.". */
static size_t tail_size (const na_names *names, const na_name *name, na_slice text, size_t end) {
  const char *tail = names->texts.data + name->text + name->size - name->tail;
  size_t size = 0;
  while (size < name->tail && end + size < text.size && tail[size] == text.data[end + size]) size++;
  return size == name->tail ? size : 0;
}

/* Appends the stretch where it is one of the names in the chain from `number`, the most demanding that it satisfies. */
static na_status note (const na_names *names, na_slice text, const text_part *part, uint32_t number,
                       na_spans *spans) {
  for (; number != NA_LOOKUP_NONE; number = names->items[number].next) {
    const na_name *name = &names->items[number];
    if (!is_name(names, name, text, part)) continue;
    size_t end = part->end + (name->tail ? tail_size(names, name, text, part->end) : 0);
    void *items = spans->items;
    if (!na_grow(&items, &spans->capacity, spans->count, sizeof *spans->items)) return NA_NOMEM;
    spans->items = items;
    spans->items[spans->count++] = (na_span){ part->first, end, number };
    break;
  }
  return NA_OK;
}

/* The word without its final "s" or "es"; false where it is no plural. */
static bool singular (const na_names *names, na_slice text, const na_piece *word, na_piece *single) {
  size_t size = word->end - word->start;
  const char *s = text.data + word->start;
  if (na_utf8_prefix(na_slice_of(s, size), PLURAL_LETTERS) == size || (s[size - 1] | 0x20) != 's' ||
      (s[size - 2] | 0x20) == 's')
    return false;
  size -= (s[size - 2] | 0x20) == 'e' && memchr("sxzhSXZH", s[size - 3], 8) ? 2 : 1;
  *single = *word;
  na_piece_word(&names->fold, na_slice_part(text, 0, word->start + size), word->start, single);
  return true;
}

/* ---- the walk over the text ---- */

static inline bool is_plain (unsigned char c) {
  return (unsigned)(c | 0x20) - 'a' < 26 || (unsigned)c - '0' < 10;
}

/* The usual cases first: one blank and a word, or a sign. */
static inline void next_piece (const na_names *names, na_slice text, na_piece *piece) {
  size_t at = piece->end;
  unsigned char c = at < text.size ? (unsigned char)text.data[at] : 0;
  if (c == ' ' && at + 1 < text.size && is_plain((unsigned char)text.data[at + 1]))
    na_piece_word(&names->fold, text, at + 1, piece);
  else if (c > ' ' && c < 0x7F && c != '-' && c != '`' && !is_plain(c))
    *piece = (na_piece){ at, at + 1, na_piece_mix(NA_PIECE_SEED, c), NA_PIECE_SIGN, false };
  else
    na_piece_next(&names->fold, text, at, (na_piece_kind)piece->kind, piece);
}

/* Appends the name that ends with `piece`, where `key` stands for all pieces up to it and `before` for those before it. */
static na_status note_end (const na_names *names, na_slice text, size_t first, const na_piece *piece,
                           uint64_t before, uint64_t key, na_spans *spans) {
  if (piece->kind == NA_PIECE_WORD && goes_on_after(text, piece->end)) return NA_OK;
  text_part part = { first, piece->end, false };
  size_t count = spans->count;
  uint32_t number = na_lookup_find(&names->heads, key);
  if (number != NA_LOOKUP_NONE) NA_TRY(note(names, text, &part, number, spans));
  na_piece single;
  if (spans->count > count || piece->kind != NA_PIECE_WORD || !singular(names, text, piece, &single))
    return NA_OK;
  part.plural = true;
  number = na_lookup_find(&names->heads, na_names_key(before, single.hash));
  return number != NA_LOOKUP_NONE ? note(names, text, &part, number, spans) : NA_OK;
}

/* Whether a name may end with this piece, which is not its first one, as a plural. */
static inline bool may_end_plural (const na_names *names, na_slice text, const na_piece *piece,
                                   uint64_t before) {
  na_piece single;
  return piece->kind == NA_PIECE_WORD && (text.data[piece->end - 1] | 0x20) == 's' &&
         singular(names, text, piece, &single) &&
         na_sieve_ask(&names->sieve, na_names_key(before, single.hash)).ends;
}

/* Appends the names that begin with `first`, shorter ones first. */
static na_status walk (const na_names *names, na_slice text, const na_piece *first, na_spans *spans) {
  if (first->kind == NA_PIECE_WORD && goes_on_before(text, first->start)) return NA_OK;
  na_piece piece = *first;
  uint64_t before = 0, key = na_names_key(0, first->hash);
  na_sieve_answer answer = na_sieve_ask(&names->sieve, na_names_first(key, first->upper));
  for (;;) {
    if (answer.ends) NA_TRY(note_end(names, text, first->start, &piece, before, key, spans));
    if (!answer.goes_on) return NA_OK;
    next_piece(names, text, &piece);
    if (piece.kind == NA_PIECE_END) return NA_OK;
    before = key;
    key = na_names_key(before, piece.hash);
    answer = na_sieve_ask(&names->sieve, key);
    if (!answer.ends) answer.ends = may_end_plural(names, text, &piece, before);
  }
}

/* ---- the scan: 64 bytes at a time, so that words with which no name begins cost next to nothing ---- */

#define BLOCK_BYTES 64

/* Which of 64 bytes are ASCII letters and digits, and which are beyond ASCII; bit 0 for the first. */
typedef struct byte_block {
  uint64_t plain, high;
} byte_block;

#ifdef __SSE2__
/* Bit i says whether byte i of sixteen lies between `first` and `first + count - 1`. */
static inline uint64_t within (__m128i bytes, char first, char count) {
  __m128i moved =
      _mm_sub_epi8(bytes, _mm_set1_epi8((char)(first - 128))); /* so that `first` is the least number */
  return (uint64_t)_mm_movemask_epi8(_mm_cmplt_epi8(moved, _mm_set1_epi8((char)(count - 128))));
}

static inline byte_block full_block_at (const char *bytes) {
  byte_block block = { 0 };
  for (unsigned i = 0; i < 4; i++) {
    __m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
    __m128i lower = _mm_or_si128(sixteen, _mm_set1_epi8(0x20));
    block.plain |= (within(lower, 'a', 26) | within(sixteen, '0', 10)) << 16 * i;
    block.high |= (uint64_t)_mm_movemask_epi8(sixteen) << 16 * i;
  }
  return block;
}
#endif

static inline byte_block block_at (na_slice text, size_t base) {
#ifdef __SSE2__
  if (text.size - base >= BLOCK_BYTES) return full_block_at(text.data + base);
#endif
  byte_block block = { 0 };
  for (unsigned i = 0; i < 8; i++) {
    uint64_t eight = na_piece_load(text, base + 8 * i);
    /* gathers the highest bits of eight bytes into one byte */
    block.plain |= (na_piece_plain(eight) >> 7) * 0x0102040810204080u >> 56 << 8 * i;
    block.high |= (eight >> 7 & 0x0101010101010101u) * 0x0102040810204080u >> 56 << 8 * i;
  }
  return block;
}

/* Whether names begin with a piece of this hash and capital. Has memory fetched where one may end with it, too. */
static inline bool may_begin (const na_names *names, const na_piece *piece) {
  uint64_t key = na_names_key(0, piece->hash);
  na_sieve_answer answer = na_sieve_ask(&names->sieve, na_names_first(key, piece->upper));
  if (answer.ends) na_lookup_fetch(&names->heads, key);
  return answer.ends || answer.goes_on;
}

/* Whether names begin with the two bytes at `at`, the first of which is an ASCII letter or digit. */
static inline bool may_begin_so (const na_names *names, na_slice text, size_t at) {
  unsigned first = (unsigned char)text.data[at],
           second = at + 1 < text.size ? (unsigned char)text.data[at + 1] : 0;
  return second >= 0x80 || (names->pairs[first * 2 + second / 64] >> second % 64 & 1);
}

/*
** What to do where names may begin with `piece`: appends spans, and sets *at (which is the end of the piece) to where
** to go on.
*/
typedef na_status take_function (const na_names *names, na_slice text, const na_piece *piece, na_spans *spans,
                                 size_t *at);

static na_status take_longest (const na_names *names, na_slice text, const na_piece *piece, na_spans *spans,
                               size_t *at) {
  size_t before = spans->count;
  NA_TRY(walk(names, text, piece, spans));
  if (spans->count == before) return NA_OK;
  spans->items[before] = spans->items[spans->count - 1];
  spans->count = before + 1;
  *at = spans->items[before].end;
  return NA_OK;
}

static na_status take_all (const na_names *names, na_slice text, const na_piece *piece, na_spans *spans,
                           size_t *at) {
  (void)at;
  return walk(names, text, piece, spans);
}

/* From a byte beyond ASCII at *at on, as long as words and characters follow each other. Sets *at behind them. */
static na_status scan_high (const na_names *names, na_slice text, take_function *take, na_spans *spans,
                            size_t *at) {
  bool inside = *at > 0 && (unsigned char)text.data[*at - 1] < 0x80 && is_wordly(text, *at - 1);
  while (is_wordly(text, *at)) {
    na_piece piece;
    na_folded folded;
    size_t next = *at;
    na_fold(&names->fold, na_utf8_next(text, &next), &folded);
    bool goes_on = inside && folded.kind >= NA_CHAR_WORD && folded.kind != NA_CHAR_ALONE;
    inside = false;
    if (folded.kind == NA_CHAR_ALONE) {
      na_piece_next(&names->fold, text, *at, NA_PIECE_END, &piece);
    } else if (goes_on || folded.kind == NA_CHAR_WORD || folded.kind == NA_CHAR_MARK) {
      na_piece_any_word(&names->fold, text, *at, &piece);
    } else {
      *at = next;
      continue;
    }
    *at = piece.end;
    if (!goes_on && may_begin(names, &piece)) NA_TRY(take(names, text, &piece, spans, at));
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
** Gives the starts at which names may begin, in order. What starts beyond ASCII is left as a piece
** without kind: how it parts is found only on the way.
*/
static inline size_t gather (const na_names *names, na_slice text, size_t base, uint64_t starts,
                             na_piece *pieces) {
  size_t count = 0;
  for (; starts; starts &= starts - 1) {
    size_t start = base + (unsigned)__builtin_ctzll(starts);
    na_piece *piece = &pieces[count];
    if ((unsigned char)text.data[start] >= 0x80) {
      *piece = (na_piece){ .start = start, .kind = NA_PIECE_END };
      count++;
    } else if (may_begin_so(names, text, start)) {
      na_piece_word(&names->fold, text, start, piece);
      count += may_begin(names, piece);
    }
  }
  return count;
}

static inline na_status scan (const na_names *names, na_slice text, take_function *take, na_spans *spans) {
  na_piece pieces[BLOCK_BYTES];
  size_t at = 0; /* nothing begins before this byte any more */
  if (!names->count) return NA_OK;
  for (size_t base = 0; base < text.size; base += BLOCK_BYTES) {
    if (at >= base + BLOCK_BYTES) base = at / BLOCK_BYTES * BLOCK_BYTES;
    uint64_t starts = starts_in(text, base, block_at(text, base));
    if (at > base) starts &= UINT64_MAX << (at - base);
    size_t count = gather(names, text, base, starts, pieces);
    for (size_t i = 0; i < count; i++) {
      if (pieces[i].start < at) continue;
      at = pieces[i].kind == NA_PIECE_END ? pieces[i].start : pieces[i].end;
      NA_TRY(pieces[i].kind == NA_PIECE_END ? scan_high(names, text, take, spans, &at)
                                            : take(names, text, &pieces[i], spans, &at));
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
