/* spec/fuzz/archive.c -- any bytes as an archive file: nothing crashes, hangs or reads beyond; what can be opened is read by
** everything that reads archives, is added to and made anew. Most inputs have right checks, for they are mutated section by
** section and written again: so the readers behind the checks are met. */
#include "fuzz.h"
#include "relate/stored.h"
#include "search/rank.h"
#include "search/snippet.h"
#include "search/suggest.h"
#include "search/tally.h"

size_t LLVMFuzzerMutate (unsigned char *data, size_t size, size_t room);
size_t LLVMFuzzerCustomMutator (unsigned char *data, size_t size, size_t room, unsigned seed);

/* A file may be damaged, but memory never runs out here. */
static bool fine (na_status status) {
  check(status != NA_NOMEM);
  return status == NA_OK;
}

/* ---- reading ---- */

static void read_stories (const na_archive *archive) {
  na_arena arena = { 0 };
  na_buffer json = { 0 };
  na_day before = NA_DAY_NONE;
  for (size_t i = 0; i < archive->count; i++) {
    na_story story;
    char date[NA_DATE_BYTES];
    check(archive->days[i] >= before);
    before = archive->days[i];
    if (before != NA_DAY_NONE) na_day_format(before, date);
    na_arena_clear(&arena);
    json.size = 0;
    if (!fine(na_archive_story(archive, i, &arena, &story))) continue;
    check(na_json_append(&json, &na_story_shape, &story) == NA_OK);
    uint32_t found = na_archive_find(archive, story.id);
    check(found == NA_MAP_NONE || found < archive->count);
  }
  na_buffer_free(&json);
  na_arena_free(&arena);
}

static void read_entities (na_archive *archive) {
  for (size_t e = 0; e < archive->entity_count; e++)
    na_archive_find_entity(archive, na_archive_entity(archive, e));
  if (!fine(na_archive_index(archive))) return;
  na_context_index index = { 0 };
  na_relation relations[4];
  if (fine(na_context_index_build(&index, archive, false)))
    for (uint32_t i = 0; i < archive->count; i++)
      na_context_related(&index, archive, &(na_context_query){ .story = i, .limit = 4 }, relations);
  na_context_index_free(&index);
}

static void read_terms (na_terms *terms) {
  for (uint32_t t = 0; t < terms->count; t++) {
    uint32_t words[2];
    check(na_terms_stories(terms, t) <= terms->archive->count);
    check(na_terms_settled(terms, t) <= na_terms_stories(terms, t));
    na_terms_shown(terms, t);
    if (na_terms_kind(terms, t) == NA_TERM_NAME) na_terms_name(terms, t, words);
    if (na_terms_kind(terms, t) != NA_TERM_WORD) continue;
    na_terms_capital(terms, t);
    uint32_t word = na_terms_word_or_stem(terms, na_terms_form(terms, t));
    check(word == NA_MAP_NONE || word < terms->first_name);
  }
  na_terms_word_or_stem(terms, NA_LITERAL("launching"));
  for (uint32_t i = 0; i < terms->archive->count; i++) na_terms_of(terms, i);
}

/* What the file may have of relations and threads. */
static void read_stored (const na_related *related) {
  size_t stories = related->archive->count;
  na_threads threads = { 0 };
  na_buffer title = { 0 };
  for (uint32_t i = 0; i < stories; i++) {
    na_scored found[NA_RELATED_LIMIT];
    const na_related_query query = { .story = i, .limit = NA_RELATED_LIMIT };
    size_t count;
    if (!na_stored_find(related, &query, found, &count)) continue;
    check(count <= NA_RELATED_LIMIT);
    for (size_t k = 0; k < count; k++) check(found[k].story < stories && found[k].story != i);
  }
  if (na_stored_has_threads(related) && fine(na_stored_threads(&threads, related)))
    for (uint32_t t = 0; t < threads.stories.count; t++) fine(na_thread_title(&title, &threads, related, t));
  na_buffer_free(&title);
  na_threads_free(&threads);
}

