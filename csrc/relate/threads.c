#include "relate/threads.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

#define BATCH 8192 /* stories whose neighbours are found at once: bounds the memory that their lists take */

void na_threads_free (na_threads *threads) {
  na_free(threads->of_story);
  na_postings_free(&threads->stories);
  *threads = (na_threads){ 0 };
}

/* ---- joining ---- */

typedef struct builder {
  const na_related *related;
  na_threads *threads;
  size_t count;     /* threads so far */
  double *selves;   /* of each story: its score for itself */
  na_day *lasts;    /* of each thread: the day of its last story */
  na_slice *topics; /* of each thread: the topic that it follows, or absent */
  na_map by_topic;  /* topic -> thread */
  na_scored *found; /* neighbours of a batch */
  uint32_t *counts;
} builder;

/* Puts the topic that it sees last into *context. */
static na_status see_topic (void *context, na_pool pool, uint32_t number) {
  if (pool == NA_POOL_TOPIC) *(uint32_t *)context = number;
  return NA_OK;
}

/* The most particular heading that an editor filed the story under, or absent. */
static na_slice topic_of (const na_archive *archive, uint32_t story) {
  uint32_t topic = NA_MAP_NONE;
  na_status status = na_story_scan(na_rows_get(&archive->records, story), archive->pools, see_topic, &topic);
  if (status == NA_BAD) na_image_spoil(archive->image);
  return topic == NA_MAP_NONE ? NA_NONE : na_rows_get(&archive->pools[NA_POOL_TOPIC], topic);
}

static double square_likeness (const builder *b, uint32_t story, na_scored neighbour) {
  double selves = b->selves[story] * b->selves[neighbour.story];
  return selves > 0 ? neighbour.score * neighbour.score / selves : 0;
}

/* The thread whose neighbours weigh most, or NA_MAP_NONE where none weighs enough. */
static uint32_t likest_thread (const builder *b, uint32_t story, const na_scored *neighbours, size_t count) {
  const na_archive *archive = b->related->archive;
  uint32_t best = NA_MAP_NONE;
  double most = NA_THREAD_JOIN;
  for (size_t i = 0; i < count; i++) {
    uint32_t thread = b->threads->of_story[neighbours[i].story];
    double sum = 0;
    for (size_t k = 0; k < count; k++)
      if (b->threads->of_story[neighbours[k].story] == thread &&
          na_days_between(archive, story, neighbours[k].story) <= NA_THREAD_DAYS)
        sum += square_likeness(b, story, neighbours[k]);
    if (sum > most || (sum == most && thread < best)) most = sum, best = thread;
  }
  return best;
}

/* The thread of the story's topic while it runs, or NA_MAP_NONE. */
static uint32_t topic_thread (const builder *b, na_slice topic, na_day day) {
  uint32_t thread = topic.data ? na_map_get(&b->by_topic, topic) : NA_MAP_NONE;
  if (thread == NA_MAP_NONE || (int64_t)day - b->lasts[thread] > NA_THREAD_DAYS) return NA_MAP_NONE;
  return thread;
}

static na_status follow_topic (builder *b, uint32_t thread, na_slice topic) {
  uint32_t *stored;
  bool fresh;
  NA_TRY(na_map_put(&b->by_topic, topic, thread, &stored, &fresh));
  *stored = thread;
  b->topics[thread] = topic;
  return NA_OK;
}

static na_status join (builder *b, uint32_t story, const na_scored *neighbours, size_t count) {
  const na_archive *archive = b->related->archive;
  na_slice topic = topic_of(archive, story);
  uint32_t thread = topic_thread(b, topic, archive->days[story]);
  if (thread == NA_MAP_NONE) {
    thread = likest_thread(b, story, neighbours, count);
    bool other_topic = thread != NA_MAP_NONE && topic.data && b->topics[thread].data;
    if (thread == NA_MAP_NONE || other_topic) {
      thread = (uint32_t)b->count++;
      b->topics[thread] = NA_NONE;
    }
    if (topic.data) NA_TRY(follow_topic(b, thread, topic));
  }
  b->threads->of_story[story] = thread;
  b->lasts[thread] = archive->days[story];
  return NA_OK;
}

