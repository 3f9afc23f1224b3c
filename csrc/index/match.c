#include "index/match.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "text/likeness.h"
#include "text/url.h"

/* What is compared of one story. */
typedef struct match_item {
  const na_story *story;
  na_day day;
  uint64_t *urls; /* of its sources' addresses: sorted, unique */
  size_t url_count;
  uint64_t sources, whole; /* of the set of addresses; of day, language, text and addresses */
  na_word_set words;       /* of what nothing simpler has matched */
  bool taken;
} match_item;

typedef struct match_list {
  match_item *items;
  size_t count;
} match_list;

typedef struct matching {
  na_arena arena;
  na_fold_table fold;
  match_list old, new;
  na_matches *matches, candidates;
  uint32_t *compared; /* for each old story, the last new one that it was compared with, counted from 1 */
} matching;

/* ---- fingerprints ---- */

static int compare_numbers (const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static na_status add_url (match_item *item, na_buffer *key, na_slice url) {
  key->size = 0;
  NA_TRY(na_url_append_key(key, url));
  if (key->size) item->urls[item->url_count++] = XXH3_64bits(key->data, key->size);
  return NA_OK;
}

static na_status read_urls (matching *matcher, match_item *item, na_buffer *key) {
  const na_records *sources = &item->story->sources;
  item->urls = na_arena_alloc(&matcher->arena, sources->count * sizeof *item->urls);
  if (!item->urls) return NA_NOMEM;
  for (size_t i = 0; i < sources->count; i++) {
    const na_source *source = (const na_source *)sources->items + i;
    na_slice url = source->url.data ? source->url : source->archive_url;
    if (url.data) NA_TRY(add_url(item, key, url));
  }
  if (!item->url_count) return NA_OK;
  qsort(item->urls, item->url_count, sizeof *item->urls, compare_numbers);
  size_t kept = 1;
  for (size_t i = 1; i < item->url_count; i++)
    if (item->urls[i] != item->urls[kept - 1]) item->urls[kept++] = item->urls[i];
  item->url_count = kept;
  item->sources = XXH3_64bits(item->urls, kept * sizeof *item->urls);
  return NA_OK;
}

/* The language, whatever the script or region. */
static na_slice language_of (const na_story *story) {
  na_slice tag = story->language;
  return tag.data ? na_slice_part(tag, 0, na_slice_find(tag, '-', 0)) : tag;
}

static uint64_t fingerprint (na_slice text) {
  return XXH3_64bits(text.data, text.size);
}

/* A number of some kind on one day, as one number. */
static uint64_t on_day (na_day day, uint64_t number) {
  return XXH3_64bits_withSeed(&number, sizeof number, (uint64_t)(uint32_t)day);
}

static na_status read_list (matching *matcher, match_list *list, na_story_list stories) {
  na_buffer key = { 0 };
  na_status status = NA_OK;
  list->items = na_arena_alloc(&matcher->arena, stories.count * sizeof *list->items);
  if (!list->items) return NA_NOMEM;
  for (size_t i = 0; i < stories.count && status == NA_OK; i++) {
    const na_story *story = stories.items[i];
    match_item *item = &list->items[list->count++];
    *item = (match_item){ .story = story, .day = na_story_day(story) };
    status = read_urls(matcher, item, &key);
    uint64_t parts[] = { fingerprint(story->title), fingerprint(story->body), fingerprint(language_of(story)),
                         item->sources };
    item->whole = on_day(item->day, XXH3_64bits(parts, sizeof parts));
  }
  na_buffer_free(&key);
  return status;
}

static na_status read_words (matching *matcher, match_list *list) {
  na_buffer text = { 0 };
  na_status status = NA_OK;
  for (size_t i = 0; i < list->count && status == NA_OK; i++) {
    match_item *item = &list->items[i];
    if (item->taken) continue;
    text.size = 0;
    status = na_buffer_append(&text, item->story->title);
    if (status == NA_OK) status = na_buffer_byte(&text, '\n');
    if (status == NA_OK) status = na_buffer_append(&text, item->story->body);
    if (status == NA_OK)
      status = na_word_set_of(&matcher->arena, &matcher->fold, na_buffer_slice(&text), &item->words);
  }
  na_buffer_free(&text);
  return status;
}

/* ---- which stories have something: a sorted list of keys ---- */

typedef struct posting {
  uint64_t key;
  uint32_t item;
} posting;

typedef struct posting_list {
  posting *items;
  size_t count, capacity;
} posting_list;

/* The postings of one key, in the order of the list. */
typedef struct posting_run {
  const posting *items;
  size_t count;
} posting_run;

static na_status post (posting_list *postings, uint64_t key, size_t item) {
  void *items = postings->items;
  if (!na_grow(&items, &postings->capacity, postings->count, sizeof *postings->items)) return NA_NOMEM;
  postings->items = items;
  postings->items[postings->count++] = (posting){ key, (uint32_t)item };
  return NA_OK;
}

static int compare_postings (const void *a, const void *b) {
  const posting *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->item > y->item) - (x->item < y->item);
}

