#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "index/forms.h"
#include "index/scout.h"
#include "index/sight.h"

/*
** Lines of values parted by tabs; the first says what the line is:
**   form  character  the one to take for it
**   seen  name  days  seen  linked  first day         as of na_scout_name
**   move  from  to OUT BEGIN INSIDE END SINGLE        weights in thousandths
**   look  key (hexadecimal)  for the same five        weights in thousandths
*/
#define WEIGHT_UNITS 1000
#define LEAST_WEIGHT 20 /* a feature with nothing above it makes no difference */
#define FIELDS_MAX   8

/* ---- out ---- */

static long in_units (float weight) {
  return lrintf(weight * WEIGHT_UNITS);
}

static bool has_control (na_slice text) {
  for (size_t i = 0; i < text.size; i++)
    if ((unsigned char)text.data[i] < ' ') return true;
  return false;
}

static na_status write_weights (na_buffer *out, const float weights[NA_CRF_TAGS]) {
  for (size_t tag = 0; tag < NA_CRF_TAGS; tag++)
    NA_TRY(na_buffer_format(out, "\t%ld", in_units(weights[tag])));
  return na_buffer_byte(out, '\n');
}

static na_status write_forms (const na_scout *scout, na_buffer *out) {
  for (uint32_t c = 0; scout->forms && c < NA_FORMS_COUNT; c++) {
    if (scout->forms[c] == c) continue;
    NA_TRY(na_buffer_append(out, NA_LITERAL("form\t")));
    NA_TRY(na_buffer_char(out, c));
    NA_TRY(na_buffer_byte(out, '\t'));
    NA_TRY(na_buffer_char(out, scout->forms[c]));
    NA_TRY(na_buffer_byte(out, '\n'));
  }
  return NA_OK;
}

static na_status write_names (const na_scout *scout, na_buffer *out) {
  for (size_t i = 0; i < scout->count; i++) {
    const na_scout_name *name = &scout->items[i];
    char first[NA_DATE_BYTES];
    if (has_control(name->name)) continue;
    na_day_format(name->first, first);
    NA_TRY(na_buffer_append(out, NA_LITERAL("seen\t")));
    NA_TRY(na_buffer_append(out, name->name));
    NA_TRY(na_buffer_format(out, "\t%u\t%u\t%u\t%s\n", name->days, name->seen, name->linked, first));
  }
  return NA_OK;
}

/* The feature in order of its number, so that the lines come in the order in which the features were met. */
static na_status write_looks (const na_crf *crf, na_buffer *out) {
  uint64_t *keys = na_malloc(crf->count * sizeof *keys);
  if (!keys) return NA_NOMEM;
  for (size_t i = 0; i < crf->features.capacity; i++)
    if (crf->features.keys[i]) keys[crf->features.numbers[i]] = crf->features.keys[i];
  na_status status = NA_OK;
  for (size_t i = 0; i < crf->count && status == NA_OK; i++) {
    long most = 0;
    for (size_t tag = 0; tag < NA_CRF_TAGS; tag++) {
      long size = labs(in_units(crf->weights[i][tag]));
      most = size > most ? size : most;
    }
    if (most < LEAST_WEIGHT) continue;
    status = na_buffer_format(out, "look\t%016llx", (unsigned long long)keys[i]);
    if (status == NA_OK) status = write_weights(out, crf->weights[i]);
  }
  na_free(keys);
  return status;
}

na_status na_scout_write (const na_scout *scout, na_buffer *out) {
  NA_TRY(write_forms(scout, out));
  NA_TRY(write_names(scout, out));
  if (!scout->crf.count) return NA_OK;
  for (size_t i = 0; i <= NA_CRF_TAGS; i++) {
    NA_TRY(na_buffer_format(out, "move\t%zu", i));
    NA_TRY(write_weights(out, scout->crf.moves[i]));
  }
  return write_looks(&scout->crf, out);
}

/* ---- in ---- */

typedef struct tsv_row {
  na_slice fields[FIELDS_MAX];
  size_t count;
} tsv_row;

static tsv_row split (na_slice line) {
  tsv_row row = { .count = 0 };
  for (size_t at = 0; at <= line.size && row.count < FIELDS_MAX;) {
    size_t end = na_slice_find(line, '\t', at);
    row.fields[row.count++] = na_slice_part(line, at, end);
    at = end + 1;
  }
  return row;
}

/* A whole number of at most nine digits, with a sign. */
static bool read_number (na_slice text, long *number) {
  bool negative = text.size && text.data[0] == '-';
  size_t at = negative;
  if (text.size == at || text.size > at + 9) return false;
  for (*number = 0; at < text.size; at++) {
    if (!na_is_digit(text.data[at])) return false;
    *number = *number * 10 + (text.data[at] - '0');
  }
  if (negative) *number = -*number;
  return true;
}

