/* csrc/relate/reasons.h -- why two stories are related: the formula's sum, taken apart. */
#ifndef NA_RELATE_REASONS_H
#define NA_RELATE_REASONS_H

#include "relate/asking.h"

/* What one shared term adds to the score. */
typedef struct na_reason {
  uint32_t term;
  double share;
} na_reason;

#define NA_REASONS_MAX NA_RELATED_TERMS

/*
** Why `other` is related to `story`, between na_walk_begin(walk, story) and na_walk_end: the `limit` shared terms with the
** largest shares, the largest first, into `reasons`; gives their number. With NA_REASONS_MAX, the shares add up to the score.
*/
size_t na_reasons_take (const na_walk *walk, uint32_t story, uint32_t other, size_t limit,
                        na_reason *reasons);

#endif
