#include "text/piece.h"

#include "text/utf8.h"

#define GAP_HASH   0x6761705F67617001u /* any numbers that no word is likely to have */
#define BREAK_HASH 0x627265616B5F0001u

/* Takes folded bytes one by one, with the same outcome as na_piece_mix of eight at a time. */
typedef struct byte_mixer {
  uint64_t hash, eight;
  unsigned count;
} byte_mixer;

static void mix_folded (byte_mixer *mixer, const na_folded *folded) {
  for (size_t i = 0; i < folded->size; i++) {
    mixer->eight |= (uint64_t)(unsigned char)folded->bytes[i] << 8 * mixer->count;
    if (++mixer->count < 8) continue;
    mixer->hash = na_piece_mix(mixer->hash, mixer->eight);
    mixer->eight = 0;
    mixer->count = 0;
  }
}

static uint64_t mixed (const byte_mixer *mixer) {
  return mixer->count ? na_piece_mix(mixer->hash, mixer->eight) : mixer->hash;
}

void na_piece_any_word (const na_fold_table *table, na_slice text, size_t from, na_piece *piece) {
  char room[NA_SIXTEEN];
  if (na_piece_plain_word(na_sixteen_of(text, from, room), from, piece))
    return; /* near the end of the text */
  byte_mixer mixer = { .hash = NA_PIECE_SEED };
  *piece = (na_piece){ .start = from, .end = from, .kind = NA_PIECE_WORD };
  for (size_t at = from; at < text.size;) {
    na_folded folded;
    na_fold(table, na_utf8_next(text, &at), &folded);
    if (folded.kind != NA_CHAR_WORD && folded.kind != NA_CHAR_MARK && folded.kind != NA_CHAR_NONE) break;
    if (piece->end == from) piece->upper = folded.upper;
    if (folded.kind != NA_CHAR_NONE) mix_folded(&mixer, &folded);
    piece->end = at;
  }
  piece->hash = mixed(&mixer);
}

/* A character of a script without blanks and the marks behind it. */
static void alone (const na_fold_table *table, na_slice text, size_t from, na_piece *piece) {
  byte_mixer mixer = { .hash = NA_PIECE_SEED };
  na_folded folded;
  size_t at = from;
  piece->kind = NA_PIECE_CHAR;
  na_fold(table, na_utf8_next(text, &at), &folded);
  mix_folded(&mixer, &folded);
  piece->end = at;
  while (at < text.size && (unsigned char)text.data[at] >= 0x80) {
    na_fold(table, na_utf8_next(text, &at), &folded);
    if (folded.kind != NA_CHAR_MARK && folded.kind != NA_CHAR_NONE) break;
    if (folded.kind == NA_CHAR_MARK) mix_folded(&mixer, &folded);
    piece->end = at;
  }
  piece->hash = mixed(&mixer);
}

/* What lies between `from` and the next piece. */
typedef struct text_gap {
  size_t end;
  size_t blanks, lines; /* characters; line feeds among them */
  na_folded next;       /* the character at `end` */
} text_gap;

static text_gap skip_gap (const na_fold_table *table, na_slice text, size_t from) {
  text_gap gap = { .end = from };
  while (gap.end < text.size) {
    size_t at = gap.end;
    char c = text.data[gap.end];
    if (c == ' ' || c == '\n' || c == '-') /* the usual ones need no folding */
      gap.next.kind = NA_CHAR_BLANK, at++;
    else
      na_fold(table, na_utf8_next(text, &at), &gap.next);
    if (gap.next.kind != NA_CHAR_BLANK && gap.next.kind != NA_CHAR_NONE) break;
    gap.blanks += gap.next.kind == NA_CHAR_BLANK;
    gap.lines += c == '\n';
    gap.end = at;
  }
  return gap;
}

void na_piece_next (const na_fold_table *table, na_slice text, size_t from, na_piece_kind before,
                    na_piece *piece) {
  text_gap gap = skip_gap(table, text, from);
  *piece = (na_piece){ .start = gap.end, .end = gap.end, .kind = NA_PIECE_END };
  if (gap.end == text.size) return;
  bool is_alone = gap.next.kind == NA_CHAR_ALONE;
  if (gap.lines > 1 || (gap.blanks && is_alone && before == NA_PIECE_CHAR)) {
    *piece = (na_piece){ .start = from, .end = gap.end, .kind = NA_PIECE_GAP };
    piece->hash = gap.lines > 1 ? BREAK_HASH : GAP_HASH;
  } else if (is_alone) {
    alone(table, text, gap.end, piece);
  } else if (gap.next.kind == NA_CHAR_OTHER) {
    byte_mixer mixer = { .hash = NA_PIECE_SEED };
    mix_folded(&mixer, &gap.next);
    piece->kind = NA_PIECE_SIGN;
    piece->hash = mixed(&mixer);
    na_utf8_next(text, &piece->end);
  } else {
    na_piece_word(table, text, gap.end, piece);
  }
}

/* Whether the character at *at is a letter, no digit, and whether it is a capital. Moves *at behind it. */
static bool take_letter (const na_fold_table *table, na_slice text, size_t *at, bool *upper) {
  unsigned char c = (unsigned char)text.data[*at];
  if (c < 0x80) {
    ++*at;
    *upper = c < 'a';
    return (unsigned)(c | 0x20) - 'a' < 26;
  }
  na_folded folded;
  na_fold(table, na_utf8_next(text, at), &folded);
  *upper = folded.upper;
  return folded.kind == NA_CHAR_WORD && !na_is_digit(folded.bytes[0]);
}

na_capitals na_piece_capitals (const na_fold_table *table, na_slice text, const na_piece *piece) {
  na_capitals capitals = { 0 };
  for (size_t at = piece->start; at < piece->end;) {
    bool upper;
    if (!take_letter(table, text, &at, &upper)) continue;
    if (upper && capitals.letters < 64) capitals.bits |= (uint64_t)1 << capitals.letters;
    capitals.upper += upper;
    capitals.letters++;
  }
  return capitals;
}
