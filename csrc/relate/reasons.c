#include "relate/reasons.h"

static bool is_larger (na_reason a, na_reason b) {
  return a.share != b.share ? a.share > b.share : a.term < b.term;
}

/* Puts `more` in its place among the `limit` largest; gives their number. Stories share few terms: moving them is cheap. */
static size_t keep_largest (na_reason *reasons, size_t count, size_t limit, na_reason more) {
  if (count < limit)
    count++;
  else if (!limit || !is_larger(more, reasons[limit - 1]))
    return count;
  size_t at = count - 1;
  for (; at > 0 && is_larger(more, reasons[at - 1]); at--) reasons[at] = reasons[at - 1];
  reasons[at] = more;
  return count;
}

size_t na_reasons_take (const na_walk *walk, uint32_t story, uint32_t other, size_t limit,
                        na_reason *reasons) {
  uint32_t days = na_days_between(walk->related->archive, story, other);
  size_t count = 0;
  na_story_terms own = na_terms_of(walk->related->terms, other);
  for (size_t k = 0; k < own.count; k++) {
    uint32_t term = own.items[k], sum = walk->weights[term] * own.impacts[k];
    if (!sum) continue;
    na_reason reason = { term, na_score_of(walk->related, sum, days) };
    count = keep_largest(reasons, count, limit, reason);
  }
  return count;
}
