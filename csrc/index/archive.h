/* csrc/index/archive.h -- stories with their indexes, in memory. */
#ifndef NA_INDEX_ARCHIVE_H
#define NA_INDEX_ARCHIVE_H

#include "index/identity.h"
#include "index/postings.h"

/*
** Stories in order of day, then of adding; entities in order of code points. All numbers count from 0.
** The indexes are valid after na_archive_seal and until the next na_archive_add. All zero is a valid empty archive.
** Stories belong to the reports they came from, which must live as long as the archive.
*/
typedef struct na_archive {
  na_story **stories;
  na_day *days; /* of each story */
  size_t count, capacity, sealed;
  na_ids ids;
  na_map numbers;     /* id -> story */
  na_slice *entities; /* names */
  size_t entity_count;
  na_map entity_numbers; /* name -> entity */
  na_postings context;   /* story -> its entities, ascending */
  na_postings mentions;  /* entity -> its stories, ascending */
} na_archive;

void na_archive_free (na_archive *archive);

/* Adds the stories of `report` from number `from` on, giving ids to those without. Fails only for want of memory. */
na_status na_archive_add (na_archive *archive, na_report *report, size_t from);

/*
** Makes the indexes, where something was added since the last time. O(n log n) in stories and entities.
** Fails for want of memory, or with NA_LIMIT beyond 2^32 - 2 stories or mentions; then it can be called again.
*/
na_status na_archive_seal (na_archive *archive);

/* The story of that id, or NA_MAP_NONE. */
uint32_t na_archive_find (const na_archive *archive, na_slice id);

#endif