static void sort_postings (posting_list *postings) {
  if (postings->count) qsort(postings->items, postings->count, sizeof *postings->items, compare_postings);
}

/* The first place whose key is not below `key`. */
static size_t lower_bound (const posting_list *postings, uint64_t key) {
  size_t from = 0, to = postings->count;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    if (postings->items[middle].key < key)
      from = middle + 1;
    else
      to = middle;
  }
  return from;
}

static posting_run run_at (const posting_list *postings, size_t from) {
  uint64_t key = postings->items[from].key;
  size_t to = key < UINT64_MAX ? lower_bound(postings, key + 1) : postings->count;
  return (posting_run){ postings->items + from, to - from };
}

static posting_run run_of (const posting_list *postings, uint64_t key) {
  size_t from = lower_bound(postings, key);
  if (from >= postings->count || postings->items[from].key != key) return (posting_run){ NULL, 0 };
  return run_at(postings, from);
}

/* ---- pairs ---- */

static na_status add_match (na_matches *matches, na_match match) {
  void *items = matches->items;
  if (!na_grow(&items, &matches->capacity, matches->count, sizeof match)) return NA_NOMEM;
  matches->items = items;
  matches->items[matches->count++] = match;
  return NA_OK;
}

static na_status pair (matching *matcher, na_match match) {
  matcher->old.items[match.old].taken = matcher->new.items[match.new].taken = true;
  return add_match(matcher->matches, match);
}

static int compare_candidates (const void *a, const void *b) {
  const na_match *x = a, *y = b;
  if (x->score > y->score || x->score < y->score) return x->score > y->score ? -1 : 1;
  if (x->new != y->new) return x->new < y->new ? -1 : 1;
  return (x->old > y->old) - (x->old < y->old);
}

/* Takes the best candidates first, and every story once. */
static na_status pair_candidates (matching *matcher) {
  na_matches *candidates = &matcher->candidates;
  if (candidates->count)
    qsort(candidates->items, candidates->count, sizeof *candidates->items, compare_candidates);
  for (size_t i = 0; i < candidates->count; i++) {
    na_match candidate = candidates->items[i];
    if (!matcher->old.items[candidate.old].taken && !matcher->new.items[candidate.new].taken)
      NA_TRY(pair(matcher, candidate));
  }
  candidates->count = 0;
  return NA_OK;
}

/* Whether both are in one language, as far as they say. */
static bool same_language (const match_item *a, const match_item *b) {
  na_slice x = language_of(a->story), y = language_of(b->story);
  return !x.data || !y.data || na_slice_equal(x, y);
}

/* Makes the two a candidate where their words are alike by `threshold`. */
static na_status compare (matching *matcher, na_match_reason reason, size_t old, size_t new,
                          double threshold) {
  const match_item *a = &matcher->old.items[old], *b = &matcher->new.items[new];
  if (!same_language(a, b)) return NA_OK;
  double score = na_word_likeness(a->words, b->words);
  if (score < threshold) return NA_OK;
  na_match match = { .old = (uint32_t)old, .new = (uint32_t) new, .reason = reason, .score = score };
  return add_match(&matcher->candidates, match);
}

/* ---- equal: by id, or because nothing changed, which is most usual and cheapest to find ---- */

/* What must be equal, as a number; 0 where it is not there. */
typedef uint64_t key_function (const match_item *item);

static uint64_t key_of_id (const match_item *item) {
  na_slice id = item->story->id;
  return id.data ? fingerprint(id) : 0;
}

static uint64_t key_of_sourced (const match_item *item) {
  return item->url_count ? item->whole : 0;
}

static uint64_t key_of_plain (const match_item *item) {
  return item->url_count ? 0 : item->whole;
}

