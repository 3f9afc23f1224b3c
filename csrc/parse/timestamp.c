#include "parse/timestamp.h"

#include <strings.h>

/* What is left to read. */
typedef struct reader {
  na_slice text;
  size_t at;
} reader;

static char peek (const reader *r) {
  return r->at < r->text.size ? r->text.data[r->at] : '\0';
}

static bool skip (reader *r, char c) {
  if (peek(r) != c || r->at == r->text.size) return false;
  r->at++;
  return true;
}

static bool skip_blanks (reader *r) {
  size_t start = r->at;
  while (peek(r) == ' ' || peek(r) == '\t') r->at++;
  return r->at > start;
}

/* A number of `least` to `most` digits; -1 where there is none. */
static int number (reader *r, size_t least, size_t most) {
  size_t start = r->at;
  int value = 0;
  while (r->at - start < most && na_is_digit(peek(r))) value = value * 10 + (r->text.data[r->at++] - '0');
  return r->at - start >= least ? value : -1;
}

static bool in (int value, int least, int most) {
  return value >= least && value <= most;
}

na_day na_timestamp_day (na_slice text, size_t *end) {
  reader r = { text, 0 };
  int year = number(&r, 4, 4);
  char between = peek(&r);
  if (year < 0 || (between != '-' && between != '/')) return NA_DAY_NONE;
  r.at++;
  int month = number(&r, 1, 2);
  if (month < 0 || !skip(&r, between)) return NA_DAY_NONE;
  int day = number(&r, 1, 2);
  if (day < 0 || na_is_digit(peek(&r))) return NA_DAY_NONE;
  *end = r.at;
  return na_day_of(year, month, day);
}

/* "Z", "UTC", "GMT", "+08:00", "+0800", "+8" or nothing. */
static na_status append_offset (na_buffer *out, reader *r) {
  bool blank = skip_blanks(r);
  na_slice rest = na_slice_part(r->text, r->at, r->text.size);
  if (!rest.size) return NA_OK;
  if (rest.size == 1 && (rest.data[0] == 'Z' || rest.data[0] == 'z')) return na_buffer_byte(out, 'Z');
  if (blank && rest.size == 3 && (!strncasecmp(rest.data, "UTC", 3) || !strncasecmp(rest.data, "GMT", 3)))
    return na_buffer_byte(out, 'Z');
  char sign = peek(r);
  if (!skip(r, '+') && !skip(r, '-')) return NA_BAD;
  int hours = number(r, 1, 2), minutes = 0;
  bool colon = skip(r, ':');
  if (colon || r->at < r->text.size) minutes = number(r, 2, 2);
  if (!in(hours, 0, 23) || !in(minutes, 0, 59) || r->at != r->text.size) return NA_BAD;
  return na_buffer_format(out, "%c%02d:%02d", sign, hours, minutes);
}

static na_status append_time (na_buffer *out, reader *r) {
  int hour = number(r, 1, 2), minute = skip(r, ':') ? number(r, 2, 2) : -1, second = 0;
  size_t fraction = 0, from = 0;
  if (skip(r, ':')) {
    second = number(r, 2, 2);
    if (skip(r, '.')) {
      from = r->at;
      while (na_is_digit(peek(r))) r->at++;
      fraction = r->at - from;
    }
  }
  if (!in(hour, 0, 23) || !in(minute, 0, 59) || !in(second, 0, 60)) return NA_BAD;
  NA_TRY(na_buffer_format(out, "T%02d:%02d:%02d", hour, minute, second));
  if (fraction) {
    NA_TRY(na_buffer_byte(out, '.'));
    NA_TRY(na_buffer_append(out, na_slice_part(r->text, from, from + fraction)));
  }
  return append_offset(out, r);
}

na_status na_timestamp_append (na_buffer *out, na_slice text) {
  reader r = { na_slice_trim(text), 0 };
  size_t before = out->size;
  na_day day = na_timestamp_day(r.text, &r.at);
  if (day == NA_DAY_NONE) return NA_BAD;
  char iso[NA_DATE_BYTES];
  na_day_format(day, iso);
  NA_TRY(na_buffer_append(out, na_slice_z(iso)));
  if (r.at == r.text.size) return NA_OK;
  bool separated = skip(&r, 'T') || skip(&r, 't') || skip_blanks(&r);
  na_status status = separated ? append_time(out, &r) : NA_BAD;
  if (status != NA_OK) out->size = before;
  return status;
}