static void relate (const na_archive *archive, na_terms *terms) {
  const na_weights weights = NA_WEIGHTS_DEFAULT;
  na_related related = { 0 };
  na_walk walk = { 0 };
  if (fine(na_related_build(&related, archive, terms, &weights)) && fine(na_walk_open(&walk, &related))) {
    bool fold = fine(na_related_fold(&related));
    read_stored(&related);
    for (uint32_t i = 0; i < archive->count; i++) {
      na_scored found[4];
      na_direction direction = (na_direction)(i % (NA_DIRECTION_NEXT + 1));
      na_related_query query = { .story = i, .limit = 4, .direction = direction, .fold = fold };
      size_t count = na_related_find(&walk, &query, found);
      for (size_t k = 0; k < count; k++) check(found[k].story < archive->count);
    }
  }
  na_walk_close(&walk);
  na_related_free(&related);
}

/* ---- searching ---- */

static void ask (na_search_index *search, const char *text, na_search_order order) {
  static na_query query;
  static na_plan plan;
  na_hit hits[4];
  na_snippet snippet;
  uint32_t *stories;
  size_t all;
  na_query_begin(&query);
  na_query_parse(&query, na_slice_z(text));
  if (fine(na_plan_make(&plan, search, &query, true))) {
    size_t count = na_rank_find(&plan, &(na_search_options){ .limit = 4, .order = order }, hits);
    for (size_t i = 0; i < count; i++) na_snippet_make(&plan, hits[i].story, 20, &snippet);
    for (size_t i = 0; i < plan.unknown_count; i++) na_suggest(search, plan.unknown[i]);
    na_tally top[4];
    if (fine(na_tally_gather(&plan, &stories, &all)))
      for (unsigned kind = NA_CLAUSE_ENTITY; kind <= NA_CLAUSE_CATEGORY; kind++)
        na_tally_top(search, (na_clause_kind)kind, stories, all, top, 4);
  }
  na_plan_free(&plan);
}

static void seek (const na_archive *archive, na_terms *terms) {
  na_search_index search = { 0 };
  if (fine(na_search_index_open(&search, archive, terms))) {
    ask(&search, "the launch of a rocket", NA_ORDER_RELEVANCE);
    ask(&search, "\"soyuz launch\" moon* -mars landign", NA_ORDER_NEWEST);
    ask(&search, "entity:NASA topic:space source:nasa category:missions from:1960 to:2010", NA_ORDER_OLDEST);
    ask(&search, "from:1950", NA_ORDER_RELEVANCE);
  }
  na_search_index_free(&search);
}

static void read_words (na_archive *archive) {
  na_terms terms = { 0 };
  if (fine(na_terms_open(&terms, archive))) {
    read_terms(&terms);
    seek(archive, &terms);
    if (fine(na_terms_unpack(&terms))) relate(archive, &terms);
  }
  na_terms_free(&terms);
}

/* ---- the whole ---- */

static void add_to (na_archive *archive) {
  const na_read_options options = { .path = NA_LITERAL("a.jsonl"), .language = NA_LITERAL("en") };
  na_report report = { 0 };
  check(na_read_jsonl(&report,
                      NA_LITERAL("{\"title\":\"A launch\",\"date\":\"1990-01-01\",\"context\":[\"NASA\"]}\n"),
                      &options) == NA_OK);
  if (fine(na_archive_add(archive, &report, 0)) && fine(na_archive_seal(archive))) {
    na_image_fault fault;
    check(na_image_verify(archive->image, &fault) == NA_OK);
    read_stories(archive);
    read_words(archive);
  }
  na_report_free(&report);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  na_archive archive = { 0 };
  na_image_fault fault;
  void *bytes = malloc(size); /* of its own, so that a byte beyond is seen */
  check(bytes || !size);
  if (size) memcpy(bytes, data, size);
  if (fine(na_archive_open(&archive, na_slice_of(size ? bytes : "", size), &fault))) {
    archive.mapped = NA_NONE; /* it was not */
    read_stories(&archive);
    read_entities(&archive);
    read_words(&archive);
    na_image_verify(archive.image, &fault);
    add_to(&archive);
  }
  na_archive_free(&archive);
  free(bytes);
  return 0;
}

