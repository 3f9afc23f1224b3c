#include "index/identity.h"

#include <xxhash.h>

#include "text/slug.h"

#define DAY_BYTES (NA_DATE_BYTES - 1)

void na_ids_free (na_ids *ids) {
  na_lookup_free(&ids->numbers);
}

/* Notes that a story asks for `id`; *number is how many have done so before, and *fresh says that it is the first. */
static na_status note (na_ids *ids, na_slice id, uint32_t **number, bool *fresh) {
  NA_TRY(na_lookup_put(&ids->numbers, XXH3_64bits(id.data, id.size), number));
  *fresh = **number == NA_LOOKUP_NONE;
  if (*fresh) **number = 1;
  return NA_OK;
}

na_status na_ids_note (na_ids *ids, na_slice id) {
  bool fresh;
  uint32_t *number;
  return note(ids, id, &number, &fresh);
}

bool na_ids_may_have (const na_ids *ids, na_slice id) {
  return ids->numbers.count && na_lookup_find(&ids->numbers, XXH3_64bits(id.data, id.size)) != NA_LOOKUP_NONE;
}

static na_status wanted_id (na_buffer *id, const na_story *story) {
  if (story->id.data) return na_buffer_append(id, story->id);
  NA_TRY(na_buffer_append(id, na_slice_part(story->date, 0, DAY_BYTES)));
  NA_TRY(na_buffer_byte(id, '/'));
  return na_slug_append(id, story->slug.data ? story->slug : story->title);
}

static na_status assign (na_ids *ids, na_report *report, na_story *story, na_buffer *id) {
  NA_TRY(wanted_id(id, story));
  size_t size = id->size;
  bool fresh;
  uint32_t *number;
  NA_TRY(note(ids, na_buffer_slice(id), &number, &fresh));
  if (!fresh && story->id.data)
    NA_TRY(na_report_problem(report, story->origin.path, (size_t)story->origin.line, 1, "duplicate-id",
                             "another story has the id '%.*s'", (int)story->id.size, story->id.data));
  while (!fresh) {
    id->size = size;
    NA_TRY(note(ids, na_buffer_slice(id), &number, &fresh)); /* it is there: this gives its number */
    ++*number;
    NA_TRY(na_buffer_format(id, "-%u", (unsigned)*number));
    NA_TRY(note(ids, na_buffer_slice(id), &number, &fresh));
  }
  return na_arena_copy(&report->arena, na_buffer_slice(id), &story->id);
}

na_status na_ids_assign (na_ids *ids, na_report *report, na_story *story) {
  na_buffer id = { 0 };
  na_status status = assign(ids, report, story, &id);
  na_buffer_free(&id);
  return status;
}
