#include "relate/reasons.h"

#include <stdlib.h>

static int compare_shares (const void *a, const void *b) {
  const na_reason *x = a, *y = b;
  if (x->share != y->share) return x->share > y->share ? -1 : 1;
  return (x->term > y->term) - (x->term < y->term);
}

size_t na_reasons_take (const na_walk *walk, uint32_t story, uint32_t other, na_reason *reasons) {
  uint32_t days = na_days_between(walk->related->archive, story, other);
  size_t count = 0;
  na_story_terms own = na_terms_of(walk->related->terms, other);
  for (size_t k = 0; k < own.count; k++) {
    uint32_t term = own.items[k], sum = walk->weights[term] * own.impacts[k];
    if (sum) reasons[count++] = (na_reason){ term, na_score_of(walk->related, sum, days) };
  }
  if (count) qsort(reasons, count, sizeof *reasons, compare_shares);
  return count;
}

size_t na_reasons_find (na_walk *walk, uint32_t story, uint32_t other, na_reason *reasons) {
  na_walk_begin(walk, story);
  size_t count = na_reasons_take(walk, story, other, reasons);
  na_walk_end(walk);
  return count;
}
