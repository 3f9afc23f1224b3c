/*
** The walk goes from the newest story to the oldest, all lists side by side. Stories are in order of date, so of two with one
** score the first that is met stands before the other, and a recency that only falls bounds all that is still to come.
**
** Where all words are needed, the shortest list leads. Its stories are passed over, in blocks, whose impact cannot make a sum
** that is high enough even if all other words were at their highest (block-max); the others are looked up in bitmaps where
** they are long and by galloping where not. Where all lists are long, their bitmaps are met 64 stories at a time. Where one
** word is enough, words that cannot make such a sum even together are only looked up in the stories of the others (MaxScore).
*/
#include "search/rank.h"

#include <math.h>
#include <stdlib.h>

/* ---- lists ---- */

/* Passes all stories behind `story`; says whether it is in the list. */
static inline bool seek (na_plan_list *list, uint32_t story) {
  if (list->bitmap.words) {
    list->left = na_bitmap_place(&list->bitmap, story);
    return na_bitmap_has(&list->bitmap, story);
  }
  list->left = na_postings_place_near((na_posting_list){ list->items, list->left }, story + 1, list->left);
  return list->left && list->items[list->left - 1] == story;
}

/* The story at which the list stands plus one; 0 where all are passed. */
static inline uint32_t edge_of (const na_plan_list *list) {
  return list->left ? list->items[list->left - 1] + 1 : 0;
}

/* What the list adds for the story at which it stands. */
static inline uint32_t share_of (const na_plan_list *list) {
  return list->weight * list->impacts[list->left - 1];
}

static int compare_counts (const void *a, const void *b) {
  const na_plan_list *x = a, *y = b;
  return (x->count > y->count) - (x->count < y->count);
}

static int compare_bounds (const void *a, const void *b) {
  const na_plan_list *x = a, *y = b;
  return (x->bound > y->bound) - (x->bound < y->bound);
}

static void rewind_lists (na_plan_list *lists, size_t count, int (*compare)(const void *, const void *)) {
  for (size_t i = 0; i < count; i++) lists[i].left = lists[i].count;
  if (count) qsort(lists, count, sizeof *lists, compare);
}

static void rewind_all (na_plan *plan) {
  rewind_lists(plan->words, plan->word_count, plan->any ? compare_bounds : compare_counts);
  rewind_lists(plan->filters, plan->filter_count, compare_counts);
  rewind_lists(plan->excluded, plan->excluded_count, compare_counts);
}

/* ---- which stories are meant ---- */

static bool has_phrases (const na_plan *plan, uint32_t story) {
  for (size_t i = 0; i < plan->phrase_count; i++)
    if (na_phrase_in(plan->index, &plan->phrases[i], story) == plan->phrases[i].negated) return false;
  return true;
}

static bool is_excluded (na_plan *plan, uint32_t story) {
  for (size_t i = 0; i < plan->excluded_count; i++)
    if (seek(&plan->excluded[i], story)) return true;
  return false;
}

/* The newest story before `end` in all of the lists, plus one; 0 where there is none. */
static uint32_t align (na_plan_list *lists, size_t count, uint32_t end) {
  for (size_t i = 0; i < count && end;) {
    if (i && lists[i].bitmap.words && !na_bitmap_has(&lists[i].bitmap, end - 1)) {
      end--; /* the first list leads: it is the one that is looked through */
      i = 0;
    } else if (seek(&lists[i], end - 1)) {
      i++;
    } else {
      end = edge_of(&lists[i]);
      i = 0;
    }
  }
  return end;
}

/* The newest story before `end` in one of the words from number `from` on, plus one; 0 where there is none. */
static uint32_t meet (na_plan *plan, size_t from, uint32_t end) {
  uint32_t newest = 0;
  for (size_t i = from; i < plan->word_count; i++) {
    seek(&plan->words[i], end - 1);
    uint32_t edge = edge_of(&plan->words[i]);
    if (edge > newest) newest = edge;
  }
  return newest;
}