/* ---- mutating ---- */

/* Replaces one row of a section of rows, so that those behind it stay whole. False where it is none. */
static bool mutate_row (na_buffer *section, size_t room, unsigned seed) {
  na_buffer out = { 0 };
  size_t words = section->size / sizeof(uint32_t);
  uint32_t count = 0;
  if (words >= 2) memcpy(&count, section->data + section->size - sizeof count, sizeof count);
  if (section->size % sizeof(uint32_t) || !count || count > words - 2) return false;
  const uint32_t *starts = (const uint32_t *)(const void *)section->data + (words - 2 - count);
  uint32_t row = seed % count, from = starts[row], to = starts[row + 1];
  size_t bytes = (words - 2 - count) * sizeof(uint32_t), most = room + to - from;
  if (from > to || to > bytes) return false;
  check(na_buffer_reserve(&out, section->size + room + sizeof(uint32_t)) == NA_OK);
  check(na_buffer_append(&out, na_slice_of(section->data, to)) == NA_OK);
  size_t size = LLVMFuzzerMutate((unsigned char *)out.data + from, to - from, most);
  out.size = from + size;
  check(na_buffer_append(&out, na_slice_of(section->data + to, bytes - to)) == NA_OK);
  while (out.size % sizeof(uint32_t)) check(na_buffer_byte(&out, 0) == NA_OK);
  for (uint32_t i = 0; i <= count; i++) {
    uint32_t start = i > row ? (uint32_t)(starts[i] - (to - from) + size) : starts[i];
    check(na_buffer_append(&out, na_slice_of((const char *)&start, sizeof start)) == NA_OK);
  }
  check(na_buffer_append(&out, na_slice_of((const char *)&count, sizeof count)) == NA_OK);
  na_buffer_free(section);
  *section = out;
  return true;
}

static void mutate_section (na_buffer *section, size_t room, unsigned seed) {
  if (seed & 1 && mutate_row(section, room, seed >> 1)) return;
  check(na_buffer_reserve(section, room + 1) == NA_OK);
  section->size = LLVMFuzzerMutate((unsigned char *)section->data, section->size, section->size + room);
}

/* Writes the image again with one of its sections changed, seldom left out. */
static void rewrite (const na_image *image, na_buffer *out, size_t room, unsigned seed) {
  na_image_writer writer = { 0 };
  unsigned changed = (seed >> 8) % NA_SECTION_COUNT;
  check(na_image_begin_memory(&writer, out) == NA_OK);
  for (unsigned i = 0; i < NA_SECTION_COUNT; i++) {
    na_buffer section = { 0 };
    if (!na_image_has(image, i) || (i == changed && (seed & 0xF0) == 0)) continue;
    check(na_buffer_append(&section, na_image_section(image, i)) == NA_OK);
    if (i == changed) mutate_section(&section, room, seed >> 13);
    check(na_image_section_begin(&writer, i) == NA_OK &&
          na_image_append(&writer, na_buffer_slice(&section)) == NA_OK &&
          na_image_section_end(&writer) == NA_OK);
    na_buffer_free(&section);
  }
  check(na_image_finish(&writer) == NA_OK);
}

size_t LLVMFuzzerCustomMutator (unsigned char *data, size_t size, size_t room, unsigned seed) {
  na_image image;
  na_image_fault fault;
  na_buffer copy = { 0 }, out = { 0 };
  size_t made = 0;
  check(na_buffer_append(&copy, na_slice_of((const char *)data, size)) == NA_OK);
  if (seed % 8 && na_image_open(&image, na_buffer_slice(&copy), true, &fault) == NA_OK) {
    rewrite(&image, &out, size < room ? room - size : 0, seed);
    na_image_close(&image);
    made = out.size <= room ? out.size : 0;
    memcpy(data, out.data, made);
  }
  na_buffer_free(&copy);
  na_buffer_free(&out);
  return made ? made : LLVMFuzzerMutate(data, size, room);
}
