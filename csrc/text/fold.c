#include "text/fold.h"

#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"
#include "text/utf8.h"

/* The table covers Latin, Greek and Cyrillic; general punctuation; kana with CJK punctuation; full and half width. */
static const struct {
  uint32_t first, count, at; /* characters, and where their entries begin */
} segments[] = {
  { 0x0000, 0x530, 0 },
  { 0x1E00, 0x270, 0x530 },
  { 0x3000, 0x100, 0x530 + 0x270 },
  { 0xFF00, 0x0F0, 0x530 + 0x270 + 0x100 },
};

#define SEGMENTS    (sizeof segments / sizeof *segments)
#define ENTRIES     (0x530 + 0x270 + 0x100 + 0x0F0)
#define ENTRY_BYTES 5

typedef struct na_fold_entry {
  uint8_t kind, upper, size; /* size > ENTRY_BYTES: to be folded slowly */
  char bytes[ENTRY_BYTES];
} na_fold_entry;

/* Letters that Unicode does not decompose, though readers take them for a letter with a stroke or a pair of letters. */
static const struct {
  uint16_t letter;
  char plain[3];
} strokes[] = {
  { 0x00E6, "ae" }, { 0x00F0, "d" }, { 0x00F8, "o" }, { 0x00FE, "th" }, { 0x0111, "d" }, { 0x0127, "h" },
  { 0x0131, "i" },  { 0x0142, "l" }, { 0x014B, "n" }, { 0x0153, "oe" }, { 0x0167, "t" }, { 0x0180, "b" },
  { 0x0192, "f" },  { 0x01A5, "p" }, { 0x01B6, "z" }, { 0x01E5, "g" },  { 0x0268, "i" }, { 0x0289, "u" },
};

typedef struct range {
  uint32_t first, last;
} range;

static bool within (uint32_t c, const range *ranges, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (c >= ranges[i].first && c <= ranges[i].last) return true;
  return false;
}

/* Diacritics of Latin, Greek and Cyrillic letters, points of Hebrew and Arabic: names are written with and without. */
static bool is_diacritic (uint32_t c) {
  static const range ranges[] = {
    { 0x0300, 0x036F }, { 0x0483, 0x0487 }, { 0x0591, 0x05BD }, { 0x05BF, 0x05C7 },
    { 0x0610, 0x061A }, { 0x0640, 0x0640 }, { 0x064B, 0x065F }, { 0x0670, 0x0670 },
    { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x20D0, 0x20FF }, { 0xFE20, 0xFE2F },
  };
  return within(c, ranges, sizeof ranges / sizeof *ranges);
}

static bool is_alone (uint32_t c) {
  static const range ranges[] = {
    { 0x0E00, 0x0EFF }, { 0x1000, 0x109F }, { 0x1780, 0x17FF },   { 0x2E80, 0x2FDF }, { 0x3005, 0x3007 },
    { 0x3021, 0x3029 }, { 0x3031, 0x3035 }, { 0x303B, 0x303C },   { 0x3041, 0x3096 }, { 0x309D, 0x309F },
    { 0x30A1, 0x30FA }, { 0x30FC, 0x312F }, { 0x31A0, 0x31FF },   { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },
    { 0xF900, 0xFAFF }, { 0xFF66, 0xFF9D }, { 0x20000, 0x3FFFF },
  };
  return within(c, ranges, sizeof ranges / sizeof *ranges);
}

static bool is_dash (uint32_t c) {
  return c == '-' || c == 0x05BE || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 ||
         c == 0xFE63 || c == 0xFF0D;
}

static na_char_kind kind_of (uint32_t c) {
  if (is_dash(c) || c == ' ' || (c >= '\t' && c <= '\r')) return NA_CHAR_BLANK;
  if (c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF ||
      (c >= 0xFE00 && c <= 0xFE0F))
    return NA_CHAR_NONE;
  if (is_diacritic(c)) return NA_CHAR_NONE;
  utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
  if (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME) return NA_CHAR_MARK;
  if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO)
    return is_alone(c) ? NA_CHAR_ALONE : NA_CHAR_WORD;
  if (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP) return NA_CHAR_BLANK;
  return NA_CHAR_OTHER;
}

