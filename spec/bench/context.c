/* spec/bench/context.c -- the rule `context` over all stories of a file of JSON Lines, beside two plain loops over the posting
** lists: one that counts every posting of every entity of every story, and makes nothing of it; and one that makes the same
** lists by counting all of a story's entities but that with the longest list. CPU seconds, median of ROUNDS. */
#include "measure.h"
#include "parse/json.h"
#include "relate/context.h"

#define LIMIT 10

/* What the loops share: the index, and a number for each rank. */
typedef struct bench {
  const na_archive *archive;
  na_context_index *index;
  uint16_t *shared;
  uint32_t *touched;
} bench;

static na_posting_list ranks_of (const bench *b, uint32_t entity) {
  return na_postings_list(&b->index->mentions, entity);
}

/* Counts postings, up and down again, so that the next story finds zeros; the sum keeps the compiler from leaving it out. */
static double count_all (const bench *b, uint64_t *sum) {
  double start = cpu_seconds();
  for (size_t i = 0; i < b->archive->count; i++) {
    na_posting_list entities = na_postings_list(&b->archive->context, i);
    for (int pass = 0; pass < 2; pass++)
      for (size_t k = 0; k < entities.count; k++) {
        na_posting_list ranks = ranks_of(b, entities.items[k]);
        for (size_t r = 0; r < ranks.count; r++)
          if (pass)
            b->shared[ranks.items[r]] = 0;
          else
            b->shared[ranks.items[r]]++;
        if (pass) *sum += ranks.count;
      }
  }
  return cpu_seconds() - start;
}

static uint32_t longest_of (const bench *b, na_posting_list entities) {
  uint32_t longest = entities.items[0];
  for (size_t k = 1; k < entities.count; k++)
    if (ranks_of(b, entities.items[k]).count > ranks_of(b, longest).count) longest = entities.items[k];
  return longest;
}

static bool is_better (na_relation a, na_relation b) {
  return a.shared != b.shared ? a.shared > b.shared : a.story > b.story;
}

static size_t insert (na_relation *items, size_t count, na_relation relation) {
  if (count == LIMIT && !is_better(relation, items[LIMIT - 1])) return count;
  size_t at = count < LIMIT ? count : LIMIT - 1;
  for (; at > 0 && is_better(relation, items[at - 1]); at--) items[at] = items[at - 1];
  items[at] = relation;
  return count < LIMIT ? count + 1 : count;
}

static bool holds (na_posting_list list, uint32_t rank) {
  size_t place = na_postings_place(list, rank);
  return place < list.count && list.items[place] == rank;
}

/* The list of a story: what the lists but the longest brought, each looked up in the longest, then the longest's newest. */
static size_t list_of (const bench *b, uint32_t story, na_relation *items) {
  na_posting_list entities = na_postings_list(&b->archive->context, story);
  size_t touched = 0, count = 0;
  uint32_t self = b->index->rank_of[story];
  if (!entities.count) return 0;
  uint32_t entity = longest_of(b, entities);
  na_posting_list longest = ranks_of(b, entity);
  for (size_t k = 0; k < entities.count; k++) {
    na_posting_list ranks = ranks_of(b, entities.items[k]);
    for (size_t r = 0; entities.items[k] != entity && r < ranks.count; r++)
      if (b->shared[ranks.items[r]]++ == 0) b->touched[touched++] = ranks.items[r];
  }
  for (size_t t = touched; t-- > 0;) { /* most is worse than a full list even if it is in the longest, too */
    na_relation relation = { b->touched[t], b->shared[b->touched[t]] + 1 };
    if (relation.story == self || (count == LIMIT && !is_better(relation, items[LIMIT - 1]))) continue;
    relation.shared -= !holds(longest, relation.story);
    count = insert(items, count, relation);
  }
  size_t left = LIMIT; /* as many of the longest alone can be in the list */
  for (size_t r = longest.count; r-- > 0 && left;)
    if (!b->shared[longest.items[r]] && longest.items[r] != self) {
      count = insert(items, count, (na_relation){ longest.items[r], 1 });
      left--;
    }
  for (size_t t = 0; t < touched; t++) b->shared[b->touched[t]] = 0;
  for (size_t i = 0; i < count; i++) items[i].story = b->index->story_of[items[i].story];
  return count;
}

static double list_plainly (const bench *b, uint64_t *sum) {
  na_relation relations[LIMIT];
  double start = cpu_seconds();
  for (size_t i = 0; i < b->archive->count; i++) *sum += list_of(b, (uint32_t)i, relations);
  return cpu_seconds() - start;
}

static size_t relate (const bench *b, uint32_t story, na_relation *relations) {
  na_context_query query = { .story = story, .limit = LIMIT };
  return na_context_related(b->index, b->archive, &query, relations);
}

static double relate_all (const bench *b, uint64_t *sum) {
  na_relation relations[LIMIT];
  double start = cpu_seconds();
  for (size_t i = 0; i < b->archive->count; i++) *sum += relate(b, (uint32_t)i, relations);
  return cpu_seconds() - start;
}

static size_t count_differing (const bench *b) {
  size_t differing = 0;
  for (size_t i = 0; i < b->archive->count; i++) {
    na_relation plain[LIMIT], ours[LIMIT];
    size_t count = list_of(b, (uint32_t)i, plain);
    differing += relate(b, (uint32_t)i, ours) != count || memcmp(plain, ours, count * sizeof *plain) != 0;
  }
  return differing;
}

static void compare (const bench *b) {
  double counting[ROUNDS], plain[ROUNDS], ours[ROUNDS];
  uint64_t postings = 0, listed = 0, relations = 0;
  for (int round = 0; round < ROUNDS; round++) {
    postings = listed = relations = 0;
    counting[round] = count_all(b, &postings);
    plain[round] = list_plainly(b, &listed);
    ours[round] = relate_all(b, &relations);
  }
  double c = median(counting), p = median(plain), o = median(ours);
  printf("rule context: %zu stories, %zu entities, %llu postings, %llu relations\n", b->archive->count,
         b->archive->entity_count, (unsigned long long)postings, (unsigned long long)relations);
  printf("  counting all postings %.3f s, lists by counting all but each story's longest %.3f s\n", c, p);
  printf("  relate all %.3f s: ratios %.2f and %.2f (at most 2), lists that differ: %zu\n", o, o / c, o / p,
         count_differing(b));
}

static void run (na_archive *archive, na_context_index *index) {
  bench b = { archive, index, calloc(archive->count, sizeof *b.shared),
              calloc(archive->count, sizeof *b.touched) };
  if (b.shared && b.touched) compare(&b);
  free(b.shared);
  free(b.touched);
}

int main (int count, char **arguments) {
  files input = { 0 };
  if (count != 2 || !add_file(&input, arguments[1]))
    return fprintf(stderr, "usage: context STORIES.jsonl\n"), 2;
  na_report report = { 0 };
  na_archive archive = { 0 };
  na_context_index index = { 0 };
  na_read_options options = { 0 };
  if (na_read_jsonl(&report, input.items[0], &options) == NA_OK &&
      na_archive_add(&archive, &report, 0) == NA_OK && na_archive_seal(&archive) == NA_OK &&
      na_context_index_build(&index, &archive, false) == NA_OK)
    run(&archive, &index);
  na_context_index_free(&index);
  na_archive_free(&archive);
  na_report_free(&report);
  free_files(&input);
  return 0;
}
