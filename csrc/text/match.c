#include "text/names.h"

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
  case '@': case '&': case '_': return true;
  case ',': return na_is_digit(text.data[at - 1]) && na_is_digit(text.data[at + 1]);
  case '.': return is_lower_or_digit(text.data[at + 1]) || !is_wordly(text, at + 2);
  default: return false;
  }
}

/* Whether a word that ends at `end` goes on behind it. A possessive "'s" is no part of it. */
static bool goes_on_after (na_slice text, size_t end) {
  if (end == text.size) return false;
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
  if (start == 0) return false;
  size_t size = text.data[start - 1] == '\'' ? 1 : start >= 3 ? apostrophe_at(text, start - 3) : 0;
  if (!size) return sign_joins(text, start - 1);
  size_t at = start - size; /* of the apostrophe */
  if (at == 0 || !is_wordly(text, at - 1)) return false;
  return (at >= 2 && is_wordly(text, at - 2)) || !memchr("ldL", text.data[at - 1], 3);
}

/* What ends a sentence, and what may stand between its end and the next one's first word. */
static const char *const enders[] = { ".", "!", "?", ":", "\xE2\x80\xA6", "\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F", NULL };
static const char *const fillers[] = { " ",            "\t",           "\n",           "\r",       "\"",       "'",
                                       "(",            "[",            "*",            "\xC2\xAB", "\xC2\xBB", "\xE2\x80\x98",
                                       "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D", NULL };

/* The bytes of the first of `signs` that `text` ends with, or 0. */
static size_t ends_with (na_slice text, const char *const *signs) {
  for (; *signs; signs++)
    if (na_slice_ends(text, na_slice_z(*signs))) return strlen(*signs);
  return 0;
}

static bool begins_sentence (na_slice text, size_t start) {
  na_slice before = na_slice_part(text, 0, start);
  for (size_t size; (size = ends_with(before, fillers)) > 0;) before.size -= size;
  return before.size == 0 || ends_with(before, enders);
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
    if (letters == NA_LETTERS_SMART && na_capitals_demand(asked) == 2 && found.upper < asked.upper) return false;
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
static na_status note (const na_names *names, na_slice text, const text_part *part, uint32_t number, na_spans *spans) {
  for (; number != NA_TRIE_NONE; number = names->items[number].next) {
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
  if (size <= PLURAL_LETTERS || (s[size - 1] | 0x20) != 's' || (s[size - 2] | 0x20) == 's') return false;
  size -= (s[size - 2] | 0x20) == 'e' && memchr("sxzhSXZH", s[size - 3], 8) ? 2 : 1;
  *single = *word;
  na_piece_word(&names->fold, na_slice_part(text, 0, word->start + size), word->start, single);
  return true;
}

/* ---- the walk over the text ---- */

/* The usual case first: one blank and a word. */
static inline void next_piece (const na_names *names, na_slice text, na_piece *piece) {
  size_t at = piece->end;
  if (at + 1 < text.size && text.data[at] == ' ' && (unsigned char)((text.data[at + 1] | 0x20) - 'a') < 26)
    na_piece_word(&names->fold, text, at + 1, piece);
  else na_piece_next(&names->fold, text, at, (na_piece_kind)piece->kind, piece);
}

/* Appends the names that begin with `first`, shorter ones first. */
static na_status walk (const na_names *names, na_slice text, const na_piece *first, na_spans *spans) {
  na_piece piece = *first;
  uint32_t node = NA_TRIE_ROOT;
  if (first->kind == NA_PIECE_WORD && goes_on_before(text, first->start)) return NA_OK;
  for (;;) {
    const na_trie_edge *edge = na_trie_find(&names->trie, node, piece.hash);
    text_part part = { first->start, piece.end, false };
    bool may_end = piece.kind != NA_PIECE_WORD || !goes_on_after(text, piece.end);
    size_t before = spans->count;
    if (edge && edge->value != NA_TRIE_NONE && may_end) NA_TRY(note(names, text, &part, edge->value, spans));
    na_piece single;
    if (spans->count == before && piece.kind == NA_PIECE_WORD && may_end && singular(names, text, &piece, &single)) {
      const na_trie_edge *other = na_trie_find(&names->trie, node, single.hash);
      part.plural = true;
      if (other && other->value != NA_TRIE_NONE) NA_TRY(note(names, text, &part, other->value, spans));
    }
    if (!edge || !edge->inner) return NA_OK;
    node = edge->node;
    next_piece(names, text, &piece);
    if (piece.kind == NA_PIECE_END) return NA_OK;
  }
}

static inline bool may_begin (const na_names *names, const na_piece *piece) {
  uint64_t bit = na_names_bit(names, piece->hash, piece->upper);
  return names->filter[bit / 64] >> bit % 64 & 1;
}

/* The word or character at or after byte `at`; NA_PIECE_END where there is none. */
static inline void next_start (const na_names *names, na_slice text, size_t at, na_piece *piece) {
  for (; at < text.size; at++) {
    unsigned char c = (unsigned char)text.data[at];
    if ((unsigned)(c | 0x20) - 'a' < 26 || (unsigned)c - '0' < 10) {
      na_piece_word(&names->fold, text, at, piece);
      return;
    }
    if (c < 0x80) continue;
    na_piece_next(&names->fold, text, at, NA_PIECE_END, piece);
    if (piece->kind == NA_PIECE_WORD || piece->kind == NA_PIECE_CHAR || piece->kind == NA_PIECE_END) return;
    at = piece->end - 1;
  }
  piece->kind = NA_PIECE_END;
}

na_status na_names_match (const na_names *names, na_slice text, na_spans *spans) {
  na_piece piece = { 0 };
  for (size_t at = 0; names->count;) {
    next_start(names, text, at, &piece);
    if (piece.kind == NA_PIECE_END) break;
    at = piece.end;
    if (!may_begin(names, &piece)) continue;
    size_t before = spans->count;
    NA_TRY(walk(names, text, &piece, spans));
    if (spans->count == before) continue;
    spans->items[before] = spans->items[spans->count - 1];
    spans->count = before + 1;
    at = spans->items[before].end;
  }
  return NA_OK;
}

na_status na_names_match_all (const na_names *names, na_slice text, na_spans *spans) {
  na_piece piece = { 0 };
  for (size_t at = 0; names->count;) {
    next_start(names, text, at, &piece);
    if (piece.kind == NA_PIECE_END) break;
    at = piece.end;
    if (may_begin(names, &piece)) NA_TRY(walk(names, text, &piece, spans));
  }
  return NA_OK;
}
