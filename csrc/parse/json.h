/* csrc/parse/json.h -- stories as JSON, through libjansson. */
#ifndef NA_PARSE_JSON_H
#define NA_PARSE_JSON_H

#include <jansson.h>

#include "base/buffer.h"
#include "parse/report.h"

/* Bytes of one line of JSON Lines; a longer one is a problem, not a story. */
#define NA_JSON_LINE_BYTES ((size_t)16 << 20)

/* Digits of numbers that are not whole: every decimal number of so many digits comes back as it was written. */
#define NA_JSON_REAL_DIGITS 15

/* Appends `record` as one JSON object: keys sorted, absent fields left out, no blanks, UTF-8, no line end. Fails only
** for want of memory; a text that is not UTF-8 goes out with U+FFFD for what is not, JSON that is none as null. */
na_status na_json_append (na_buffer *out, const na_shape *shape, const void *record);

/*
** Reads a JSON text with jansson's flags; *value is NULL where that fails. NA_BAD fills *error, which may be NULL.
** For jansson itself often leaves open whether the text is wrong or memory ran out.
*/
na_status na_json_load (na_slice text, size_t flags, json_t **value, json_error_t *error);

/*
** Appends a jansson value with jansson's flags. Fails only for want of memory, leaving `out` as it was.
** For json_dump_callback itself goes on after some failures of its callback, and then reports success.
*/
na_status na_json_dump (na_buffer *out, const json_t *value, size_t flags);

/* Reads JSON Lines (https://jsonlines.org): one story a line, blank lines and a byte order mark skipped. A na_reader. */
na_status na_read_jsonl (na_report *report, na_slice text, const na_read_options *options);

#endif
