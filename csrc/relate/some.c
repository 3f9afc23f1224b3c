/*
** A list is what the story asks for, what the stories in it look like, and that no other one reaches its floor. So it can
** have changed where the story's own weights did; where one of its entries changed or went; and where a story that is new
** or changed reaches the floor: these alone are looked at, through posting lists of their own. A list of
** NA_DIRECTION_NEXT also depends on what stood in it once, which nobody knows any more: all stories before one that
** changed or went are touched there.
*/
#include "relate/some.h"

#include <xxhash.h>

#include "base/memory.h"

#define IMPRINT_VERSION 1

/* An imprint: a head, then a record of each story with room for `limit` numbers of stories behind it. */
typedef struct na_imprint_head {
  uint64_t hash, query; /* of all that follows; of what was asked */
  uint32_t count, limit;
  int32_t newest; /* the last day */
  uint32_t version;
} na_imprint_head;

typedef struct na_imprint_record {
  uint64_t id, asks, tells; /* hashes */
  double floor, first;      /* a score below cannot change the list; none below ever could */
  int32_t day;
  uint32_t count;
} na_imprint_record;

static size_t record_size (size_t limit) {
  return (sizeof(na_imprint_record) + limit * sizeof(uint32_t) + 7) / 8 * 8;
}

void na_some_free (na_some *some) {
  na_free(some->stories);
  na_free(some->found);
  na_free(some->counts);
  na_buffer_free(&some->imprint);
  *some = (na_some){ 0 };
}

/* ---- an imprint that was kept ---- */

static uint64_t hash_of_query (const na_relate_job *job) {
  const na_related_query *query = &job->query;
  double numbers[] = { (double)query->limit, (double)query->direction, query->least, query->fold,
                       job->related->weights.decay };
  return XXH3_64bits(numbers, sizeof numbers);
}

/* The bytes may stand anywhere: they are copied out. */
static na_imprint_record record_at (const char *records, size_t size, size_t i) {
  na_imprint_record record;
  memcpy(&record, records + i * size, sizeof record);
  return record;
}

static uint32_t member_at (const char *records, size_t size, size_t i, size_t k) {
  uint32_t member;
  memcpy(&member, records + i * size + sizeof(na_imprint_record) + k * sizeof member, sizeof member);
  return member;
}

/* False where the bytes are no imprint of the same query. */
static bool read_head (const na_relate_job *job, na_slice bytes, na_imprint_head *head) {
  if (!bytes.data || bytes.size < sizeof *head) return false;
  memcpy(head, bytes.data, sizeof *head);
  if (head->version != IMPRINT_VERSION || head->query != hash_of_query(job) ||
      head->limit != job->query.limit)
    return false;
  if ((bytes.size - sizeof *head) / record_size(head->limit) != head->count ||
      (bytes.size - sizeof *head) % record_size(head->limit) != 0)
    return false;
  return head->hash == XXH3_64bits(bytes.data + sizeof head->hash, bytes.size - sizeof head->hash);
}

/* ---- the archive at hand ---- */

typedef struct some_builder {
  const na_relate_job *job;
  const na_related *related;
  na_some *some;
  na_imprint_head head; /* of the imprint before; count 0 where there is none */
  const char *records;  /* of the imprint before */
  size_t record;        /* bytes of each */
  uint64_t *terms;      /* hashes of their texts */
  na_imprint_record *now;
  uint32_t *before_of, *now_of; /* number now -> before, before -> now, or NA_MAP_NONE */
  bool *is_changed;             /* of each story now: others see another one, or a new one */
  int64_t latest;               /* the last day on which one changed or went: NEXT */
  uint32_t *changed;            /* their numbers */
  size_t changed_count;
  na_postings terms_of; /* of the changed ones, and the changed ones of each term */
  na_postings changed_of;
  uint32_t *sums; /* of each changed one; 0 between stories */
  na_walk walk;
  na_arena scratch;
} some_builder;

static uint64_t mixed (uint64_t hash, uint32_t number) {
  uint64_t both[] = { hash, number };
  return XXH3_64bits(both, sizeof both);
}

static na_status hash_id (some_builder *b, size_t story, uint64_t *hash) {
  na_story read;
  na_arena_clear(&b->scratch);
  NA_TRY(na_archive_story(b->related->archive, story, &b->scratch, &read));
  *hash = XXH3_64bits(read.id.data, read.id.size);
  return NA_OK;
}

