/* spec/fuzz/query.c -- any bytes as a query: nothing crashes or hangs; what is skipped is not among the best; every walk,
** count and snippet keeps what its header promises. */
#include "fuzz.h"
#include "search/rank.h"
#include "search/snippet.h"
#include "search/suggest.h"
#include "search/tally.h"
#include "text/utf8.h"

int LLVMFuzzerInitialize (int *count, char ***arguments);

static na_report report;
static na_archive archive;
static na_terms terms;
static na_search_index search;

/* Stories that differ enough to be ranked, more than one block of postings, two languages, some without anything. */
#define STORIES 300

static const char *const words[] = { "army",   "Mali",   "tuareg", "rebels",
                                     "peace",  "Malian", "war",    "vote",
                                     "treaty", "flood",  "the",    "U.S.",
                                     "Gao",    "3,000",  "news",   "\u9A6C\u91CC\u519B\u961F" };

static void make_story (na_buffer *out, unsigned i) {
  unsigned state = i * 2654435761u + 1;
  check(na_buffer_format(out, "{\"date\":\"%04u-%02u-%02u\",\"title\":\"", 2000 + i / 50, 1 + i % 12,
                         1 + i % 28) == NA_OK);
  for (unsigned k = 0; k < 2 + i % 9; k++) {
    state = state * 1664525u + 1013904223u;
    check(na_buffer_format(out, "%s ", words[(state >> 16) % (k % 3 ? 16 : 4)]) == NA_OK);
  }
  check(na_buffer_format(out,
                         "\",\"context\":[\"Malian Army\",\"E%u\"],\"topics\":[\"War %u\"],"
                         "\"category\":\"C%u\",\"sources\":[{\"name\":\"%s\"}],\"body\":\"army of %u\"}\n",
                         i % 7, i % 5, i % 3, i % 2 ? "Reuters" : "BBC", i) == NA_OK);
}

int LLVMFuzzerInitialize (int *count, char ***arguments) {
  (void)count, (void)arguments;
  na_buffer text = { 0 };
  for (unsigned i = 0; i < STORIES; i++) make_story(&text, i);
  const na_read_options options = { .path = NA_LITERAL("a.jsonl"), .language = NA_LITERAL("en") };
  check(na_read_jsonl(&report, na_buffer_slice(&text), &options) == NA_OK);
  na_buffer_free(&text);
  check(na_archive_add(&archive, &report, 0) == NA_OK && na_archive_seal(&archive) == NA_OK);
  check(na_terms_open(&terms, &archive) == NA_OK);
  check(na_search_index_open(&search, &archive, &terms) == NA_OK);
  check(archive.count == STORIES);
  return 0;
}

static void check_snippet (const na_plan *plan, uint32_t story) {
  na_snippet snippet;
  na_snippet_make(plan, story, 20, &snippet);
  check(na_utf8_valid(snippet.text) == snippet.text.size);
  for (size_t i = 0; i < snippet.span_count; i++) {
    check(snippet.spans[i].first < snippet.spans[i].last && snippet.spans[i].last <= snippet.text.size);
    check(i == 0 || snippet.spans[i - 1].last < snippet.spans[i].first);
  }
}

static void check_plan (na_plan *plan, na_search_options options) {
  na_hit quick[8], slow[8];
  size_t count = na_rank_find(plan, &options, quick), expected = na_rank_find_slowly(plan, &options, slow);
  check(count == expected);
  for (size_t i = 0; plan->word_count && i < count; i++)
    check(quick[i].story == slow[i].story && quick[i].score == slow[i].score);
  for (size_t i = 0; i < count; i++) check_snippet(plan, quick[i].story);
  uint32_t *stories;
  size_t all;
  check(na_tally_gather(plan, &stories, &all) == NA_OK && all >= count);
  for (size_t i = 1; i < all; i++) check(stories[i] < stories[i - 1]);
  na_tally top[4];
  check(na_tally_top(&search, NA_CLAUSE_SOURCE, stories, all, top, 4) <= 2);
  options.order = NA_ORDER_OLDEST;
  check(na_rank_find(plan, &options, slow) == count);
  check(!count || slow[0].story == stories[all - 1]);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  static na_query query;
  static na_plan plan;
  const na_slice text = text_of(data, size);
  const double recency = size % 3 ? 0 : 2.5;
  for (int any = 0; any < 2; any++) {
    na_query_begin(&query);
    na_query_parse(&query, text);
    check(na_plan_make(&plan, &search, &query, any) == NA_OK);
    check_plan(&plan, (na_search_options){ .limit = 8, .recency = recency });
    for (size_t i = 0; i < plan.unknown_count && i < 2; i++) na_suggest(&search, plan.unknown[i]);
  }
  na_plan_free(&plan);
  return 0;
}
