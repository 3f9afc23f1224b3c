#include "parse/pagetitle.h"

#include "text/utf8.h"

/* ---- the parts of a day ---- */

typedef enum part_kind { PART_PLAIN, PART_YEAR, PART_MONTH, PART_DAY } part_kind;

typedef struct part {
  part_kind kind;
  int value;
  size_t digits; /* as written: four make a plain number a year */
} part;

#define PARTS       3
#define YEAR_DIGITS 4

/* The character at byte `at`, or NA_UTF8_BAD at the end; *next is behind it. */
static uint32_t char_at (na_slice text, size_t at, size_t *next) {
  *next = at;
  return at < text.size ? na_utf8_next(text, next) : NA_UTF8_BAD;
}

static bool is_separator (uint32_t c) {
  switch (c) {
  case ' ':
  case '_':
  case ',':
  case '.':
  case '-':
  case '/':
  case 0xA0:
  case 0x3000:
  case 0xFF0C: return true;
  default: return false;
  }
}

/* 0 to 9 of an ASCII, full-width or Chinese digit, 10 for the Chinese ten, -1 for anything else. */
static int digit_of (uint32_t c) {
  static const uint32_t chinese[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                      0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341 };
  if (c >= '0' && c <= '9') return (int)(c - '0');
  if (c >= 0xFF10 && c <= 0xFF19) return (int)(c - 0xFF10);
  if (c == 0x96F6 || c == 0x25CB) return 0;
  for (int i = 0; i <= 10; i++)
    if (c == chinese[i]) return i;
  return -1;
}

static part_kind kind_of_suffix (uint32_t c) {
  switch (c) {
  case 0x5E74: return PART_YEAR;  /* 年 */
  case 0x6708: return PART_MONTH; /* 月 */
  case 0x65E5:
  case 0x53F7:
  case 0x865F: return PART_DAY; /* 日 号 號 */
  default: return PART_PLAIN;
  }
}

/* Appends a digit: by its place ("2019", "二〇一九"), or around a ten ("十", "二十三"). False where no number goes so. */
static bool add_digit (part *number, int digit, bool *ten, bool *closed) {
  if (*closed || ++number->digits > YEAR_DIGITS) return false;
  if (digit < 10) {
    number->value = *ten ? number->value + digit : number->value * 10 + digit;
    *closed = *ten;
    return true;
  }
  if (*ten || number->digits > 2) return false;
  number->value = number->digits == 2 ? number->value * 10 : 10;
  return *ten = true;
}

/* A number and the unit behind it; four digits without a unit are a year. */
static bool read_number (na_slice text, size_t *at, part *read) {
  *read = (part){ .kind = PART_PLAIN };
  bool ten = false, closed = false;
  size_t next;
  for (int digit; (digit = digit_of(char_at(text, *at, &next))) >= 0; *at = next)
    if (!add_digit(read, digit, &ten, &closed)) return false;
  size_t behind = *at, start;
  uint32_t c;
  do {
    start = behind;
    c = char_at(text, start, &behind);
  } while (is_separator(c));
  part_kind kind = kind_of_suffix(c);
  if (kind != PART_PLAIN)
    read->kind = kind, *at = behind;
  else if (read->digits == YEAR_DIGITS && !ten)
    read->kind = PART_YEAR;
  return true;
}

static char lower (char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The name of a month or its first letters, three at least. */
static bool read_month (na_slice text, size_t *at, part *read) {
  static const char *const months[] = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"
  };
  size_t end = *at;
  while (end < text.size && lower(text.data[end]) >= 'a' && lower(text.data[end]) <= 'z') end++;
  for (int i = 0; i < 12; i++) {
    size_t same = 0, size = end - *at;
    while (same < size && months[i][same] == lower(text.data[*at + same])) same++;
    if (same < 3 || same < size) continue;
    *read = (part){ .kind = PART_MONTH, .value = i + 1 };
    *at = end;
    return true;
  }
  return false;
}

/* Names the parts that nothing named: behind a year the month comes before the day. */
static bool name_plain_parts (part parts[PARTS]) {
  bool seen[] = { false, false, false, false };
  for (int i = 0; i < PARTS; i++) {
    if (parts[i].kind != PART_PLAIN && seen[parts[i].kind]) return false;
    seen[parts[i].kind] = true;
  }
  if (!seen[PART_YEAR] || (!seen[PART_MONTH] && parts[0].kind != PART_YEAR)) return false;
  for (int i = 0; i < PARTS; i++) {
    if (parts[i].kind != PART_PLAIN) continue;
    parts[i].kind = seen[PART_MONTH] ? PART_DAY : PART_MONTH;
    seen[PART_MONTH] = true;
  }
  return true;
}

na_day na_day_written (na_slice text) {
  part parts[PARTS];
  size_t count = 0;
  for (size_t at = 0; at < text.size;) {
    size_t next;
    uint32_t c = char_at(text, at, &next);
    if (is_separator(c)) {
      at = next;
      continue;
    }
    if (count == PARTS) return NA_DAY_NONE;
    bool read =
        digit_of(c) >= 0 ? read_number(text, &at, &parts[count]) : read_month(text, &at, &parts[count]);
    if (!read) return NA_DAY_NONE;
    count++;
  }
  if (count < PARTS || !name_plain_parts(parts)) return NA_DAY_NONE;
  int values[] = { 0, 0, 0, 0 };
  for (int i = 0; i < PARTS; i++) values[parts[i].kind] = parts[i].value;
  return na_day_of(values[PART_YEAR], values[PART_MONTH], values[PART_DAY]);
}

/* ---- the portal ---- */

static const struct {
  na_slice name; /* lower case, separated by single blanks */
  const char *language;
} portals[] = {
  { { "portal current events ", 22 }, "en" },
  { { "portal \xE6\x96\xB0\xE9\x97\xBB\xE5\x8A\xA8\xE6\x80\x81 ", 20 }, "zh" }, /* 新闻动态 */
  { { "portal \xE6\x96\xB0\xE8\x81\x9E\xE5\x8B\x95\xE6\x85\x8B ", 20 }, "zh" }, /* 新聞動態 */
};

/* Lower-case ASCII, with one blank for every run of what stands between the parts of a title; none at the ends. */
static na_slice plain_title (na_slice title, char plain[NA_PAGE_TITLE_BYTES]) {
  size_t size = 0;
  if (title.size > NA_PAGE_TITLE_BYTES) return NA_NONE;
  for (size_t i = 0; i < title.size; i++) {
    char c = title.data[i];
    bool blank = c == '_' || c == ':' || c == '/' || na_is_space(c);
    if (!blank)
      plain[size++] = lower(c);
    else if (size && plain[size - 1] != ' ')
      plain[size++] = ' ';
  }
  return na_slice_trim(na_slice_of(plain, size));
}

bool na_page_title_read (na_slice title, na_page_title *read) {
  char bytes[NA_PAGE_TITLE_BYTES];
  na_slice plain = plain_title(title, bytes);
  for (size_t i = 0; i < sizeof portals / sizeof *portals; i++) {
    if (!na_slice_starts(plain, portals[i].name)) continue;
    na_day day = na_day_written(na_slice_part(plain, portals[i].name.size, plain.size));
    *read = (na_page_title){ .day = day, .language = portals[i].language };
    return day != NA_DAY_NONE;
  }
  return false;
}