/* Sums, since the terms of another archive stand in another order. */
static void hash_story (some_builder *b, uint32_t story) {
  na_imprint_record *record = &b->now[story];
  uint64_t asks = 0, tells = 0;
  na_walk_begin(&b->walk, story);
  for (size_t i = 0; i < b->walk.asking_count; i++)
    asks += mixed(b->terms[b->walk.asking[i].term], b->walk.asking[i].weight);
  record->first = b->job->query.least * na_score_of(b->related, b->walk.own, 0);
  na_walk_end(&b->walk);
  na_story_terms own = na_terms_of(b->related->terms, story);
  for (size_t k = 0; k < own.count; k++) tells += mixed(b->terms[own.items[k]], own.impacts[k]);
  if (b->job->query.fold) tells = mixed(tells, 0) ^ b->now[b->related->originals[story]].id;
  record->asks = asks;
  record->tells = tells;
}

static uint64_t hash_text (na_slice text, na_term_kind kind) {
  return XXH3_64bits_withSeed(text.data, text.size, kind);
}

/* A word goes by the first of its stems in order of code points, which hardly ever changes; a name by its forms. */
static void hash_terms (some_builder *b) {
  const na_terms *terms = b->related->terms;
  for (size_t i = terms->stems.count; i-- > 0;) {
    uint32_t word;
    na_slice stem = na_terms_stem(terms, i, &word);
    b->terms[word] = hash_text(stem, NA_TERM_WORD);
  }
  for (uint32_t t = (uint32_t)terms->first_name; t < terms->first_entity; t++) {
    uint32_t forms[2];
    na_terms_name(terms, t, forms);
    uint64_t first = hash_text(na_rows_get(&terms->forms, forms[0]), NA_TERM_NAME);
    b->terms[t] = first * 31 + hash_text(na_rows_get(&terms->forms, forms[1]), NA_TERM_NAME);
  }
  for (uint32_t t = (uint32_t)terms->first_entity; t < terms->count; t++)
    b->terms[t] = hash_text(na_terms_shown(terms, t), NA_TERM_ENTITY);
}

static na_status hash_all (some_builder *b) {
  const na_archive *archive = b->related->archive;
  hash_terms(b);
  for (size_t i = 0; i < archive->count; i++) {
    b->now[i] = (na_imprint_record){ .day = archive->days[i] };
    NA_TRY(hash_id(b, i, &b->now[i].id));
  }
  for (size_t i = 0; i < archive->count; i++) hash_story(b, (uint32_t)i);
  return NA_OK;
}

/* ---- what changed ---- */

static na_status match_stories (some_builder *b) {
  size_t count = b->related->archive->count;
  na_map numbers = { 0 };
  uint64_t *ids = na_malloc(count * sizeof *ids);
  na_status status = ids ? NA_OK : NA_NOMEM;
  for (uint32_t i = 0; i < count && status == NA_OK; i++) {
    uint32_t *stored;
    bool fresh;
    ids[i] = b->now[i].id;
    b->before_of[i] = NA_MAP_NONE;
    status = na_map_put(&numbers, na_slice_of((const char *)&ids[i], sizeof *ids), i, &stored, &fresh);
  }
  for (uint32_t i = 0; i < b->head.count && status == NA_OK; i++) {
    na_imprint_record record = record_at(b->records, b->record, i);
    b->now_of[i] = na_map_get(&numbers, na_slice_of((const char *)&record.id, sizeof record.id));
    if (b->now_of[i] != NA_MAP_NONE) b->before_of[b->now_of[i]] = i;
  }
  na_map_free(&numbers);
  na_free(ids);
  return status;
}

static void find_changed (some_builder *b) {
  b->latest = INT64_MIN;
  for (uint32_t i = 0; i < b->head.count; i++) {
    na_imprint_record record = record_at(b->records, b->record, i);
    uint32_t now = b->now_of[i];
    bool same = now != NA_MAP_NONE && b->now[now].tells == record.tells && b->now[now].day == record.day;
    if (!same && record.day > b->latest) b->latest = record.day;
    if (now != NA_MAP_NONE) b->is_changed[now] = !same;
  }
  for (uint32_t i = 0; i < b->related->archive->count; i++) {
    if (b->before_of[i] == NA_MAP_NONE) b->is_changed[i] = true;
    if (b->is_changed[i]) b->changed[b->changed_count++] = i;
  }
}

