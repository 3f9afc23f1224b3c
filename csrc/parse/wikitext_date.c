/* csrc/parse/wikitext_date.c -- dates as titles and headings of the portal write them. */
#include "parse/wikitext_parser.h"

#define NAME_BYTES 16 /* longest word that can be part of a date: "september", "wednesday" */

static const char *const months[12] = {
  "january", "february", "march",     "april",   "may",      "june",
  "july",    "august",   "september", "october", "november", "december"
};
static const char *const fillers[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                                       "sunday", "st",      "nd",        "rd",       "th",     "of" };

/* The ASCII letters at the start, in lower case. */
static size_t word_at (na_slice text, char word[NAME_BYTES]) {
  size_t size = 0;
  while (size < text.size && na_is_letter(text.data[size])) {
    if (size < NAME_BYTES - 1) word[size] = (char)(text.data[size] | 32);
    size++;
  }
  word[size < NAME_BYTES ? size : 0] = '\0';
  return size;
}

static int month_of_word (const char *word) {
  size_t size = strlen(word);
  for (int i = 0; i < 12; i++)
    if (strcmp(word, months[i]) == 0 || (size == 3 && strncmp(word, months[i], 3) == 0)) return i + 1;
  return 0;
}

/* The digits at the start as a number of at most 9,999; -1 where there are none or too many. */
static int number_at (na_slice text, size_t *size) {
  int number = 0;
  for (*size = 0; *size < text.size && na_is_digit(text.data[*size]); ++*size) {
    if (*size == 4) return -1;
    number = number * 10 + (text.data[*size] - '0');
  }
  return *size ? number : -1;
}

int na_wt_month_of (na_slice text) {
  char word[NAME_BYTES];
  size_t size;
  text = na_slice_trim(text);
  int number = number_at(text, &size);
  if (number >= 1 && number <= 12 && size == text.size) return number;
  return word_at(text, word) == text.size && text.size ? month_of_word(word) : 0;
}

/* "年", "月", "日" behind a number say what it is; in English its size does. */
static bool take_number (na_slice *text, na_wt_date *date) {
  size_t size;
  int number = number_at(*text, &size);
  *text = na_slice_part(*text, size, text->size);
  if (number < 0) return false;
  static const char *const units[] = { "年", "月", "日", "号", "號" };
  size_t unit = 0;
  while (unit < 5 && !na_slice_starts(*text, na_slice_z(units[unit]))) unit++;
  if (unit < 5) *text = na_slice_part(*text, strlen(units[unit]), text->size);
  int *place = unit == 0   ? &date->year
               : unit == 1 ? &date->month
               : unit < 5  ? &date->day
               : size == 4 ? &date->year
                           : &date->day;
  if (*place || number == 0) return false;
  *place = number;
  return true;
}

static bool take_word (na_slice *text, na_wt_date *date, bool whole) {
  char word[NAME_BYTES];
  size_t size = word_at(*text, word);
  *text = na_slice_part(*text, size, text->size);
  int month = month_of_word(word);
  if (month && !date->month) {
    date->month = month;
    return true;
  }
  for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
    if (strcmp(word, fillers[i]) == 0) return true;
  return !whole;
}

static bool take_iso (na_slice text, bool whole, na_wt_date *date) {
  if (text.size < 10 || (text.size > 10 && (whole || na_is_digit(text.data[10])))) return false;
  na_day day = na_day_parse(na_slice_part(text, 0, 10));
  if (day != NA_DAY_NONE) na_day_split(day, &date->year, &date->month, &date->day);
  return day != NA_DAY_NONE;
}

bool na_wt_date_read (na_slice text, bool whole, na_wt_date *date) {
  static const char *const weekday = "星期", *const weekday_short = "周";
  *date = (na_wt_date){ 0 };
  text = na_slice_trim(text);
  if (take_iso(text, whole, date)) return true;
  while (text.size) {
    char c = text.data[0];
    if (na_is_digit(c)) {
      if (!take_number(&text, date) && whole) return false;
    } else if (na_is_letter(c)) {
      if (!take_word(&text, date, whole)) return false;
    } else if (whole && (unsigned char)c >= 0x80) {
      if (!na_slice_starts(text, na_slice_z(weekday)) && !na_slice_starts(text, na_slice_z(weekday_short)) &&
          !na_slice_starts(text, NA_LITERAL("（")))
        return false;
      break;
    } else if (whole && !strchr(" ,.()/_", c)) {
      return false;
    } else {
      text = na_slice_part(text, 1, text.size);
    }
  }
  return date->month >= 1 && date->month <= 12;
}