static void put (na_folded *folded, uint32_t c) {
  char bytes[4];
  utf8proc_ssize_t size = utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)bytes);
  if (size <= 0 || folded->size + (size_t)size > NA_FOLD_BYTES) return;
  memcpy(folded->bytes + folded->size, bytes, (size_t)size);
  folded->size = (uint8_t)(folded->size + size);
}

/* One character of a decomposition. */
static void put_plain (na_folded *folded, uint32_t c) {
  if (is_diacritic(c) || c == 0x00AD) return;
  for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
    if (strokes[i].letter == c) {
      for (const char *s = strokes[i].plain; *s; s++) put(folded, (unsigned char)*s);
      return;
    }
  put(folded, c);
}

/* Signs that are written in several ways. */
static uint32_t sign_of (uint32_t c) {
  switch (c) {
  case 0x2018:
  case 0x2019:
  case 0x02BC:
  case 0x02BB:
  case 0xFF07:
  case '`':
  case 0x00B4: return '\'';
  case 0x201C:
  case 0x201D:
  case 0x201E:
  case 0xFF02: return '"';
  case 0x30FB:
  case 0xFF65:
  case 0x2022:
  case 0x2027:
  case 0x22C5:
  case 0x2219:
  case 0x0387: return 0x00B7;
  default: return c;
  }
}

void na_fold_slowly (uint32_t c, na_folded *folded) {
  *folded = (na_folded){ .kind = NA_CHAR_OTHER };
  if (c == NA_UTF8_BAD) {
    put(folded, 0xFFFD);
    return;
  }
  c = sign_of(c);
  folded->kind = c == '\'' ? NA_CHAR_OTHER : (uint8_t)kind_of(c);
  if (folded->kind == NA_CHAR_NONE) return;
  if (folded->kind == NA_CHAR_BLANK) {
    put(folded, ' ');
    return;
  }
  utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
  folded->upper = category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
  utf8proc_int32_t plain[NA_FOLD_BYTES];
  int boundary = 0;
  utf8proc_ssize_t count =
      utf8proc_decompose_char((utf8proc_int32_t)c, plain, NA_FOLD_BYTES,
                              UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &boundary);
  for (utf8proc_ssize_t i = 0; i < count && i < NA_FOLD_BYTES; i++) put_plain(folded, (uint32_t)plain[i]);
  if (!folded->size) put(folded, c);
}

int na_fold_open (na_fold_table *table) {
  table->entries = na_malloc(ENTRIES * sizeof *table->entries);
  if (!table->entries) return 0;
  for (size_t i = 0; i < SEGMENTS; i++)
    for (uint32_t c = 0; c < segments[i].count; c++) {
      na_fold_entry *entry = &table->entries[segments[i].at + c];
      na_folded folded;
      na_fold_slowly(segments[i].first + c, &folded);
      *entry = (na_fold_entry){ .kind = folded.kind, .upper = folded.upper, .size = folded.size };
      if (folded.size <= ENTRY_BYTES) memcpy(entry->bytes, folded.bytes, folded.size);
    }
  return 1;
}

void na_fold_close (na_fold_table *table) {
  na_free(table->entries);
  table->entries = NULL;
}

void na_fold (const na_fold_table *table, uint32_t c, na_folded *folded) {
  if (c >= 0x4E00 && c <= 0x9FFF) { /* Han characters stay as they are, and Chinese is made of them */
    *folded = (na_folded){ .kind = NA_CHAR_ALONE, .size = 3 };
    folded->bytes[0] = (char)(0xE0 | c >> 12);
    folded->bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
    folded->bytes[2] = (char)(0x80 | (c & 0x3F));
    return;
  }
  for (size_t i = 0; i < SEGMENTS; i++)
    if (c - segments[i].first < segments[i].count) {
      const na_fold_entry *entry = &table->entries[segments[i].at + (c - segments[i].first)];
      if (entry->size > ENTRY_BYTES) break;
      folded->kind = entry->kind;
      folded->upper = entry->upper;
      folded->size = entry->size;
      memcpy(folded->bytes, entry->bytes, ENTRY_BYTES);
      return;
    }
  na_fold_slowly(c, folded);
}
