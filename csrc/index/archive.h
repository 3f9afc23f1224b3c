/* csrc/index/archive.h -- stories with their indexes: what an archive file has, mapped or made in memory. */
#ifndef NA_INDEX_ARCHIVE_H
#define NA_INDEX_ARCHIVE_H

#include "base/spill.h"
#include "index/identity.h"
#include "index/postings.h"
#include "index/record.h"

#define NA_LANGUAGE_BYTES 36 /* the longest tag that BCP 47 asks to make room for, and a NUL */

/* Stories that were added and do not have their place yet. */
typedef struct na_intake {
  na_spill records; /* packed, every text in its story */
  na_buffer record; /* the one that is being packed */
  uint64_t *starts; /* of each record */
  na_day *days;
  size_t count, start_capacity, day_capacity;
} na_intake;

/*
** An image with the stories in order of day, `order`, path, line and id, whatever the order of adding; entities and all other
** numbered texts in order of code points. Numbers count from 0. What was added waits in `intake` until na_archive_seal makes a
** new image of all. All zero is a valid empty archive. Stories are copied: a report may go once it was added.
*/
typedef struct na_archive {
  na_image *image;                  /* NULL where there are no stories */
  na_buffer own;                    /* the image's bytes where they are made here */
  na_slice mapped;                  /* a file's where they are not: na_file_unmap is called on it */
  char language[NA_LANGUAGE_BYTES]; /* BCP 47, of the stems of words; a NUL behind */
  size_t count, entity_count;
  const na_day *days; /* of each story */
  na_rows records, pools[NA_POOL_COUNT], mention_rows;
  na_column by_id;
  na_postings context;  /* story -> its entities, ascending; after na_archive_index */
  na_postings mentions; /* entity -> its stories, ascending; after na_archive_index */
  na_intake intake;
  na_ids ids; /* of all stories, where some were added since the image was made */
  bool has_ids;
  size_t spill_limit; /* bytes that wait in memory while it is made; 0 is NA_SPILL_BYTES */
} na_archive;

void na_archive_free (na_archive *archive);

/* Sets the language of an archive without stories; cut where it is longer than any. */
void na_archive_speak (na_archive *archive, na_slice language);

/*
** A file up to this size is verified wholly when it is opened, which takes well under a millisecond; others where they are
** read.
*/
#define NA_VERIFIED_BYTES ((size_t)4 << 20)

/*
** Replaces what is in `archive` by the image in `bytes`, which na_file_map gave and the archive unmaps; on failure they are the
** caller's still. NA_BAD fills *fault.
*/
na_status na_archive_open (na_archive *archive, na_slice bytes, na_image_fault *fault);

/*
** Adds the stories of `report` from number `from` on, giving ids to those without. NA_NOMEM; NA_IO with errno where there is no
** room for a temporary file (spill.h); NA_BAD where the archive's file is damaged.
*/
na_status na_archive_add (na_archive *archive, na_report *report, size_t from);

/*
** Adds the stories of another sealed archive. One that this archive has already, with the same id and the same fields, is not
** taken a second time: *same counts these. One without a language has that of its archive, where they differ. One of the same
** id that says something else gets an id of its own, and `report` a problem. Fails as na_archive_add does.
*/
na_status na_archive_merge (na_archive *archive, const na_archive *other, na_report *report, size_t *same);

/*
** Makes the image anew where something was added. O(n log n) in the stories. Fails as na_archive_add does, or with NA_LIMIT
** where a section passes 2^32 - 2 items or bytes; then the archive is as it was.
*/
na_status na_archive_seal (na_archive *archive);

/* Writes what an archive says of itself: its language, and the average length of its stories where it has terms, else 0. */
na_status na_meta_write (na_image_writer *image, na_slice language, double average);

/*
** What na_archive_seal is made of: where the texts of a pool go, a waiting story's bytes among all, the ids given back, to be
** noted again where they are needed, and an image made here that takes the place of all there is: in memory, or else mapped.
*/
na_section na_pool_section (na_pool pool);
na_slice na_intake_record (const na_intake *intake, na_slice records, size_t i);
void na_archive_forget_ids (na_archive *archive);
na_status na_archive_adopt (na_archive *archive, na_buffer *memory, na_slice *mapped);

/* Makes `context` and `mentions`, once. Linear in the mentions. Fails as na_archive_seal does. */
na_status na_archive_index (na_archive *archive);

/*
** Gives back the memory in which a mapped file was read so far. A walk over all stories calls it every so many stories, so that
** it takes no more than these do, in whatever order.
*/
#define NA_REST_STORIES 2048
void na_archive_rest (const na_archive *archive);

/* Story `i`, its lists in `arena`, its texts in the archive. NA_BAD where the file is damaged, else NA_NOMEM. */
na_status na_archive_story (const na_archive *archive, size_t i, na_arena *arena, na_story *story);

/* The first story of at least that day; the number of stories where there is none. */
uint32_t na_story_of_day (const na_archive *archive, int64_t day);

/* The story of that id, or NA_MAP_NONE. */
uint32_t na_archive_find (const na_archive *archive, na_slice id);

/* The order of the ids of two stories, as na_slice_compare says it. */
int na_archive_compare_ids (const na_archive *archive, uint32_t a, uint32_t b);

static inline na_slice na_archive_entity (const na_archive *archive, size_t entity) {
  return na_rows_get(&archive->pools[NA_POOL_ENTITY], entity);
}

/* The entity of that name, or NA_MAP_NONE. */
static inline uint32_t na_archive_find_entity (const na_archive *archive, na_slice name) {
  return na_rows_find(&archive->pools[NA_POOL_ENTITY], name);
}

/* Whether something that was read from the file was not as it was written. */
static inline bool na_archive_is_damaged (const na_archive *archive) {
  return archive->image && na_image_is_damaged(archive->image);
}

#endif