/* The posting lists of the changed stories alone. */
static na_status index_changed (some_builder *b) {
  na_terms *terms = b->related->terms;
  size_t total = 0, end = 0;
  for (size_t c = 0; c < b->changed_count; c++) total += na_terms_of(terms, b->changed[c]).count;
  NA_TRY(na_postings_alloc(&b->terms_of, b->changed_count, total));
  for (size_t c = 0; c < b->changed_count; c++) {
    na_story_terms own = na_terms_of(terms, b->changed[c]);
    for (size_t k = 0; k < own.count; k++) b->terms_of.items[end++] = own.items[k];
    b->terms_of.starts[c + 1] = (uint32_t)end;
  }
  return na_postings_transpose(&b->changed_of, &b->terms_of, terms->count);
}

static uint8_t impact_of (na_terms *terms, uint32_t story, uint32_t term) {
  na_story_terms own = na_terms_of(terms, story);
  return own.impacts[na_postings_place((na_posting_list){ own.items, own.count }, term)];
}

static bool is_asked_for (const some_builder *b, uint32_t story, uint32_t other) {
  int64_t days = (int64_t)b->now[other].day - b->now[story].day;
  if (story == other) return false;
  switch (b->job->query.direction) {
  case NA_DIRECTION_BEFORE: return days < 0;
  case NA_DIRECTION_PRECEDING: return other < story;
  case NA_DIRECTION_AFTER:
  case NA_DIRECTION_NEXT: return days > 0;
  default: return true;
  }
}

/* Whether one of the changed stories reaches the floor of the list. */
static bool is_reached (some_builder *b, uint32_t story, const na_imprint_record *record) {
  bool reached = false;
  na_walk_begin(&b->walk, story);
  for (size_t i = 0; i < b->walk.asking_count; i++) {
    const na_asking *asking = &b->walk.asking[i];
    na_posting_list list = na_postings_list(&b->changed_of, asking->term);
    for (size_t k = 0; k < list.count; k++)
      b->sums[list.items[k]] +=
          asking->weight * impact_of(b->related->terms, b->changed[list.items[k]], asking->term);
  }
  na_walk_end(&b->walk);
  for (size_t c = 0; c < b->changed_count; c++) {
    uint32_t other = b->changed[c];
    bool is_late = b->job->query.direction == NA_DIRECTION_NEXT && b->now[other].day <= b->head.newest;
    double score = na_score_of(b->related, b->sums[c], na_days_between(b->related->archive, story, other));
    if (b->sums[c] && is_asked_for(b, story, other) && score >= (is_late ? record->first : record->floor))
      reached = true;
    b->sums[c] = 0;
  }
  return reached;
}

static bool is_touched (some_builder *b, uint32_t story) {
  uint32_t before = b->before_of[story];
  if (b->is_changed[story]) return true;
  na_imprint_record record = record_at(b->records, b->record, before);
  if (record.asks != b->now[story].asks) return true;
  if (b->job->query.direction == NA_DIRECTION_NEXT && b->latest > record.day) return true;
  for (size_t k = 0; k < record.count; k++) {
    uint32_t now = b->now_of[member_at(b->records, b->record, before, k)];
    if (now == NA_MAP_NONE || b->is_changed[now]) return true;
  }
  return b->changed_count > 0 && is_reached(b, story, &record);
}

/* ---- lists ---- */

static na_status relate_touched (some_builder *b) {
  na_some *some = b->some;
  size_t count = b->related->archive->count, limit = b->job->query.limit;
  some->stories = na_malloc(count * sizeof *some->stories);
  if (!some->stories) return NA_NOMEM;
  for (uint32_t i = 0; i < count; i++)
    if (is_touched(b, i)) some->stories[some->count++] = i;
  some->found = na_malloc(some->count * limit * sizeof *some->found);
  some->counts = na_malloc(some->count * sizeof *some->counts);
  if (!some->found || !some->counts) return NA_NOMEM;
  na_relate_job job = *b->job;
  job.stories = some->stories;
  job.count = some->count;
  return na_relate_many(&job, some->found, some->counts);
}

