/* spec/bench/context.c -- the rule `context` over all stories of a file of JSON Lines, beside the barest loop that could
** give the same lists: counting every posting of every entity of every story, or of all but the longest list of each. CPU
** seconds, median of ROUNDS. */
#include "measure.h"
#include "parse/json.h"
#include "relate/context.h"

#define LIMIT 10

/* Which of a story's lists is the longest; none where all are to be counted. */
static size_t longest_of (const na_context_index *index, na_posting_list entities, bool skip) {
  size_t longest = skip ? 0 : entities.count;
  for (size_t k = 1; skip && k < entities.count; k++)
    if (na_postings_list(&index->mentions, entities.items[k]).count >
        na_postings_list(&index->mentions, entities.items[longest]).count)
      longest = k;
  return longest;
}

/* Counts postings; the sum keeps the compiler from leaving it out. */
static double bare_loop (const na_archive *archive, const na_context_index *index, uint16_t *shared,
                         bool skip, uint64_t *sum) {
  double start = cpu_seconds();
  for (size_t i = 0; i < archive->count; i++) {
    na_posting_list entities = na_postings_list(&archive->context, i);
    size_t longest = longest_of(index, entities, skip);
    for (int pass = 0; pass < 2; pass++) /* up, then down again, so that the next story finds zeros */
      for (size_t k = 0; k < entities.count; k++) {
        if (k == longest) continue;
        na_posting_list ranks = na_postings_list(&index->mentions, entities.items[k]);
        for (size_t r = 0; r < ranks.count; r++)
          if (pass)
            shared[ranks.items[r]] = 0;
          else
            shared[ranks.items[r]]++;
        *sum += ranks.count;
      }
  }
  return cpu_seconds() - start;
}

static double relate_all (const na_archive *archive, na_context_index *index, uint64_t *sum) {
  na_relation relations[LIMIT];
  double start = cpu_seconds();
  for (size_t i = 0; i < archive->count; i++) {
    na_context_query query = { .story = (uint32_t)i, .limit = LIMIT };
    *sum += na_context_related(index, archive, &query, relations);
  }
  return cpu_seconds() - start;
}

static void compare (const na_archive *archive, na_context_index *index) {
  double bare[ROUNDS], skipping[ROUNDS], ours[ROUNDS];
  uint64_t postings = 0, fewer = 0, relations = 0;
  uint16_t *shared = calloc(archive->count, sizeof *shared);
  if (!shared) return;
  for (int round = 0; round < ROUNDS; round++) {
    postings = relations = 0;
    bare[round] = bare_loop(archive, index, shared, false, &postings);
    skipping[round] = bare_loop(archive, index, shared, true, &fewer);
    ours[round] = relate_all(archive, index, &relations);
  }
  free(shared);
  double b = median(bare), s = median(skipping), o = median(ours);
  printf("rule context: %zu stories, %zu entities, %llu postings, %llu relations\n", archive->count,
         archive->entity_count, (unsigned long long)postings / 2, (unsigned long long)relations);
  printf("  bare counting loop %.3f s, without each story's longest list %.3f s; relate all %.3f s: ratios "
         "%.2f and %.2f "
         "(at most 2)\n",
         b, s, o, o / b, o / s);
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
    compare(&archive, &index);
  na_context_index_free(&index);
  na_archive_free(&archive);
  na_report_free(&report);
  free_files(&input);
  return 0;
}
