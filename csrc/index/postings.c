#include "index/postings.h"

#include <string.h>

#include "base/memory.h"

void na_postings_free (na_postings *postings) {
  na_free(postings->starts);
  na_free(postings->items);
  *postings = (na_postings){ 0 };
}

na_status na_postings_alloc (na_postings *postings, size_t count, size_t items) {
  *postings = (na_postings){ 0 };
  if (count >= UINT32_MAX || items >= UINT32_MAX) return NA_LIMIT;
  postings->starts = na_malloc((count + 1) * sizeof *postings->starts);
  postings->items = na_malloc(items * sizeof *postings->items);
  if (!postings->starts || !postings->items) {
    na_postings_free(postings);
    return NA_NOMEM;
  }
  postings->starts[0] = 0;
  postings->count = count;
  return NA_OK;
}

/* The place of the item, which is in [low, high]. */
static size_t bisect (na_posting_list list, uint32_t item, size_t low, size_t high) {
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (list.items[middle] < item)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

size_t na_postings_place (na_posting_list list, uint32_t item) {
  return bisect(list, item, 0, list.count);
}

size_t na_postings_place_near (na_posting_list list, uint32_t item, size_t near) {
  size_t step = 1, low = near < list.count ? near : list.count, high = low;
  if (low < list.count && list.items[low] < item) {
    for (low++; step < list.count - low && list.items[low + step] < item; step *= 2) low += step + 1;
    high = step < list.count - low ? low + step : list.count;
  } else {
    for (; step <= high && list.items[high - step] >= item; step *= 2) high -= step;
    low = step <= high ? high - step + 1 : 0;
  }
  return bisect(list, item, low, high);
}

na_status na_postings_transpose (na_postings *out, const na_postings *in, size_t columns) {
  size_t total = in->count ? in->starts[in->count] : 0;
  NA_TRY(na_postings_alloc(out, columns, total));
  memset(out->starts, 0, (columns + 1) * sizeof *out->starts);
  for (size_t k = 0; k < total; k++) out->starts[in->items[k] + 1]++;
  for (size_t j = 0; j < columns; j++) out->starts[j + 1] += out->starts[j];
  /* starts[j] walks to the end of list j while it is filled, and so becomes the start of list j + 1 */
  for (size_t i = 0; i < in->count; i++) {
    na_posting_list list = na_postings_list(in, i);
    for (size_t k = 0; k < list.count; k++) out->items[out->starts[list.items[k]]++] = (uint32_t)i;
  }
  memmove(out->starts + 1, out->starts, columns * sizeof *out->starts);
  out->starts[0] = 0;
  return NA_OK;
}