/* Repeats go with repeats, in order: `used` counts for each run how many of it are gone. */
static na_status pair_equal (matching *matcher, const posting_list *olds, uint32_t *used,
                             key_function *key_of, na_match_reason reason) {
  for (size_t i = 0; i < matcher->new.count; i++) {
    const match_item *item = &matcher->new.items[i];
    uint64_t key = item->taken ? 0 : key_of(item);
    posting_run run = key ? run_of(olds, key) : (posting_run){ NULL, 0 };
    uint32_t *next = run.count ? &used[run.items - olds->items] : NULL;
    if (next && *next < run.count)
      NA_TRY(pair(matcher, (na_match){ run.items[(*next)++].item, (uint32_t)i, reason, 1 }));
  }
  return NA_OK;
}

static na_status match_equal (matching *matcher, key_function *key_of, na_match_reason reason) {
  posting_list olds = { 0 };
  na_status status = NA_OK;
  for (size_t i = 0; i < matcher->old.count && status == NA_OK; i++) {
    const match_item *item = &matcher->old.items[i];
    uint64_t key = item->taken ? 0 : key_of(item);
    if (key) status = post(&olds, key, i);
  }
  sort_postings(&olds);
  uint32_t *used = na_malloc(olds.count * sizeof *used);
  if (used) memset(used, 0, olds.count * sizeof *used);
  if (status == NA_OK) status = used ? pair_equal(matcher, &olds, used, key_of, reason) : NA_NOMEM;
  na_free(used);
  na_free(olds.items);
  return status;
}

/* ---- the same sources ---- */

static na_status post_sources (posting_list *postings, const match_list *list) {
  for (size_t i = 0; i < list->count; i++) {
    const match_item *item = &list->items[i];
    if (!item->taken && item->url_count) NA_TRY(post(postings, on_day(item->day, item->sources), i));
  }
  sort_postings(postings);
  return NA_OK;
}

static na_status compare_runs (matching *matcher, posting_run old, posting_run new) {
  double threshold = old.count == 1 && new.count == 1 ? 0 : NA_MATCH_ALIKE_SHARED;
  size_t compared = old.count < NA_MATCH_POSTINGS ? old.count : NA_MATCH_POSTINGS;
  for (size_t i = 0; i < new.count; i++)
    for (size_t k = 0; k < compared; k++)
      NA_TRY(compare(matcher, NA_MATCH_BY_SOURCES, old.items[k].item, new.items[i].item, threshold));
  return NA_OK;
}

static na_status match_sources (matching *matcher) {
  posting_list old = { 0 }, new = { 0 };
  na_status status = post_sources(&old, &matcher->old);
  if (status == NA_OK) status = post_sources(&new, &matcher->new);
  for (size_t i = 0; status == NA_OK && i < new.count;) {
    posting_run run = run_at(&new, i);
    status = compare_runs(matcher, run_of(&old, run.items->key), run);
    i += run.count;
  }
  na_free(old.items);
  na_free(new.items);
  return status == NA_OK ? pair_candidates(matcher) : status;
}

/* ---- nearly the same words ---- */

/* What leads to the old stories that are left. */
typedef struct lead_lists {
  posting_list words, urls;
} lead_lists;

static na_status post_leads (lead_lists *leads, const match_list *list) {
  for (size_t i = 0; i < list->count; i++) {
    const match_item *item = &list->items[i];
    if (item->taken) continue;
    for (size_t k = 0; k < item->words.count; k++)
      NA_TRY(post(&leads->words, on_day(item->day, item->words.hashes[k]), i));
    for (size_t k = 0; k < item->url_count; k++)
      NA_TRY(post(&leads->urls, on_day(item->day, item->urls[k]), i));
  }
  sort_postings(&leads->words);
  sort_postings(&leads->urls);
  return NA_OK;
}

/* Compares the new story with those of a run, each once; *left is how many it may still be compared with. */
static na_status follow (matching *matcher, posting_run run, size_t new, double threshold, size_t *left) {
  for (size_t i = 0; i < run.count && *left; i++) {
    uint32_t old = run.items[i].item;
    if (matcher->compared[old] == new + 1) continue;
    matcher->compared[old] = (uint32_t) new + 1;
    NA_TRY(compare(matcher, NA_MATCH_BY_WORDS, old, new, threshold));
    --*left;
  }
  return NA_OK;
}