/*
** The newest story before `end` that has what is needed but for phrases, plus one; 0 where there is none. Of words of which
** one is enough, those from number `from` on are looked at.
*/
static uint32_t next_story (na_plan *plan, size_t from, uint32_t end) {
  bool any = plan->any && plan->word_count;
  while (end > plan->first) {
    uint32_t found = any ? meet(plan, from, end) : align(plan->words, plan->word_count, end);
    uint32_t kept = align(plan->filters, plan->filter_count, found);
    if (kept < found || found <= plan->first) {
      end = kept;
    } else {
      if (!is_excluded(plan, found - 1)) return found;
      end = found - 1;
    }
  }
  return 0;
}

void na_rank_begin (na_plan *plan) {
  rewind_all(plan);
  plan->at = plan->nothing ? 0 : plan->end;
}

bool na_rank_next (na_plan *plan, uint32_t *story) {
  while ((plan->at = next_story(plan, 0, plan->at)) > 0) {
    *story = --plan->at;
    if (has_phrases(plan, *story)) return true;
  }
  return false;
}

/* ---- the best so far: a heap whose first is the last to be shown ---- */

#define NEED_STORIES 1024 /* for so many the recency is nearly the same */

typedef struct best_list {
  const na_archive *archive;
  const na_search_options *options;
  na_hit *hits;
  size_t count;
  uint32_t
      tie; /* stories before this one are of earlier days than the heap's first: behind it with its score */
  uint32_t need; /* what `needed` found last, and found for stories from `need_from` on */
  uint32_t need_from;
} best_list;

static bool stands_before (const best_list *best, na_hit a, na_hit b) {
  const na_archive *archive = best->archive;
  if (a.score != b.score) return a.score > b.score;
  if (archive->days[a.story] != archive->days[b.story])
    return archive->days[a.story] > archive->days[b.story];
  return na_archive_compare_ids(archive, a.story, b.story) < 0;
}

static double recency_of (const best_list *best, uint32_t story) {
  if (best->options->recency <= 0) return 1;
  const na_archive *archive = best->archive;
  double age = (double)archive->days[archive->count - 1] - (double)archive->days[story];
  return 1 + best->options->recency * pow(2, -age / NA_RECENCY_HALF_LIFE_DAYS);
}

/* Moves the first down to its place among `count`. */
static void sink (best_list *best, size_t count) {
  na_hit moved = best->hits[0];
  size_t i = 0, child;
  for (; (child = 2 * i + 1) < count; i = child) {
    if (child + 1 < count && stands_before(best, best->hits[child], best->hits[child + 1])) child++;
    if (!stands_before(best, moved, best->hits[child])) break;
    best->hits[i] = best->hits[child];
  }
  best->hits[i] = moved;
}

static void rise (best_list *best) {
  size_t i = best->count - 1;
  na_hit moved = best->hits[i];
  while (i && stands_before(best, best->hits[(i - 1) / 2], moved)) {
    best->hits[i] = best->hits[(i - 1) / 2];
    i = (i - 1) / 2;
  }
  best->hits[i] = moved;
}

