/* csrc/parse/timestamp.h -- dates as people write them in front matter. */
#ifndef NA_PARSE_TIMESTAMP_H
#define NA_PARSE_TIMESTAMP_H

#include "base/buffer.h"
#include "base/date.h"

/*
** Appends the ISO 8601 form of a date or a date-time: "2007-09-01", "2007-9-1", "2007/09/01", "2007-09-01 10:00",
** "2007-09-01 10:00:00 +0800", "2007-09-01T10:00:00.5Z", "2007-09-01 10:00:00 UTC" and the like, which is what Hugo,
** Jekyll and YAML's timestamps have. A date stays a date; an offset stays as it is, nothing is converted.
** NA_BAD where `text` is none or no day of the calendar.
*/
na_status na_timestamp_append (na_buffer *out, na_slice text);

/*
** The day that `text` begins with, "2007-09-01" or "2007-9-1" with either '-' or '/' between, and in *end where it ends;
** NA_DAY_NONE where there is none.
*/
na_day na_timestamp_day (na_slice text, size_t *end);

#endif