/* The numbers of a list into `members`, with zeros behind: of a touched story the new list, of another one that before. */
static void fill_list (some_builder *b, uint32_t story, size_t touched, uint32_t *members) {
  size_t limit = b->job->query.limit;
  na_imprint_record *now = &b->now[story];
  bool is_new = touched < b->some->count && b->some->stories[touched] == story;
  memset(members, 0, b->record - sizeof *now);
  if (is_new) {
    na_best list = { .related = b->related, .query = &b->job->query, .first = now->first };
    list.items = b->some->found + touched * limit;
    list.count = now->count = b->some->counts[touched];
    now->floor = na_best_floor(&list);
    for (size_t k = 0; k < now->count; k++) members[k] = list.items[k].story;
    return;
  }
  na_imprint_record before = record_at(b->records, b->record, b->before_of[story]);
  now->floor = before.floor;
  now->count = before.count;
  for (size_t k = 0; k < now->count; k++)
    members[k] = b->now_of[member_at(b->records, b->record, b->before_of[story], k)];
}

static na_status write_imprint (some_builder *b) {
  const na_archive *archive = b->related->archive;
  na_buffer *out = &b->some->imprint;
  na_imprint_head head = { .query = hash_of_query(b->job),
                           .count = (uint32_t)archive->count,
                           .version = IMPRINT_VERSION };
  head.limit = (uint32_t)b->job->query.limit;
  head.newest = archive->count ? archive->days[archive->count - 1] : 0;
  uint32_t *members = na_malloc(b->record - sizeof *b->now);
  na_status status =
      members ? na_buffer_append(out, na_slice_of((const char *)&head, sizeof head)) : NA_NOMEM;
  size_t touched = 0;
  for (uint32_t i = 0; i < archive->count && status == NA_OK; i++) {
    fill_list(b, i, touched, members);
    touched += touched < b->some->count && b->some->stories[touched] == i;
    status = na_buffer_append(out, na_slice_of((const char *)&b->now[i], sizeof *b->now));
    if (status == NA_OK)
      status = na_buffer_append(out, na_slice_of((const char *)members, b->record - sizeof *b->now));
  }
  na_free(members);
  NA_TRY(status);
  head.hash = XXH3_64bits(out->data + sizeof head.hash, out->size - sizeof head.hash);
  memcpy(out->data, &head, sizeof head);
  return NA_OK;
}

static na_status build (some_builder *b) {
  NA_TRY(na_related_unpack(b->related));
  NA_TRY(na_walk_open(&b->walk, b->related));
  NA_TRY(hash_all(b));
  NA_TRY(match_stories(b));
  find_changed(b);
  NA_TRY(index_changed(b));
  b->sums = na_malloc(b->changed_count * sizeof *b->sums);
  if (!b->sums) return NA_NOMEM;
  memset(b->sums, 0, b->changed_count * sizeof *b->sums);
  NA_TRY(relate_touched(b));
  return write_imprint(b);
}

na_status na_relate_some (const na_relate_job *job, na_slice before, na_some *some) {
  size_t count = job->related->archive->count;
  some_builder b = {
    .job = job, .related = job->related, .some = some, .record = record_size(job->query.limit)
  };
  if (read_head(job, before, &b.head))
    b.records = before.data + sizeof b.head;
  else
    b.head.count = 0;
  b.terms = na_malloc(job->related->terms->count * sizeof *b.terms);
  b.now = na_malloc(count * sizeof *b.now);
  b.before_of = na_malloc(count * sizeof *b.before_of);
  b.now_of = na_malloc(b.head.count * sizeof *b.now_of);
  b.is_changed = na_malloc(count);
  b.changed = na_malloc(count * sizeof *b.changed);
  bool ready = b.terms && b.now && b.before_of && b.now_of && b.is_changed && b.changed;
  na_status status = ready ? build(&b) : NA_NOMEM;
  na_walk_close(&b.walk);
  na_arena_free(&b.scratch);
  na_postings_free(&b.terms_of);
  na_postings_free(&b.changed_of);
  na_free(b.terms);
  na_free(b.now);
  na_free(b.before_of);
  na_free(b.now_of);
  na_free(b.is_changed);
  na_free(b.changed);
  na_free(b.sums);
  if (status != NA_OK) na_some_free(some);
  return status;
}