static na_status join_batch (builder *b, uint32_t first, size_t count, size_t jobs) {
  na_relate_job job = { .related = b->related, .first = first, .count = count, .threads = jobs };
  job.query = (na_related_query){ .limit = NA_THREAD_NEIGHBOURS, .direction = NA_DIRECTION_PRECEDING };
  job.selves = b->selves + first;
  NA_TRY(na_relate_many(&job, b->found, b->counts));
  for (size_t i = 0; i < count; i++)
    NA_TRY(join(b, first + (uint32_t)i, b->found + i * NA_THREAD_NEIGHBOURS, b->counts[i]));
  return NA_OK;
}

/* ---- all stories ---- */

static na_status build (builder *b, size_t jobs) {
  size_t count = b->related->archive->count;
  for (size_t first = 0; first < count; first += BATCH)
    NA_TRY(join_batch(b, (uint32_t)first, count - first < BATCH ? count - first : BATCH, jobs));
  na_postings lists;
  NA_TRY(na_postings_alloc(&lists, count, count));
  for (size_t i = 0; i < count; i++) {
    lists.items[i] = b->threads->of_story[i];
    lists.starts[i + 1] = (uint32_t)i + 1;
  }
  na_status status = na_postings_transpose(&b->threads->stories, &lists, b->count);
  na_postings_free(&lists);
  return status;
}

na_status na_threads_build (na_threads *threads, const na_related *related, size_t jobs) {
  size_t count = related->archive->count;
  builder b = { .related = related, .threads = threads };
  na_threads_free(threads);
  threads->of_story = na_malloc(count * sizeof *threads->of_story);
  b.selves = na_malloc(count * sizeof *b.selves);
  b.lasts = na_malloc(count * sizeof *b.lasts);
  b.topics = na_malloc(count * sizeof *b.topics);
  b.found = na_malloc(BATCH * NA_THREAD_NEIGHBOURS * sizeof *b.found);
  b.counts = na_malloc(BATCH * sizeof *b.counts);
  bool ready = threads->of_story && b.selves && b.lasts && b.topics && b.found && b.counts;
  na_status status = ready ? build(&b, jobs) : NA_NOMEM;
  na_map_free(&b.by_topic);
  na_free(b.selves);
  na_free(b.lasts);
  na_free(b.topics);
  na_free(b.found);
  na_free(b.counts);
  if (status != NA_OK) na_threads_free(threads);
  return status;
}

/* ---- titles ---- */

/* Something that stories of a thread have, and how many of them; for terms, weighed by their worth. */
typedef struct na_common {
  uint32_t term, stories;
  double weight;
} na_common;

static int compare_terms (const void *a, const void *b) {
  const na_common *x = a, *y = b;
  return (x->term > y->term) - (x->term < y->term);
}

static int compare_common (const void *a, const void *b) {
  const na_common *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  return compare_terms(a, b);
}

/* Counts equal neighbours of a sorted list into the first of each; gives how many are left. */
static size_t count_common (na_common *items, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (kept && items[kept - 1].term == items[i].term)
      items[kept - 1].stories++;
    else
      items[kept++] = (na_common){ items[i].term, 1, 0 };
  }
  return kept;
}

#define TITLE_SHARE   8  /* one in so many of them must have what stands second in it */
#define TITLE_STORIES 64 /* of a thread are looked at for its title */

/*
** Evenly spread over the first 64, 128, 256 and so on that the thread has: a title changes only when a thread has doubled, and
** is not only that of how it began.
*/
static size_t title_step (size_t stories) {
  size_t step = 1;
  while (stories / (2 * step) >= TITLE_STORIES) step *= 2;
  return step;
}

#define SMALL_WORD_SHARE 16 /* one story in so many has a word that begins sentences: "in", "the" */

/* Whether a name begins with a frequent word that has a capital where a sentence begins and hardly elsewhere: "In Rwanda". */
static bool begins_small (const na_related *related, uint32_t name) {
  const na_terms *terms = related->terms;
  uint32_t forms[2];
  na_terms_name(terms, name, forms);
  uint32_t word = na_terms_of_form(terms, forms[0]);
  return na_terms_capital(terms, word) <= 1 &&
         na_terms_settled(terms, word) >= na_settled(related->archive->count) / SMALL_WORD_SHARE;
}

