/* csrc/parse/story.h -- a story as the core knows it, and the shapes by which it is copied, printed and read. */
#ifndef NA_PARSE_STORY_H
#define NA_PARSE_STORY_H

#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/slice.h"
#include "base/status.h"

/* A list of texts; `count == 0` is the absent list. */
typedef struct na_strings {
  na_slice *items;
  size_t count;
} na_strings;

/* A list of records of one shape. */
typedef struct na_records {
  void *items;
  size_t count;
} na_records;

/* A publication cited by a story. */
typedef struct na_source {
  na_slice name, url, archive_url, title, description, publisher, via, language, image;
  bool dead; /* the link is known not to lead anywhere any more */
} na_source;

/* Something that a story is about, as its link was written (wikitext). */
typedef struct na_mention {
  na_slice target, section, label, interwiki, interlanguage;
  bool missing; /* the link is known to lead nowhere */
} na_mention;

/* A relation that the input itself declares: the reference's "Related" lists. */
typedef struct na_declared {
  na_slice id, url, title;
  na_strings context;
} na_declared;

/* Another headline listed for the same address: the reference let stories of one slug overwrite each other. */
typedef struct na_headline {
  na_slice title, topic;
  int64_t order;
} na_headline;

/* Where a story was read. */
typedef struct na_origin {
  na_slice path;
  int64_t line;
} na_origin;

/*
** One dated news item. Absent texts have `data == NULL`, absent lists `count == 0`, absent numbers are 0.
** Texts are UTF-8. All memory belongs to the na_report or na_archive that the story is in.
*/
typedef struct na_story {
  na_slice id, date, title, body, description, language, category, raw_category, lead, role;
  na_slice slug, url, updated;
  na_slice params; /* JSON object of the front matter that no other field holds */
  na_strings topics, context, tags, aliases, authors;
  na_records sources, mentions, related, headlines;
  na_origin origin;
  int64_t order; /* place within its day, from 1; 0 where the input does not say */
  bool draft;
} na_story;

/* ---- shapes: one table says which fields there are; JSON, Lua and copies follow it ---- */

typedef enum na_kind {
  NA_KIND_STRING,  /* na_slice */
  NA_KIND_STRINGS, /* na_strings */
  NA_KIND_INTEGER, /* int64_t */
  NA_KIND_BOOLEAN, /* bool, absent where false */
  NA_KIND_JSON,    /* na_slice holding JSON */
  NA_KIND_RECORD,  /* a struct inside the struct */
  NA_KIND_RECORDS, /* na_records */
} na_kind;

/* Texts that many stories repeat are kept once in an archive: which of its lists has a field's. */
typedef enum na_pool {
  NA_POOL_NONE, /* hardly repeated: it stands in the story itself */
  NA_POOL_ENTITY,
  NA_POOL_SOURCE,
  NA_POOL_TOPIC,
  NA_POOL_CATEGORY,
  NA_POOL_OTHER,
  NA_POOL_COUNT,
} na_pool;

typedef struct na_field {
  const char *name;
  na_kind kind;
  na_pool pool;
  size_t offset;
  const struct na_shape *shape; /* of NA_KIND_RECORD and NA_KIND_RECORDS */
} na_field;

typedef struct na_shape {
  const char *name;
  size_t size;
  const na_field *fields; /* in order of name, so that what is printed in this order is sorted */
  size_t count;
} na_shape;

extern const na_shape na_story_shape, na_source_shape, na_mention_shape, na_declared_shape, na_headline_shape;

/* Where `field` lies in `record`. */
static inline void *na_field_of (const na_field *field, const void *record) {
  return (char *)(uintptr_t)record + field->offset;
}

/* The field called `name`, or NULL. */
const na_field *na_shape_find (const na_shape *shape, na_slice name);

/* Whether `field` of `record` is absent. */
bool na_field_absent (const na_field *field, const void *record);

/* Copies `from` with all that it points to into `arena`. Fails only for want of memory. */
na_status na_record_copy (na_arena *arena, const na_shape *shape, void *to, const void *from);

/* Puts every field of `from` that is not absent in the place of the same field of `to`; the memory is shared. */
void na_record_amend (const na_shape *shape, void *to, const void *from);

/* ---- lists that grow while a story is being read ---- */

/* Appends a copy of `text`; the list's items live in `arena`. Fails only for want of memory. */
na_status na_strings_add (na_arena *arena, na_strings *list, na_slice text);

/* Appends a cleared record of `size` bytes and gives its address; NULL where memory ran out. */
void *na_records_add (na_arena *arena, na_records *list, size_t size);

/* Sorts by code point and removes repeats, in place. */
void na_strings_sort_unique (na_strings *list);

/* The day of the story's date, or NA_DAY_NONE. */
na_day na_story_day (const na_story *story);

#endif
