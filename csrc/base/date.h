/* csrc/base/date.h -- days of the proleptic Gregorian calendar, ISO 8601 in and out, no clock and no time zone table. */
#ifndef NA_BASE_DATE_H
#define NA_BASE_DATE_H

#include <stdint.h>

#include "base/slice.h"

/* Days since 1970-01-01, negative before it. */
typedef int32_t na_day;
#define NA_DAY_NONE INT32_MIN

#define NA_DATE_BYTES 11 /* "2007-09-01" and a NUL */

/* The day of year 1..9999, month 1..12, day 1..31, or NA_DAY_NONE where there is no such day. */
na_day na_day_of (int year, int month, int day);

void na_day_split (na_day when, int *year, int *month, int *day);

/* Writes "2007-09-01" and a NUL. The day must be one that na_day_of gave. */
void na_day_format (na_day when, char text[NA_DATE_BYTES]);

/*
** Reads the day of an ISO 8601 date ("2007-09-01") or date-time ("2007-09-01T10:30:00Z", also with a blank for the T,
** with seconds or without, with a fraction, with an offset). NA_DAY_NONE where `text` is not wholly one of these.
** The day is the one that is written: no offset is applied.
*/
na_day na_day_parse (na_slice text);

/*
** The first and the last day of a year ("2007"), a month ("2007-09") or a day ("2007-09-01", or a date-time).
** False where `text` is none of these.
*/
bool na_day_span (na_slice text, na_day *first, na_day *last);

#endif
