/* csrc/index/sight.h -- a title as the scout sees it: its pieces, the known names in them, and features of both. */
#ifndef NA_INDEX_SIGHT_H
#define NA_INDEX_SIGHT_H

#include "index/scout.h"

/* Where a piece stands in the longest known name around it. */
typedef struct na_sight_place {
  uint8_t tag;       /* na_crf_tag */
  uint8_t share;     /* how often the name is linked when it is there, in steps */
  uint8_t weight;    /* how often it was there at all, in steps */
  uint8_t pieces;    /* of the name, 6 for more */
  bool starts, ends; /* some known name starts or ends here */
} na_sight_place;

/* All zero is valid and empty. */
typedef struct na_sight {
  na_slice text; /* folded */
  na_piece *pieces;
  na_sight_place *places;
  size_t count, piece_capacity, place_capacity;
  na_spans spans;
} na_sight;

void na_sight_free (na_sight *sight);

/*
** What the stories of one day say of a name, which learning from that day must not know: whether a context has it (0), a
** title (1), both (2). `marks` holds the keys of what they say.
*/
typedef struct na_sight_day {
  const na_lookup *marks;
  na_day day;
} na_sight_day;

uint64_t na_sight_mark (na_day day, uint32_t name, unsigned kind);

/* Looks at a folded text; `day` may be NULL. Fails only for want of memory. */
na_status na_sight_look (const na_scout *scout, na_slice text, const na_sight_day *day, na_sight *sight);

/* The keys of the features of piece `i`. */
void na_sight_features (const na_sight *sight, size_t i, uint64_t keys[NA_CRF_WIDTH]);

/* The piece that starts at byte `start` or is the first behind it; `count` beyond the last. */
size_t na_sight_piece (const na_sight *sight, size_t start);

/* Puts `text` into `out`, emptied before, with every character in the form that the scout takes for it. Of the same size. */
na_status na_scout_fold (const na_scout *scout, na_slice text, na_buffer *out);

/* The number of a name, which is made where its folded form is new. Fails only for want of memory. */
na_status na_scout_add (na_scout *scout, na_slice name, na_slice folded, uint32_t *number, bool *fresh);

#endif
