/* csrc/parse/wikitext_text.c -- plain text in the making, and how it closes over the sources that are cut out of it. */
#include "parse/wikitext_parser.h"
#include "text/utf8.h"

/* An opener that stood inside a source's name: it waits for its closer, and is never shown. */
#define OPENED_IN_NAME 'x'

/* Brackets that editors put around sources; the closers are dropped with their openers. */
static const struct {
  const char *open, *close;
} brackets[] = {
  { "(", ")" },   { "（", "）" }, { "《", "》" }, { "〈", "〉" },
  { "「", "」" }, { "『", "』" }, { "【", "】" },
};
#define BRACKETS (sizeof brackets / sizeof *brackets)

static const char *const commas[] = { "，", "、", "；", "：", "–", "—", "·", "•", "→", "／", "～" };
static const char *const stops[] = { "。", "！", "？", "…", "．", "｡" };

static bool starts_with (na_slice text, const char *prefix, size_t *size) {
  *size = strlen(prefix);
  return text.size >= *size && memcmp(text.data, prefix, *size) == 0;
}

static bool starts_with_any (na_slice text, const char *const *list, size_t count, size_t *size) {
  for (size_t i = 0; i < count; i++)
    if (starts_with(text, list[i], size)) return true;
  return false;
}

/* Bytes of the first character, taken as UTF-8 that is valid. */
static size_t char_size (na_slice text) {
  unsigned char lead = (unsigned char)text.data[0];
  size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return size < text.size ? size : text.size;
}

/* The part of `text` that is its last character. */
static na_slice last_char (na_slice text) {
  size_t from = text.size;
  while (from > 0 && ((unsigned char)text.data[--from] & 0xC0) == 0x80) {}
  return na_slice_part(text, from, text.size);
}

na_wt_class na_wt_class_of (na_slice text, size_t *size) {
  unsigned char lead = (unsigned char)text.data[0];
  *size = 1;
  switch (lead) {
  case ' ':
  case '\t':
  case '\n':
  case '\r':
  case '\v':
  case '\f': return NA_WT_BLANK;
  case ',':
  case ';':
  case ':':
  case '-':
  case '/':
  case '|': return NA_WT_COMMA;
  case '.':
  case '!':
  case '?': return NA_WT_STOP;
  case '(': return NA_WT_OPEN;
  case ')': return NA_WT_CLOSE;
  }
  if (lead < 0xC2) return NA_WT_WORD;
  for (size_t i = 1; i < BRACKETS; i++) {
    if (starts_with(text, brackets[i].open, size)) return NA_WT_OPEN;
    if (starts_with(text, brackets[i].close, size)) return NA_WT_CLOSE;
  }
  if (starts_with_any(text, commas, sizeof commas / sizeof *commas, size)) return NA_WT_COMMA;
  if (starts_with_any(text, stops, sizeof stops / sizeof *stops, size)) return NA_WT_STOP;
  *size = char_size(text);
  return NA_WT_WORD;
}

