/* csrc/index/identity.h -- the permanent names of stories. */
#ifndef NA_INDEX_IDENTITY_H
#define NA_INDEX_IDENTITY_H

#include "parse/report.h"
#include "text/lookup.h"

/*
** The ids given so far, of each its XXH3 alone. That a million ids have two with the same one happens once in 30 million times;
** then the later one gets a number behind it that it could do without. All zero is valid and empty.
*/
typedef struct na_ids {
  na_lookup numbers; /* of an id -> how many stories asked for it */
} na_ids;

void na_ids_free (na_ids *ids);

/* Notes that a story has that id already. Fails only for want of memory. */
na_status na_ids_note (na_ids *ids, na_slice id);

/* Whether a story may have that id: false is sure. */
bool na_ids_may_have (const na_ids *ids, na_slice id);

/*
** Gives `story` its id where it has none: its day, '/', its `slug` or the slug of its title. A second story of that id
** gets "-2" behind it, and so on. An id that the story brings itself and that another one has is changed in the same
** way, and a problem is noted. The story's texts live in the report's arena. Fails only for want of memory.
*/
na_status na_ids_assign (na_ids *ids, na_report *report, na_story *story);

#endif
