#include "index/forms.h"

#include "base/memory.h"
#include "text/lookup.h"
#include "text/utf8.h"

#define TITLE_CHARS 2000 /* of a title are compared with names */
#define NAME_CHARS  20
#define LEAST_PAIRS 2 /* once may be a slip of the pen */

/* That a title has `theirs` where a name has `ours`, and how often. */
typedef struct form_pair {
  uint32_t theirs, ours, count;
} form_pair;

typedef struct form_pairs {
  form_pair *items;
  size_t count, capacity;
  na_lookup numbers;
} form_pairs;

static uint64_t key_of (uint32_t a, uint32_t b) {
  uint64_t key = ((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15u;
  return key ^ key >> 32;
}

static na_status count_pair (form_pairs *pairs, uint32_t theirs, uint32_t ours) {
  void *items = pairs->items;
  if (!na_grow(&items, &pairs->capacity, pairs->count, sizeof *pairs->items)) return NA_NOMEM;
  pairs->items = items;
  uint32_t *number;
  NA_TRY(na_lookup_put(&pairs->numbers, key_of(theirs, ours), &number));
  if (*number == NA_LOOKUP_NONE) {
    *number = (uint32_t)pairs->count;
    pairs->items[pairs->count++] = (form_pair){ theirs, ours, 0 };
  }
  pairs->items[*number].count++;
  return NA_OK;
}

static size_t characters (na_slice text, uint32_t *chars, size_t most) {
  size_t count = 0;
  for (size_t at = 0; at < text.size && count < most;) chars[count++] = na_utf8_next(text, &at);
  return count;
}

/* A character of Chinese writing within three bytes of UTF-8. */
static bool is_han (uint32_t c) {
  return c >= 0x3400 && c < 0xA000;
}

/* How many characters two stretches share; 0 where they differ in anything but Chinese characters. */
static size_t shared (const uint32_t *a, const uint32_t *b, size_t count) {
  size_t same = 0;
  for (size_t i = 0; i < count; i++) {
    if (a[i] == b[i])
      same++;
    else if (!is_han(a[i]) || !is_han(b[i]))
      return 0;
  }
  return same;
}

/* Compares a name with all of a title; counts what differs at the best place, where half of it is the same. */
static na_status compare (const uint32_t *title, size_t title_count, const uint32_t *name, size_t count,
                          form_pairs *pairs) {
  size_t most = 0, place = 0;
  for (size_t i = 0; i + count <= title_count && most < count; i++) {
    size_t same = shared(title + i, name, count);
    if (same > most) most = same, place = i;
  }
  if (most == count || most * 2 < count) return NA_OK;
  for (size_t i = 0; i < count; i++)
    if (title[place + i] != name[i]) NA_TRY(count_pair(pairs, title[place + i], name[i]));
  return NA_OK;
}

static na_status count_story (const na_story *story, form_pairs *pairs) {
  uint32_t title[TITLE_CHARS], name[NAME_CHARS + 1];
  size_t title_count = characters(story->title, title, TITLE_CHARS);
  for (size_t i = 0; i < story->context.count; i++) {
    size_t count = characters(story->context.items[i], name, NAME_CHARS + 1);
    if (count >= 2 && count <= NAME_CHARS && (is_han(name[0]) || is_han(name[1])))
      NA_TRY(compare(title, title_count, name, count, pairs));
  }
  return NA_OK;
}

/* The form that stands for all that are joined with `c`. */
static uint16_t root_of (const uint16_t *forms, uint16_t c) {
  while (forms[c] != c) c = forms[c];
  return c;
}

/* Joins the pairs that are the rule for the character that the title has: others are chance. */
static na_status join (const form_pairs *pairs, uint16_t *forms) {
  uint32_t *totals = na_malloc(NA_FORMS_COUNT * sizeof *totals);
  if (!totals) return NA_NOMEM;
  memset(totals, 0, NA_FORMS_COUNT * sizeof *totals);
  for (size_t i = 0; i < pairs->count; i++) {
    totals[pairs->items[i].theirs] += pairs->items[i].count;
    totals[pairs->items[i].ours] += pairs->items[i].count;
  }
  for (size_t i = 0; i < pairs->count; i++) {
    const form_pair *pair = &pairs->items[i];
    uint32_t back = na_lookup_find(&pairs->numbers, key_of(pair->ours, pair->theirs));
    uint32_t count = pair->count + (back != NA_LOOKUP_NONE ? pairs->items[back].count : 0);
    if (count < LEAST_PAIRS || count * 2 < totals[pair->theirs]) continue;
    forms[root_of(forms, (uint16_t)pair->theirs)] = root_of(forms, (uint16_t)pair->ours);
  }
  na_free(totals);
  for (size_t c = 0; c < NA_FORMS_COUNT; c++) forms[c] = root_of(forms, (uint16_t)c);
  return NA_OK;
}

na_status na_forms_learn (const na_report *report, uint16_t *forms) {
  form_pairs pairs = { 0 };
  na_status status = NA_OK;
  for (size_t c = 0; c < NA_FORMS_COUNT; c++) forms[c] = (uint16_t)c;
  for (size_t i = 0; i < report->story_count && status == NA_OK; i++)
    status = count_story(report->stories[i], &pairs);
  if (status == NA_OK && pairs.count) status = join(&pairs, forms);
  na_free(pairs.items);
  na_lookup_free(&pairs.numbers);
  return status;
}
