/* csrc/relate/context.h -- related stories by the reference's rule: the number of shared entities, then the newest path. */
#ifndef NA_RELATE_CONTEXT_H
#define NA_RELATE_CONTEXT_H

#include "base/buffer.h"
#include "index/archive.h"
#include "index/bitmap.h"

#define NA_CONTEXT_LIMIT 10 /* the reference's longest list */

/* How a list is shown: in the order of its choice, or the chosen ones newest first by true date. */
typedef enum na_context_display { NA_DISPLAY_RANK, NA_DISPLAY_DATE } na_context_display;

/*
** Which stories are asked for: all, or those of earlier or later days than the story's own. By relevance also those that
** stand before it, of earlier days and of its own day but added before it; and those of later days that its list took in
** as it grew (best.h).
*/
typedef enum na_direction {
  NA_DIRECTION_ALL,
  NA_DIRECTION_BEFORE,
  NA_DIRECTION_AFTER,
  NA_DIRECTION_PRECEDING,
  NA_DIRECTION_NEXT,
} na_direction;

/* The other story and the number of entities that both have. */
typedef struct na_relation {
  uint32_t story, shared;
} na_relation;

/*
** Posting lists over ranks. A rank stands for a path "news/2007/09/1/slug.md"; ranks ascend with the paths as texts, which is
** the rule's tie order ("2013/06/8" above "2013/06/18"). Of stories with one path the last added stands for it, since it
** overwrote the others. All zero is valid and empty.
*/
typedef struct na_context_index {
  uint32_t *story_of, *rank_of; /* rank -> story, story -> rank */
  uint32_t rank_count;
  na_postings mentions; /* entity -> ranks, ascending */
  na_bitmap *bitmaps;   /* of each entity, where its list is long */
  na_arena arena;       /* of the bitmaps */
  uint32_t *shared;     /* of each rank, for the query at hand; all 0 between queries */
  uint32_t *touched;    /* the ranks whose `shared` is not 0 */
} na_context_index;

void na_context_index_free (na_context_index *index);

/* Makes the index of a sealed archive. `chinese` takes the Chinese edition's slugs, otherwise the English one's. */
na_status na_context_index_build (na_context_index *index, na_archive *archive, bool chinese);

#define NA_CONTEXT_LIMIT_MAX 1000

/* What is asked of the rule. */
typedef struct na_context_query {
  uint32_t story;
  size_t limit; /* 0 to NA_CONTEXT_LIMIT_MAX */
  na_direction direction;
  na_context_display display;
} na_context_query;

/*
** The relations of a story into `relations`, which has room for `limit` of them; gives their number.
** Cost: at most the lengths of the posting lists of the story's entities but the longest, times their number up to 16; where
** many share several entities, a part of it.
*/
size_t na_context_related (na_context_index *index, const na_archive *archive, const na_context_query *query,
                           na_relation *relations);

/* Appends the path that the reference would give the story: its own where it came from there. */
na_status na_context_path (na_buffer *out, const na_story *story, bool chinese);

#endif
