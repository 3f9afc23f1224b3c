#include "text/slug.h"

#include <utf8proc.h>

#include "text/utf8.h"

#define CONTEXT_ZH_CHARS 60
#define CONTEXT_EN_BYTES 140

/* Letters, marks and digits make words; everything else parts them. */
static bool is_word (uint32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

/* An apostrophe inside a word does not part it: "Iran's" is one word, "irans". */
static bool is_apostrophe (uint32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x02BC;
}

static uint32_t lower (uint32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

/* Chinese and Japanese have no blanks: any character is a good place to cut. */
static bool has_no_blanks (uint32_t c) {
  return (c >= 0x3040 && c < 0x3100) || (c >= 0x3400 && c < 0xA000) || (c >= 0x20000 && c < 0x32000);
}

/* NFC again for what was appended since `start`: a small letter may have a composed form where the capital has none. */
static na_status recompose (na_buffer *out, size_t start) {
  na_buffer composed = { 0 };
  na_status status = na_utf8_append_nfc(&composed, na_slice_part(na_buffer_slice(out), start, out->size));
  out->size = start;
  if (status == NA_OK) status = na_buffer_append(out, na_buffer_slice(&composed));
  na_buffer_free(&composed);
  return status;
}

na_status na_slug_append (na_buffer *out, na_slice title) {
  size_t start = out->size, at = 0, chars = 0;
  size_t cut = start;  /* where the slug may end: behind the last whole word */
  bool parted = false; /* a '-' is due before the next word character */
  na_buffer composed = { 0 };
  na_status status = na_utf8_append_nfc(&composed, title);
  na_slice text = na_buffer_slice(&composed);
  while (status == NA_OK && at < text.size) {
    uint32_t c = na_utf8_next(text, &at);
    if (c == NA_UTF8_BAD || !is_word(c)) {
      if (c != NA_UTF8_BAD && is_apostrophe(c)) continue;
      if (out->size > start) cut = out->size, parted = true;
      continue;
    }
    c = lower(c);
    if (has_no_blanks(c)) cut = out->size;
    size_t bytes = (c < 0x80 ? 1u : c < 0x800 ? 2u : c < 0x10000 ? 3u : 4u) + parted;
    if (chars + 1 + parted > NA_SLUG_MAX_CHARS || out->size - start + bytes > NA_SLUG_MAX_BYTES) {
      if (cut > start) out->size = cut;
      break;
    }
    if (parted) status = na_buffer_byte(out, '-'), chars++, parted = false;
    if (status == NA_OK) status = na_buffer_char(out, c);
    chars++;
  }
  na_buffer_free(&composed);
  if (status == NA_OK) status = recompose(out, start);
  if (status == NA_OK && out->size == start) status = na_buffer_append(out, NA_LITERAL("untitled"));
  return status;
}

/* Ends a slug made since `start`: no '-' at its end. */
static na_status trimmed (na_buffer *out, size_t start) {
  if (out->size > start && out->data[out->size - 1] == '-') out->size--;
  return NA_OK;
}

/* One '-' for a run of other characters, none at the start. */
static na_status hyphen (na_buffer *out, size_t start) {
  return out->size > start && out->data[out->size - 1] != '-' ? na_buffer_byte(out, '-') : NA_OK;
}

/* A word character of Python's `\w`, which is what the reference used: letters, numbers and '_', no marks. */
static bool is_python_word (uint32_t c) {
  if (c < 0x80) return is_word(c) || c == '_';
  utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

na_status na_slug_append_context_zh (na_buffer *out, na_slice title) {
  size_t start = out->size, at = 0;
  title.size = na_utf8_prefix(title, CONTEXT_ZH_CHARS);
  while (at < title.size) {
    uint32_t c = na_utf8_next(title, &at);
    if (c == '.' || c == ',') continue;
    NA_TRY(c != NA_UTF8_BAD && is_python_word(c) ? na_buffer_char(out, c) : hyphen(out, start));
  }
  return trimmed(out, start);
}

/* What Text::Unidecode makes of U+00A0 to U+00FF, in lower case; U+0080 to U+009F become nothing. */
static const char *const latin1[96] = {
  " ",   "!",  "c/", "ps", "$?", "y=", "|",  "ss", "\"", "(c)", "a", "<<", "!",   "",    "(r)", "-",
  "deg", "+-", "2",  "3",  "'",  "u",  "p",  "*",  ",",  "1",   "o", ">>", "1/4", "1/2", "3/4", "?",
  "a",   "a",  "a",  "a",  "a",  "a",  "ae", "c",  "e",  "e",   "e", "e",  "i",   "i",   "i",   "i",
  "d",   "n",  "o",  "o",  "o",  "o",  "o",  "x",  "o",  "u",   "u", "u",  "u",   "y",   "th",  "ss",
  "a",   "a",  "a",  "a",  "a",  "a",  "ae", "c",  "e",  "e",   "e", "e",  "i",   "i",   "i",   "i",
  "d",   "n",  "o",  "o",  "o",  "o",  "o",  "/",  "o",  "u",   "u", "u",  "u",   "y",   "th",  "y",
};

na_status na_slug_append_context_en (na_buffer *out, na_slice title) {
  size_t start = out->size;
  if (title.size > CONTEXT_EN_BYTES) title.size = CONTEXT_EN_BYTES;
  for (size_t i = 0; i < title.size; i++) {
    unsigned char byte = (unsigned char)title.data[i];
    char ascii[2] = { (char)byte, '\0' };
    for (const char *s = byte < 0x80 ? ascii : byte < 0xA0 ? "" : latin1[byte - 0xA0]; *s; s++) {
      char c = *s >= 'A' && *s <= 'Z' ? (char)(*s + 32) : *s;
      NA_TRY((c >= 'a' && c <= 'z') || na_is_digit(c) ? na_buffer_byte(out, c) : hyphen(out, start));
    }
    if (byte == 0) NA_TRY(hyphen(out, start));
  }
  return trimmed(out, start);
}