static na_status follow_urls (matching *matcher, const lead_lists *leads, size_t new, size_t *left) {
  const match_item *item = &matcher->new.items[new];
  for (na_day distance = 0; distance <= 1; distance++)
    for (size_t i = 0; i < item->url_count; i++)
      for (na_day day = item->day - distance; day <= item->day + distance; day += 2) {
        posting_run run = run_of(&leads->urls, on_day(day, item->urls[i]));
        if (run.count > NA_MATCH_POSTINGS) run.count = NA_MATCH_POSTINGS;
        NA_TRY(follow(matcher, run, new, distance ? NA_MATCH_ALIKE : NA_MATCH_ALIKE_SHARED, left));
      }
  return NA_OK;
}

static int compare_runs_by_count (const void *a, const void *b) {
  const posting_run *x = a, *y = b;
  if (x->count != y->count) return x->count < y->count ? -1 : 1;
  return (x->items > y->items) - (x->items < y->items);
}

/*
** Two stories whose words are alike by t have at least t / (2 - t) of the words of either in common: so one
** of the rarest words must lead to the other, and the many postings of the common ones need not be looked at.
*/
static na_status follow_words (matching *matcher, const lead_lists *leads, size_t new, size_t *left) {
  const match_item *item = &matcher->new.items[new];
  size_t count = item->words.count;
  posting_run runs[NA_WORD_SET_MAX];
  if (!count) return NA_OK;
  for (size_t i = 0; i < count; i++)
    runs[i] = run_of(&leads->words, on_day(item->day, item->words.hashes[i]));
  qsort(runs, count, sizeof *runs, compare_runs_by_count);
  size_t common = (size_t)((double)count * NA_MATCH_ALIKE / (2 - NA_MATCH_ALIKE));
  size_t looked_at = common ? count - common + 1 : count;
  for (size_t i = 0; i < looked_at && runs[i].count <= NA_MATCH_POSTINGS; i++)
    NA_TRY(follow(matcher, runs[i], new, NA_MATCH_ALIKE, left));
  return NA_OK;
}

static na_status follow_leads (matching *matcher, const lead_lists *leads) {
  matcher->compared = na_arena_alloc(&matcher->arena, matcher->old.count * sizeof *matcher->compared);
  if (!matcher->compared) return NA_NOMEM;
  memset(matcher->compared, 0, matcher->old.count * sizeof *matcher->compared);
  for (size_t i = 0; i < matcher->new.count; i++) {
    if (matcher->new.items[i].taken) continue;
    size_t left = NA_MATCH_CANDIDATES;
    NA_TRY(follow_urls(matcher, leads, i, &left));
    NA_TRY(follow_words(matcher, leads, i, &left));
  }
  return pair_candidates(matcher);
}

static na_status match_words (matching *matcher) {
  lead_lists leads = { 0 };
  na_status status = post_leads(&leads, &matcher->old);
  if (status == NA_OK) status = follow_leads(matcher, &leads);
  na_free(leads.words.items);
  na_free(leads.urls.items);
  return status;
}

/* ---- all of it ---- */

static int compare_new (const void *a, const void *b) {
  const na_match *x = a, *y = b;
  return (x->new > y->new) - (x->new < y->new);
}

static na_status match_lists (matching *matcher, na_story_list old, na_story_list new) {
  NA_TRY(read_list(matcher, &matcher->old, old));
  NA_TRY(read_list(matcher, &matcher->new, new));
  NA_TRY(match_equal(matcher, key_of_id, NA_MATCH_BY_ID));
  NA_TRY(match_equal(matcher, key_of_sourced, NA_MATCH_BY_SOURCES));
  NA_TRY(match_equal(matcher, key_of_plain, NA_MATCH_BY_WORDS));
  if (!na_fold_open(&matcher->fold)) return NA_NOMEM;
  NA_TRY(read_words(matcher, &matcher->old));
  NA_TRY(read_words(matcher, &matcher->new));
  NA_TRY(match_sources(matcher));
  return match_words(matcher);
}

void na_matches_free (na_matches *matches) {
  na_free(matches->items);
  *matches = (na_matches){ 0 };
}

na_status na_match_stories (na_matches *matches, na_story_list old, na_story_list new) {
  matching matcher = { .matches = matches };
  na_status status = match_lists(&matcher, old, new);
  if (matches->count) qsort(matches->items, matches->count, sizeof *matches->items, compare_new);
  na_matches_free(&matcher.candidates);
  na_fold_close(&matcher.fold);
  na_arena_free(&matcher.arena);
  return status;
}