/* The first story of the day of `story`: by bisection, since one day may have all of them. */
static uint32_t first_of_day (const na_archive *archive, uint32_t story) {
  uint32_t low = 0, high = story;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (archive->days[middle] < archive->days[story])
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void offer (best_list *best, uint32_t story, uint32_t sum) {
  na_hit hit = { story, (double)sum * recency_of(best, story) };
  if (best->count < best->options->limit) {
    best->hits[best->count++] = hit;
    rise(best);
  } else if (best->count && stands_before(best, hit, best->hits[0])) {
    best->hits[0] = hit;
    sink(best, best->count);
  } else {
    return;
  }
  best->tie = first_of_day(best->archive, best->hits[0].story);
  best->need_from = UINT32_MAX;
}

/* The smallest sum with which a story of that number, or one before it, can be among the best. */
static uint32_t find_needed (const best_list *best, uint32_t story) {
  if (best->count < best->options->limit) return 0;
  double worst = best->hits[0].score, factor = recency_of(best, story);
  bool strict = story < best->tie;
  uint32_t sum = (uint32_t)(worst / factor);
  while (sum * factor < worst || (strict && sum * factor <= worst)) sum++;
  while (sum && ((sum - 1) * factor > worst || (!strict && (sum - 1) * factor >= worst))) sum--;
  return sum;
}

/*
** The same or a little less: what is needed only grows as a walk goes back, so what was found for a story bounds those before
** it, and is found anew only when the heap has changed or every so many stories.
*/
static uint32_t needed (best_list *best, uint32_t story) {
  if (story >= best->need_from) return best->need;
  best->need = find_needed(best, story);
  best->need_from = story > NEED_STORIES ? story - NEED_STORIES : 0;
  return best->need;
}

/* Puts the heap in the order in which it is shown. */
static size_t finish (best_list *best) {
  for (size_t left = best->count; left > 1; left--) {
    na_hit last = best->hits[0];
    best->hits[0] = best->hits[left - 1];
    sink(best, left - 1);
    best->hits[left - 1] = last;
  }
  return best->count;
}

/* ---- all words ---- */

/* Of one word alone the blocks of its list pass over more. */
static bool have_bitmaps (const na_plan *plan) {
  for (size_t i = 0; i < plan->word_count; i++)
    if (!plan->words[i].bitmap.words) return false;
  return plan->word_count > 1;
}

/* The last word of the bitmaps before number `w` with stories that are in all of them, plus one; 0 where there is none. */
static size_t meet_in_bitmaps (const na_plan *plan, size_t w, uint64_t *stories) {
  const uint64_t *first = plan->words[0].bitmap.words, *second = plan->words[1].bitmap.words;
  for (; w > 0; w--) {
    *stories = first[w - 1] & second[w - 1];
    for (size_t i = 2; *stories && i < plan->word_count; i++) *stories &= plan->words[i].bitmap.words[w - 1];
    if (*stories) return w;
  }
  return 0;
}

/* What the words add at most for a story of word `w` of the bitmaps. */
static uint32_t bound_in_bitmaps (const na_plan *plan, size_t w) {
  uint32_t bound = 0;
  for (size_t i = 0; i < plan->word_count; i++)
    bound += plan->words[i].weight * plan->words[i].bitmap.tops[w];
  return bound;
}

static uint32_t sum_in_bitmaps (const na_plan *plan, uint32_t story) {
  uint32_t sum = 0;
  for (size_t i = 0; i < plan->word_count; i++) {
    const na_plan_list *list = &plan->words[i];
    sum += list->weight * list->impacts[na_bitmap_place(&list->bitmap, story) - 1];
  }
  return sum;
}

/* Whether a story, older than those asked for before, is kept by the filters and phrases. */
static bool is_kept (na_plan *plan, uint32_t story) {
  return align(plan->filters, plan->filter_count, story + 1) == story + 1 && !is_excluded(plan, story) &&
         has_phrases(plan, story);
}

/* Where all words are long lists they are met 64 stories at a time. */
static void find_in_bitmaps (na_plan *plan, best_list *best) {
  uint64_t stories;
  for (size_t w = ((size_t)plan->end + 63) / 64; (w = meet_in_bitmaps(plan, w, &stories)) > 0; w--) {
    uint32_t base = (uint32_t)(w - 1) * 64, newest = plan->end - base > 64 ? base + 63 : plan->end - 1;
    if (w * 64 <= plan->first) return;
    if (bound_in_bitmaps(plan, w - 1) < needed(best, newest)) continue;
    while (stories) {
      unsigned at = 63 - (unsigned)__builtin_clzll(stories);
      uint32_t story = base + at;
      stories ^= (uint64_t)1 << at;
      if (story < plan->first || story >= plan->end) continue;
      uint32_t sum = sum_in_bitmaps(plan, story);
      if (sum >= needed(best, story) && is_kept(plan, story)) offer(best, story, sum);
    }
  }
}

/* What the words behind the leading one add at most to a story; false where it is seen not to have one of them. */
static bool bound_rest (const na_plan *plan, uint32_t story, uint32_t *bound) {
  *bound = 0;
  for (size_t i = 1; i < plan->word_count; i++) {
    const na_plan_list *list = &plan->words[i];
    if (list->bitmap.words && !na_bitmap_has(&list->bitmap, story)) return false;
    *bound += list->bitmap.words ? list->weight * list->bitmap.tops[story / 64] : list->bound;
  }
  return true;
}

/* The newest story before `end` of the leading word that can be among the best as far as is seen at once, plus one. */
static uint32_t next_likely (na_plan *plan, best_list *best, uint32_t end, uint32_t rest) {
  na_plan_list *lead = &plan->words[0];
  uint32_t bound;
  seek(lead, end - 1);
  while (lead->left) {
    uint32_t story = lead->items[lead->left - 1], need = needed(best, story), share = share_of(lead);
    size_t block = (lead->left - 1) >> NA_BLOCK_BITS;
    if (share + rest >= need && bound_rest(plan, story, &bound) && share + bound >= need) return story + 1;
    if (lead->block_tops && lead->weight * lead->block_tops[block] + rest < need)
      lead->left = block << NA_BLOCK_BITS;
    else
      lead->left--;
  }
  return 0;
}

static void find_all (na_plan *plan, best_list *best) {
  uint32_t rest = 0;
  for (size_t i = 1; i < plan->word_count; i++) rest += plan->words[i].bound;
  for (uint32_t end = plan->end; end > plan->first; end--) {
    end = next_likely(plan, best, end, rest);
    end = next_story(plan, 0, end);
    if (!end) return;
    uint32_t sum = 0;
    for (size_t i = 0; i < plan->word_count; i++) sum += share_of(&plan->words[i]);
    if (sum >= needed(best, end - 1) && has_phrases(plan, end - 1)) offer(best, end - 1, sum);
  }
}

/* ---- any word ---- */

/* What the story adds up to, or 0 where that is less than `need`; the words before number `from` are looked up last. */
static uint32_t complete (na_plan *plan, size_t from, uint32_t story, const uint32_t *bounds, uint32_t need) {
  uint32_t sum = 0;
  for (size_t i = from; i < plan->word_count; i++)
    if (edge_of(&plan->words[i]) == story + 1) sum += share_of(&plan->words[i]);
  for (size_t i = from; i-- > 0;) {
    if (sum + bounds[i + 1] < need) return 0;
    if (seek(&plan->words[i], story)) sum += share_of(&plan->words[i]);
  }
  return sum >= need ? sum : 0;
}

static void find_any (na_plan *plan, best_list *best) {
  uint32_t bounds[NA_PLAN_WORDS_MAX + 1] = { 0 }; /* what the first i words add together at most */
  for (size_t i = 0; i < plan->word_count; i++) bounds[i + 1] = bounds[i] + plan->words[i].bound;
  size_t from = 0;
  for (uint32_t end = plan->end; end > plan->first; end--) {
    uint32_t need = needed(best, end - 1);
    while (from < plan->word_count && bounds[from + 1] < need) from++;
    if (from == plan->word_count) return;
    end = next_story(plan, from, end);
    if (!end) return;
    uint32_t sum = complete(plan, from, end - 1, bounds, need);
    if (sum && has_phrases(plan, end - 1)) offer(best, end - 1, sum);
  }
}

/* ---- by date ---- */

/* What the words of the plan add up to for the story at which a walk stands. */
static uint32_t sum_here (const na_plan *plan, uint32_t story) {
  uint32_t sum = 0;
  for (size_t i = 0; i < plan->word_count; i++)
    if (edge_of(&plan->words[i]) == story + 1) sum += share_of(&plan->words[i]);
  return sum;
}

static na_hit hit_here (const na_plan *plan, const best_list *best, uint32_t story) {
  return (na_hit){ story, (double)sum_here(plan, story) * recency_of(best, story) };
}

static void find_newest (na_plan *plan, best_list *best) {
  uint32_t story;
  na_rank_begin(plan);
  while (best->count < best->options->limit && na_rank_next(plan, &story))
    best->hits[best->count++] = hit_here(plan, best, story);
}

static void reverse (na_hit *hits, size_t from, size_t to) {
  while (from + 1 < to) {
    na_hit last = hits[--to];
    hits[to] = hits[from];
    hits[from++] = last;
  }
}

/* The walk ends with the oldest: they overwrite each other in a ring, which is then read backward. */
static void find_oldest (na_plan *plan, best_list *best) {
  uint32_t story;
  size_t limit = best->options->limit, met = 0;
  na_rank_begin(plan);
  while (na_rank_next(plan, &story)) best->hits[met++ % limit] = hit_here(plan, best, story);
  best->count = met < limit ? met : limit;
  size_t turn = met > limit ? met % limit : 0;
  reverse(best->hits, 0, turn);
  reverse(best->hits, turn, best->count);
}

size_t na_rank_find (na_plan *plan, const na_search_options *options, na_hit *hits) {
  best_list best = {
    .archive = plan->index->archive, .options = options, .hits = hits, .need_from = UINT32_MAX
  };
  if (plan->nothing || !options->limit) return 0;
  if (options->order == NA_ORDER_OLDEST) {
    find_oldest(plan, &best);
    return best.count;
  }
  if (options->order == NA_ORDER_NEWEST || !plan->word_count) {
    find_newest(plan, &best);
    return best.count;
  }
  rewind_all(plan);
  if (plan->any)
    find_any(plan, &best);
  else if (have_bitmaps(plan))
    find_in_bitmaps(plan, &best);
  else
    find_all(plan, &best);
  return finish(&best);
}

/* ---- the plain way ---- */

static int compare_stories (const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* The place of the story in a list, or list->count. */
static size_t place_in (const na_plan_list *list, uint32_t story) {
  const uint32_t *found =
      list->count ? bsearch(&story, list->items, list->count, sizeof story, compare_stories) : NULL;
  return found ? (size_t)(found - list->items) : list->count;
}

static bool is_meant (const na_plan *plan, uint32_t story, size_t words) {
  if (plan->word_count && words < (plan->any ? 1 : plan->word_count)) return false;
  for (size_t i = 0; i < plan->filter_count; i++)
    if (place_in(&plan->filters[i], story) == plan->filters[i].count) return false;
  for (size_t i = 0; i < plan->excluded_count; i++)
    if (place_in(&plan->excluded[i], story) < plan->excluded[i].count) return false;
  return has_phrases(plan, story);
}

size_t na_rank_find_slowly (const na_plan *plan, const na_search_options *options, na_hit *hits) {
  best_list best = {
    .archive = plan->index->archive, .options = options, .hits = hits, .need_from = UINT32_MAX
  };
  if (plan->nothing || !options->limit) return 0;
  for (uint32_t story = plan->first; story < plan->end; story++) {
    uint32_t sum = 0;
    size_t words = 0;
    for (size_t i = 0; i < plan->word_count; i++) {
      const na_plan_list *list = &plan->words[i];
      size_t place = place_in(list, story);
      if (place == list->count) continue;
      sum += list->weight * list->impacts[place];
      words++;
    }
    if (is_meant(plan, story, words)) offer(&best, story, sum);
  }
  return finish(&best);
}