/* What counts in a title: an entity stands for itself, a name for two words, and a word must be a name's. */
static double title_weight (const na_related *related, na_common common) {
  const na_terms *terms = related->terms;
  na_term_kind of = na_terms_kind(terms, common.term);
  double kind = of == NA_TERM_WORD ? 1 : 2;
  if (of == NA_TERM_WORD && 2 * na_terms_capital(terms, common.term) <= NA_CAPITAL_STEPS) return 0;
  if (of == NA_TERM_NAME && begins_small(related, common.term)) return 0;
  return kind * na_related_weigh(related, common.term).idf * common.stories;
}

static bool has_word (na_slice text, na_slice word) {
  for (size_t at = 0, end; at < text.size; at = end + 1) {
    end = na_slice_find(text, ' ', at);
    if (na_slice_equal(na_slice_part(text, at, end), word)) return true;
  }
  return false;
}

/* Whether a part of a title shares a word with one before it. */
static bool repeats_part (const na_terms *terms, uint32_t part, const uint32_t *chosen, size_t count) {
  na_slice text = na_terms_shown(terms, part);
  for (size_t i = 0; i < count; i++)
    for (size_t at = 0, end; at < text.size; at = end + 1) {
      end = na_slice_find(text, ' ', at);
      if (has_word(na_terms_shown(terms, chosen[i]), na_slice_part(text, at, end))) return true;
    }
  return false;
}

static na_status title_of_terms (na_buffer *title, const na_related *related, na_posting_list stories) {
  na_terms *terms = related->terms;
  size_t count = 0, chosen_count = 0;
  size_t step = title_step(stories.count),
         looked = stories.count < TITLE_STORIES ? stories.count : TITLE_STORIES;
  uint32_t chosen[NA_THREAD_TITLE];
  for (size_t i = 0; i < looked; i++) count += na_terms_of(terms, stories.items[i * step]).count;
  na_common *items = na_malloc(count * sizeof *items);
  if (!items) return NA_NOMEM;
  count = 0;
  for (size_t i = 0; i < looked; i++) {
    na_story_terms list = na_terms_of(terms, stories.items[i * step]);
    for (size_t k = 0; k < list.count; k++) items[count++] = (na_common){ list.items[k], 1, 0 };
  }
  if (count) qsort(items, count, sizeof *items, compare_terms);
  count = count_common(items, count);
  for (size_t i = 0; i < count; i++) items[i].weight = title_weight(related, items[i]);
  if (count) qsort(items, count, sizeof *items, compare_common);
  na_status status = NA_OK;
  for (size_t i = 0; i < count && chosen_count < NA_THREAD_TITLE && status == NA_OK; i++) {
    bool rare = chosen_count > 0 && items[i].stories * TITLE_SHARE < looked;
    if (rare || items[i].weight <= 0 || repeats_part(terms, items[i].term, chosen, chosen_count)) continue;
    if (chosen_count) status = na_buffer_append(title, NA_LITERAL(", "));
    if (status == NA_OK) status = na_buffer_append(title, na_terms_shown(terms, items[i].term));
    chosen[chosen_count++] = items[i].term;
  }
  na_free(items);
  return status;
}

static na_status title_of_story (na_buffer *title, const na_archive *archive, uint32_t story) {
  na_arena scratch = { 0 };
  na_story read;
  na_status status = na_archive_story(archive, story, &scratch, &read);
  if (status == NA_OK) status = na_buffer_append(title, read.title);
  na_arena_free(&scratch);
  return status;
}

na_status na_thread_title (na_buffer *title, const na_threads *threads, const na_related *related,
                           uint32_t thread) {
  na_posting_list stories = na_postings_list(&threads->stories, thread);
  for (size_t i = 0; i < stories.count; i++) {
    na_slice topic = topic_of(related->archive, stories.items[i]);
    if (topic.data)
      return na_buffer_append(title, topic); /* a thread follows one topic at a time: the first names it */
  }
  size_t size = title->size;
  NA_TRY(title_of_terms(title, related, stories));
  if (title->size > size) return NA_OK;
  return title_of_story(title, related->archive, stories.items[0]);
}
