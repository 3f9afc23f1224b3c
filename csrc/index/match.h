/* csrc/index/match.h -- the same stories, read again: which story of a new list is which of an old one. */
#ifndef NA_INDEX_MATCH_H
#define NA_INDEX_MATCH_H

#include "parse/story.h"

/*
** How alike the words of two stories must be, from 0 to 1 (text/likeness.h). Different stories of one day
** seldom have half of their words in common ("A writer dies at the age of 89", "A singer dies at the age of
** 84"), and an edit seldom touches half of them. Different stories with one source mostly stay below 0.3:
** names and little words.
*/
#define NA_MATCH_ALIKE        0.5 /* where nothing but the words speaks for it */
#define NA_MATCH_ALIKE_SHARED 0.3 /* where they cite an address in common */

#define NA_MATCH_POSTINGS   64 /* stories of a day that have a word or an address: in more, it tells nothing */
#define NA_MATCH_CANDIDATES 256 /* stories that one story is compared with */

typedef enum na_match_reason { NA_MATCH_BY_ID, NA_MATCH_BY_SOURCES, NA_MATCH_BY_WORDS } na_match_reason;

/* One story found again: places in the lists, why, and how alike the words are (1 for the same id). */
typedef struct na_match {
  uint32_t old, new;
  na_match_reason reason;
  double score;
} na_match;

/* All zero is a valid empty list. */
typedef struct na_matches {
  na_match *items;
  size_t count, capacity;
} na_matches;

void na_matches_free (na_matches *matches);

typedef struct na_story_list {
  na_story *const *items;
  size_t count; /* below 2^32 */
} na_story_list;

/*
** Finds the pairs and puts them into *matches (empty before), in the order of the new list. Every story is in
** one pair at most. The rules are tried in this order; within a rule the words most alike come first, then
** what is first in the lists:
**
**   id       the same id.
**   sources  the same day and the same set of addresses (as na_url_append_key sees them); where several
**            stories of the day cite just these, the words must be alike by NA_MATCH_ALIKE_SHARED.
**   words    the words alike by NA_MATCH_ALIKE on the same day, or on a neighbouring day with an address in
**            common; by NA_MATCH_ALIKE_SHARED on the same day with an address in common.
**
** Stories in two languages are never the same but by id. Days with up to NA_MATCH_POSTINGS stories are
** compared completely, on larger ones what is common to very many stories does not count; the cost is that of
** sorting the lists. Fails only for want of memory, and then the pairs that are there are good ones.
*/
na_status na_match_stories (na_matches *matches, na_story_list old, na_story_list new);

#endif