bool na_wt_is_wide (na_slice text) {
  if (!text.size || (unsigned char)text.data[0] < 0xE2) return false;
  size_t at = 0;
  uint32_t c = na_utf8_next(text, &at);
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool na_wt_ends_wide (na_slice text) {
  return text.size > 0 && na_wt_is_wide(last_char(text));
}

bool na_wt_ends_sentence (na_slice text) {
  static const char *const quotes[] = { "\"", "'", ")", "”", "’", "」", "』", "）", "»", "]" };
  size_t size;
  while (text.size) {
    na_slice last = last_char(text);
    if (na_wt_class_of(last, &size) == NA_WT_STOP) return true;
    if (!starts_with_any(last, quotes, sizeof quotes / sizeof *quotes, &size)) return false;
    text.size -= last.size;
  }
  return false;
}

void na_wt_text_reset (na_wt_text *text) {
  text->bytes.size = text->fixed = text->parens = text->opener_count = text->after_size = text->counted =
      text->resumed = 0;
  text->blank = text->gap = text->gap_blank = false;
}

/* ---- bytes ---- */

static na_status flush_blank (na_wt_text *text) {
  if (!text->blank) return NA_OK;
  text->blank = false;
  size_t size = text->bytes.size;
  if (size == 0 || text->bytes.data[size - 1] == ' ') return NA_OK;
  return na_buffer_byte(&text->bytes, ' ');
}

/* Whether `c` behind what is there would read as markup: [[ ]] {{ }} '' -{ }- <ref [http */
static bool makes_markup (const na_wt_text *text, char c) {
  size_t size = text->bytes.size;
  if (size == 0) return false;
  const char *end = text->bytes.data + size;
  switch (c) {
  case '[':
  case ']':
  case '}':
  case '\'': return end[-1] == c;
  case '{': return end[-1] == '{' || end[-1] == '-';
  case '-': return end[-1] == '}';
  case 'f':
  case 'F': return size >= 3 && end[-3] == '<' && (end[-2] | 32) == 'r' && (end[-1] | 32) == 'e';
  case 'p':
  case 'P':
    return size >= 4 && end[-4] == '[' && (end[-3] | 32) == 'h' && (end[-2] | 32) == 't' &&
           (end[-1] | 32) == 't';
  }
  return false;
}

static na_status put_guarded (na_wt_text *text, char c) {
  NA_TRY(flush_blank(text));
  return makes_markup(text, c) ? NA_OK : na_buffer_byte(&text->bytes, c);
}

/* Bytes without blanks and brackets. */
static na_status put_run (na_wt_text *text, na_slice run) {
  NA_TRY(flush_blank(text));
  size_t size = text->bytes.size;
  for (size_t back = 1; back <= 4 && back <= size; back++) {
    char c = text->bytes.data[size - back];
    if (c != '[' && c != '<') continue;
    while (run.size && text->bytes.size - (size - back) <= 4) {
      NA_TRY(put_guarded(text, run.data[0]));
      run = na_slice_part(run, 1, run.size);
    }
    break;
  }
  return na_buffer_append(&text->bytes, run);
}

/* ---- gaps ---- */

static size_t bracket_of (na_slice c, bool close) {
  for (size_t i = 0; i < BRACKETS; i++)
    if (na_slice_equal(c, na_slice_z(close ? brackets[i].close : brackets[i].open))) return i;
  return 0;
}

static void push_opener (na_wt_text *text, char opener) {
  if (text->opener_count < sizeof text->openers) text->openers[text->opener_count++] = opener;
}

/* Counts the parentheses of what was put since the last time. */
static void count_parens (na_wt_text *text) {
  if (text->counted > text->bytes.size) text->counted = text->bytes.size;
  for (; text->counted < text->bytes.size; text->counted++) {
    const char *at = text->bytes.data + text->counted;
    size_t left = text->bytes.size - text->counted;
    bool wide = left >= 3 && memcmp(at, "\xEF\xBC", 2) == 0;
    if (*at == '(' || (wide && at[2] == '\x88'))
      text->parens++;
    else if ((*at == ')' || (wide && at[2] == '\x89')) && text->parens)
      text->parens--;
  }
}

bool na_wt_text_stopped (const na_wt_text *text) {
  return text->gap || text->bytes.size == 0 || na_wt_ends_sentence(na_buffer_slice(&text->bytes));
}

bool na_wt_text_opened (const na_wt_text *text) {
  na_slice before = na_buffer_slice(&text->bytes);
  if (text->gap) before = na_slice_of(text->after, text->after_size);
  before = na_slice_trim(before);
  if (!before.size) return text->gap && text->opener_count > 0;
  size_t size;
  return na_wt_class_of(last_char(before), &size) == NA_WT_OPEN;
}

/* What the text ends with goes into the gap: blanks, and brackets that were opened for the sources. */
static void open_gap (na_wt_text *text) {
  text->gap = true;
  text->gap_blank = text->blank;
  text->blank = false;
  text->opener_count = text->after_size = 0;
  while (text->bytes.size > text->fixed) {
    size_t size;
    na_slice last = last_char(na_buffer_slice(&text->bytes));
    na_wt_class class = na_wt_class_of(last, &size);
    if (class == NA_WT_BLANK)
      text->gap_blank = true;
    else if (class == NA_WT_OPEN)
      push_opener(text, (char)bracket_of(last, false));
    else
      break;
    text->bytes.size -= last.size;
  }
  for (size_t i = 0; i < text->opener_count / 2; i++) { /* the innermost was met first, and is to be on top */
    char swapped = text->openers[i];
    text->openers[i] = text->openers[text->opener_count - 1 - i];
    text->openers[text->opener_count - 1 - i] = swapped;
  }
}

/* A closing bracket behind a source: true where it belongs to the text. */
static bool keeps_closer (na_wt_text *text) {
  if (text->opener_count) {
    text->opener_count--;
    return false;
  }
  count_parens(text);
  return text->parens > 0;
}

/* What stood between two sources: a full stop belongs to the sentence before, all else separated the sources. */
static void between_sources (na_wt_text *text) {
  na_slice rest = na_slice_of(text->after, text->after_size);
  char kept[NA_WT_GAP_BYTES];
  size_t kept_size = 0, size;
  bool stopped = text->bytes.size == 0 || na_wt_ends_sentence(na_buffer_slice(&text->bytes));
  for (; rest.size; rest = na_slice_part(rest, size, rest.size)) {
    na_wt_class class = na_wt_class_of(rest, &size);
    if (class == NA_WT_OPEN) push_opener(text, (char)bracket_of(na_slice_part(rest, 0, size), false));
    bool keep = (class == NA_WT_CLOSE && keeps_closer(text)) || (class == NA_WT_STOP && !stopped);
    if (!keep) continue;
    stopped |= class == NA_WT_STOP;
    memcpy(kept + kept_size, rest.data, size);
    kept_size += size;
  }
  memcpy(text->after, kept, kept_size);
  text->after_size = kept_size;
}

void na_wt_text_source (na_wt_text *text, bool opened, bool closed) {
  if (text->gap)
    between_sources(text);
  else
    open_gap(text);
  if (closed && text->opener_count) text->opener_count--;
  if (opened) push_opener(text, OPENED_IN_NAME);
}

static na_status restore_openers (na_wt_text *text) {
  for (size_t i = 0; i < text->opener_count; i++) {
    if (text->openers[i] == OPENED_IN_NAME) continue;
    text->blank |= text->gap_blank;
    text->gap_blank = false;
    NA_TRY(flush_blank(text));
    NA_TRY(na_buffer_append(&text->bytes, na_slice_z(brackets[(size_t)text->openers[i]].open)));
  }
  text->opener_count = 0;
  return NA_OK;
}

/* Takes the brackets that were opened for sources off together with their closers; gives what is left of `after`. */
static size_t drop_closers (na_wt_text *text, char *left) {
  na_slice rest = na_slice_of(text->after, text->after_size);
  size_t left_size = 0, size;
  for (; rest.size; rest = na_slice_part(rest, size, rest.size)) {
    if (na_wt_class_of(rest, &size) == NA_WT_CLOSE && !keeps_closer(text)) continue;
    memcpy(left + left_size, rest.data, size);
    left_size += size;
  }
  return left_size;
}

/* Text (its first character is that of `next`) or the end follows behind the sources. */
static na_status close_gap (na_wt_text *text, na_slice next) {
  char left[NA_WT_GAP_BYTES];
  size_t size;
  na_slice rest = { left, drop_closers(text, left) };
  size_t before = text->bytes.size;
  text->gap = false;
  if (next.size) NA_TRY(restore_openers(text));
  bool stopped = text->bytes.size == 0 || na_wt_ends_sentence(na_buffer_slice(&text->bytes)), blank = false;
  for (; rest.size; rest = na_slice_part(rest, size, rest.size)) {
    na_wt_class class = na_wt_class_of(rest, &size);
    if (class == NA_WT_BLANK) blank = text->blank = true;
    if (class == NA_WT_BLANK || (class != NA_WT_STOP && class != NA_WT_CLOSE && !next.size)) continue;
    if (class == NA_WT_STOP && stopped) continue;
    if (class == NA_WT_COMMA && text->bytes.size == 0) continue;
    stopped |= class == NA_WT_STOP;
    if (class == NA_WT_OPEN) NA_TRY(flush_blank(text));
    blank = text->blank = false;
    for (size_t i = 0; i < size; i++) NA_TRY(put_guarded(text, rest.data[i]));
  }
  if (!next.size) return NA_OK;
  text->resumed = before;
  unsigned char c = (unsigned char)next.data[0];
  bool letter = c >= 0x80 || na_is_digit((char)c) || ((c | 32) >= 'a' && (c | 32) <= 'z');
  if (!blank && text->gap_blank && letter && text->after_size == 0) text->blank = true;
  if (na_wt_is_wide(next) && na_wt_ends_wide(na_buffer_slice(&text->bytes))) text->blank = false;
  text->gap_blank = false;
  return NA_OK;
}

/* A character while a gap is open: held back where it may separate sources. */
static na_status put_into_gap (na_wt_text *text, na_slice bytes, size_t *size) {
  na_wt_class class = na_wt_class_of(bytes, size);
  if (class != NA_WT_WORD && text->after_size + *size <= NA_WT_GAP_BYTES) {
    memcpy(text->after + text->after_size, bytes.data, *size);
    text->after_size += *size;
    return NA_OK;
  }
  *size = 0;
  return close_gap(text, bytes);
}

/* ---- putting ---- */

enum { PLAIN, SPACE, BRACKET, LEAD };

static const unsigned char kinds[256] = {
  [0 ... 0x20] = SPACE, [0x7F] = SPACE,  ['['] = BRACKET, [']'] = BRACKET, ['{'] = BRACKET, ['}'] = BRACKET,
  ['\''] = BRACKET,     ['-'] = BRACKET, [0xC2] = LEAD,   [0xE2] = LEAD,   [0xE3] = LEAD,   [0xEF] = LEAD,
};

/* Bytes of a blank or an invisible character of several bytes at the start; 0 where there is none. */
static size_t odd_blank (na_slice text, bool *blank) {
  const unsigned char *s = (const unsigned char *)text.data;
  *blank = false;
  if (text.size >= 2 && s[0] == 0xC2 && (s[1] == 0xA0 || s[1] == 0xAD)) { /* no-break space; soft hyphen */
    *blank = s[1] == 0xA0;
    return 2;
  }
  if (text.size >= 2 && s[0] == 0xC2 && s[1] < 0xA0) return 2; /* C1 controls */
  if (text.size < 3) return 0;
  if (s[0] == 0xE2 && s[1] == 0x80) {
    if (s[2] >= 0x80 && s[2] <= 0x8A) return *blank = true, 3; /* typographic spaces */
    if (s[2] == 0xA8 || s[2] == 0xA9 || s[2] == 0xAF) return *blank = true, 3;
    if ((s[2] >= 0x8B && s[2] <= 0x8F) || (s[2] >= 0xAA && s[2] <= 0xAE))
      return 3; /* zero width, directions */
  }
  if (s[0] == 0xE2 && s[1] == 0x81 && s[2] >= 0xA0 && s[2] <= 0xAF) return 3;
  if (s[0] == 0xE3 && s[1] == 0x80 && s[2] == 0x80) return *blank = true, 3; /* ideographic space */
  if (s[0] == 0xEF && s[1] == 0xBB && s[2] == 0xBF) return 3;                /* byte order mark */
  return 0;
}

void na_wt_put_blank (na_wt_text *text) {
  if (!text->gap)
    text->blank = true;
  else if (text->after_size < NA_WT_GAP_BYTES)
    text->after[text->after_size++] = ' ';
}

na_status na_wt_put (na_wt_text *text, na_slice bytes) {
  size_t at = 0;
  while (at < bytes.size) {
    unsigned kind = kinds[(unsigned char)bytes.data[at]];
    na_slice rest = na_slice_part(bytes, at, bytes.size);
    bool blank = kind == SPACE;
    size_t size = blank ? 1 : kind == LEAD ? odd_blank(rest, &blank) : 0;
    if (size) {
      if (blank) na_wt_put_blank(text);
    } else if (text->gap) {
      NA_TRY(put_into_gap(text, rest, &size));
    } else if (kind == BRACKET) {
      size = 1;
      NA_TRY(put_guarded(text, bytes.data[at]));
    } else {
      size = kind == LEAD ? char_size(rest) : 1;
      while (at + size < bytes.size && kinds[(unsigned char)bytes.data[at + size]] == PLAIN) size++;
      NA_TRY(put_run(text, na_slice_part(rest, 0, size)));
    }
    at += size;
  }
  return NA_OK;
}

na_status na_wt_put_char (na_wt_text *text, uint32_t c) {
  char bytes[4];
  size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  if (size == 1)
    bytes[0] = (char)c;
  else {
    for (size_t i = size; i-- > 1; c >>= 6) bytes[i] = (char)(0x80 | (c & 0x3F));
    bytes[0] = (char)((0xF00 >> size & 0xFF) | c);
  }
  return na_wt_put(text, na_slice_of(bytes, size));
}

na_status na_wt_text_begin (na_wt_text *text, na_slice next) {
  if (text->gap) NA_TRY(close_gap(text, next.size ? next : NA_LITERAL("?")));
  return flush_blank(text);
}

na_status na_wt_text_end (na_wt_text *text, na_slice *all) {
  bool gap = text->gap;
  size_t ignored;
  if (gap) NA_TRY(close_gap(text, NA_NONE));
  text->blank = false;
  while (text->bytes.size) {
    na_slice last = last_char(na_buffer_slice(&text->bytes));
    bool separator = gap && text->bytes.size > text->fixed && na_wt_class_of(last, &ignored) == NA_WT_COMMA;
    if (last.data[0] != ' ' && !separator) break;
    text->bytes.size -= last.size;
  }
  *all = na_buffer_slice(&text->bytes);
  return NA_OK;
}