static bool read_count (na_slice text, uint32_t *count) {
  long number;
  if (!read_number(text, &number) || number < 0) return false;
  *count = (uint32_t)number;
  return true;
}

static bool read_weights (const tsv_row *row, float weights[NA_CRF_TAGS]) {
  if (row->count != 2 + NA_CRF_TAGS) return false;
  for (size_t tag = 0; tag < NA_CRF_TAGS; tag++) {
    long units;
    if (!read_number(row->fields[2 + tag], &units)) return false;
    weights[tag] = (float)units / WEIGHT_UNITS;
  }
  return true;
}

/* A character of three bytes of UTF-8, which is what forms are kept for. */
static bool read_form (na_slice text, uint16_t *c) {
  if (text.size != 3 || ((unsigned char)text.data[0] & 0xF0) != 0xE0) return false;
  *c = (uint16_t)((text.data[0] & 0x0F) << 12 | (text.data[1] & 0x3F) << 6 | (text.data[2] & 0x3F));
  return true;
}

static na_status read_seen (na_scout *scout, const tsv_row *row, na_buffer *folded) {
  na_scout_name read = { .first = NA_DAY_NONE };
  if (row->count < 6 || !read_count(row->fields[2], &read.days) || !read_count(row->fields[3], &read.seen) ||
      !read_count(row->fields[4], &read.linked) || read.linked > read.seen)
    return NA_BAD;
  read.first = na_day_parse(row->fields[5]);
  if (read.first == NA_DAY_NONE) return NA_BAD;
  uint32_t number;
  bool fresh;
  NA_TRY(na_scout_fold(scout, row->fields[1], folded));
  NA_TRY(na_scout_add(scout, row->fields[1], na_buffer_slice(folded), &number, &fresh));
  na_scout_name *name = &scout->items[number];
  name->days = read.days;
  name->seen = read.seen;
  name->linked = read.linked;
  name->first = read.first;
  return NA_OK;
}

static na_status read_look (na_scout *scout, const tsv_row *row) {
  float weights[NA_CRF_TAGS];
  uint64_t key = 0;
  if (row->count < 2 || row->fields[1].size != 16 || !read_weights(row, weights)) return NA_BAD;
  for (size_t i = 0; i < 16; i++) {
    const char *digits = "0123456789abcdef", *digit = memchr(digits, row->fields[1].data[i], 16);
    if (!digit) return NA_BAD;
    key = key << 4 | (uint64_t)(digit - digits);
  }
  uint32_t number;
  NA_TRY(na_crf_feature(&scout->crf, key, &number));
  memcpy(scout->crf.weights[number], weights, sizeof weights);
  return NA_OK;
}

static na_status read_row (na_scout *scout, const tsv_row *row, na_buffer *folded) {
  na_slice kind = row->fields[0];
  uint32_t from;
  uint16_t c, form;
  if (na_slice_equal(kind, NA_LITERAL("look"))) return read_look(scout, row);
  if (na_slice_equal(kind, NA_LITERAL("seen"))) return read_seen(scout, row, folded);
  if (na_slice_equal(kind, NA_LITERAL("move"))) {
    if (row->count < 2 || !read_count(row->fields[1], &from) || from > NA_CRF_TAGS) return NA_BAD;
    return read_weights(row, scout->crf.moves[from]) ? NA_OK : NA_BAD;
  }
  if (na_slice_equal(kind, NA_LITERAL("form"))) {
    if (row->count < 3 || !read_form(row->fields[1], &c) || !read_form(row->fields[2], &form)) return NA_BAD;
    scout->forms[c] = form;
  }
  return NA_OK;
}

na_status na_scout_read (na_scout *scout, na_slice text, size_t *line) {
  na_buffer folded = { 0 };
  na_status status = NA_OK;
  *line = 0;
  if (!na_fold_open(&scout->fold)) return NA_NOMEM;
  scout->forms = na_malloc(NA_FORMS_COUNT * sizeof *scout->forms);
  if (!scout->forms) return NA_NOMEM;
  for (uint32_t c = 0; c < NA_FORMS_COUNT; c++) scout->forms[c] = (uint16_t)c;
  for (size_t at = 0; at < text.size && status == NA_OK;) {
    size_t end = na_slice_find(text, '\n', at);
    size_t size = end > at && text.data[end - 1] == '\r' ? end - 1 - at : end - at;
    tsv_row row = split(na_slice_of(text.data + at, size));
    ++*line;
    status = read_row(scout, &row, &folded);
    at = end + 1;
  }
  na_buffer_free(&folded);
  return status;
}
