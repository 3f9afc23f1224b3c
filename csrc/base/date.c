#include "base/date.h"

/* Civil from days and back: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", with March as the first month. */

static bool is_leap (int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

na_day na_day_of (int year, int month, int day) {
  static const int lengths[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return NA_DAY_NONE;
  if (day > lengths[month - 1] + (month == 2 && is_leap(year))) return NA_DAY_NONE;
  int y = month <= 2 ? year - 1 : year;
  int era = y / 400, year_of_era = y - era * 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

void na_day_split (na_day when, int *year, int *month, int *day) {
  int z = when + 719468, era = z / 146097, day_of_era = z - era * 146097;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int m = (5 * day_of_year + 2) / 153;
  *day = day_of_year - (153 * m + 2) / 5 + 1;
  *month = m < 10 ? m + 3 : m - 9;
  *year = year_of_era + era * 400 + (*month <= 2);
}

void na_day_format (na_day when, char text[NA_DATE_BYTES]) {
  int year, month, day;
  na_day_split(when, &year, &month, &day);
  for (int i = 3; i >= 0; i--, year /= 10) text[i] = (char)('0' + year % 10);
  text[4] = text[7] = '-';
  text[5] = (char)('0' + month / 10), text[6] = (char)('0' + month % 10);
  text[8] = (char)('0' + day / 10), text[9] = (char)('0' + day % 10);
  text[10] = '\0';
}

/* `count` digits at *text as a number; -1 where they are not all there. Moves on behind them. */
static int digits (na_slice *text, size_t count) {
  int number = 0;
  if (text->size < count) return -1;
  for (size_t i = 0; i < count; i++) {
    if (!na_is_digit(text->data[i])) return -1;
    number = number * 10 + (text->data[i] - '0');
  }
  *text = na_slice_part(*text, count, text->size);
  return number;
}

static bool skip (na_slice *text, char c) {
  if (!text->size || text->data[0] != c) return false;
  *text = na_slice_part(*text, 1, text->size);
  return true;
}

/* "Z", "+01:00", "+0100", "+01" or nothing. */
static bool is_offset (na_slice text) {
  if (text.size == 0) return true;
  if (skip(&text, 'Z') || skip(&text, 'z')) return text.size == 0;
  if (!skip(&text, '+') && !skip(&text, '-')) return false;
  int hours = digits(&text, 2);
  if (hours < 0 || hours > 23) return false;
  if (text.size == 0) return true;
  skip(&text, ':');
  int minutes = digits(&text, 2);
  return minutes >= 0 && minutes < 60 && text.size == 0;
}

static bool is_time (na_slice text) {
  int hour = digits(&text, 2);
  if (hour < 0 || hour > 24 || !skip(&text, ':')) return false;
  int minute = digits(&text, 2);
  if (minute < 0 || minute > 59) return false;
  if (skip(&text, ':')) {
    int second = digits(&text, 2);
    if (second < 0 || second > 60) return false;
    if (skip(&text, '.') || skip(&text, ','))
      while (text.size && na_is_digit(text.data[0])) text = na_slice_part(text, 1, text.size);
  }
  return is_offset(na_slice_trim(text));
}

na_day na_day_parse (na_slice text) {
  int year = digits(&text, 4);
  if (year < 0 || !skip(&text, '-')) return NA_DAY_NONE;
  int month = digits(&text, 2);
  if (month < 0 || !skip(&text, '-')) return NA_DAY_NONE;
  int day = digits(&text, 2);
  if (day < 0) return NA_DAY_NONE;
  bool separated = skip(&text, 'T') || skip(&text, 't') || skip(&text, ' ');
  if (separated ? !is_time(text) : text.size > 0) return NA_DAY_NONE;
  return na_day_of(year, month, day);
}

bool na_day_span (na_slice text, na_day *first, na_day *last) {
  if (text.size > 7) {
    *first = *last = na_day_parse(text);
    return *first != NA_DAY_NONE;
  }
  int year = digits(&text, 4), month = 0;
  if (text.size && (!skip(&text, '-') || (month = digits(&text, 2)) < 1 || text.size)) return false;
  *first = na_day_of(year, month ? month : 1, 1);
  *last = na_day_of(year, month ? month : 12, 31);
  for (int day = 30; *first != NA_DAY_NONE && *last == NA_DAY_NONE; day--)
    *last = na_day_of(year, month, day);
  return *first != NA_DAY_NONE;
}
