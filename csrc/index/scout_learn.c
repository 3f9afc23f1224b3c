#include <stdlib.h>

#include "base/memory.h"
#include "index/forms.h"
#include "index/scout.h"
#include "index/sight.h"

#define ROUNDS      5  /* over all texts: more learn them by heart */
#define LEAST_DAYS  2  /* on which a feature must occur */
#define LEAST_TEXTS 50 /* with fewer texts there is nothing to learn about what names look like */
#define LEAST_SHARE 10 /* one story of so many must have context: else it is there by chance, not by rule */

/* A spelling of a name, and on how many days' contexts it is. */
typedef struct name_spelling {
  na_slice text;
  uint32_t name, count;
} name_spelling;

/* What is needed while learning. */
typedef struct lessons {
  na_scout *scout;
  const na_story **stories; /* those with context and a title of a reasonable length */
  na_day *days;
  size_t count;
  na_arena arena;
  na_slice *titles; /* folded */
  na_map spelled;   /* spelling -> number */
  name_spelling *spellings;
  size_t spelling_count, spelling_capacity;
  na_lookup marks; /* na_sight_mark */
  na_sight sight;
  na_buffer folded;
  na_crf_text *texts;
} lessons;

static void lessons_free (lessons *all) {
  na_free(all->stories);
  na_free(all->days);
  na_free(all->titles);
  na_free(all->spellings);
  na_free(all->texts);
  na_map_free(&all->spelled);
  na_lookup_free(&all->marks);
  na_sight_free(&all->sight);
  na_buffer_free(&all->folded);
  na_arena_free(&all->arena);
}

/* Notes that the day's stories say so of the name; *fresh where it is the first one to. */
static na_status mark (lessons *all, na_day day, uint32_t name, unsigned kind, bool *fresh) {
  uint32_t *stored;
  NA_TRY(na_lookup_put(&all->marks, na_sight_mark(day, name, kind), &stored));
  *fresh = *stored == NA_LOOKUP_NONE;
  *stored = 1;
  return NA_OK;
}

/* ---- names ---- */

/* The number of the name that a context spells so. */
static na_status name_of (lessons *all, na_slice text, name_spelling **found) {
  uint32_t *number;
  bool fresh;
  NA_TRY(na_map_put(&all->spelled, text, (uint32_t)all->spelling_count, &number, &fresh));
  if (fresh) {
    void *spellings = all->spellings;
    if (!na_grow(&spellings, &all->spelling_capacity, all->spelling_count, sizeof *all->spellings))
      return NA_NOMEM;
    all->spellings = spellings;
    name_spelling *place = &all->spellings[all->spelling_count++];
    *place = (name_spelling){ .text = text };
    NA_TRY(na_scout_fold(all->scout, text, &all->folded));
    NA_TRY(na_scout_add(all->scout, text, na_buffer_slice(&all->folded), &place->name, &fresh));
  }
  *found = &all->spellings[*number];
  return NA_OK;
}

static na_status count_names (lessons *all) {
  for (size_t i = 0; i < all->count; i++) {
    const na_strings *context = &all->stories[i]->context;
    for (size_t k = 0; k < context->count; k++) {
      name_spelling *spelling;
      bool fresh;
      NA_TRY(name_of(all, context->items[k], &spelling));
      spelling->count++;
      na_scout_name *name = &all->scout->items[spelling->name];
      if (name->days == 0 || all->days[i] < name->first) name->first = all->days[i];
      NA_TRY(mark(all, all->days[i], spelling->name, 0, &fresh));
      name->days += fresh;
    }
  }
  return NA_OK;
}

/* The spelling that stories have most often, the first of equals, is the name. */
static na_status choose_spellings (lessons *all) {
  na_scout *scout = all->scout;
  uint32_t *most = na_malloc(scout->count * sizeof *most);
  na_status status = most ? NA_OK : NA_NOMEM;
  if (most) memset(most, 0, scout->count * sizeof *most);
  for (size_t i = 0; i < all->spelling_count && status == NA_OK; i++) {
    const name_spelling *spelling = &all->spellings[i];
    if (spelling->count <= most[spelling->name]) continue;
    most[spelling->name] = spelling->count;
    status = na_arena_copy(&scout->arena, spelling->text, &scout->items[spelling->name].name);
  }
  na_free(most);
  return status;
}

static bool has_name (const lessons *all, const na_story *story, uint32_t name) {
  for (size_t i = 0; i < story->context.count; i++) {
    uint32_t number = na_map_get(&all->spelled, story->context.items[i]);
    if (number != NA_MAP_NONE && all->spellings[number].name == name) return true;
  }
  return false;
}

/* Counts on how many days a title has a name, in no longer one, and on how many the name is linked there. */
static na_status count_titles (lessons *all) {
  na_spans *spans = &all->sight.spans;
  const na_names *names = &all->scout->names;
  for (size_t i = 0; i < all->count; i++) {
    size_t behind = 0;
    spans->count = 0;
    NA_TRY(na_names_match_all(names, all->titles[i], spans));
    for (size_t k = 0; k < spans->count; k++) {
      const na_span *span = &spans->items[k];
      bool longer = k + 1 < spans->count && spans->items[k + 1].first == span->first;
      if (longer || span->end <= behind) continue;
      behind = span->end;
      uint32_t number = names->items[span->name].entity;
      na_scout_name *name = &all->scout->items[number];
      bool fresh;
      NA_TRY(mark(all, all->days[i], number, 1, &fresh));
      name->seen += fresh;
      if (!has_name(all, all->stories[i], number)) continue;
      NA_TRY(mark(all, all->days[i], number, 2, &fresh));
      name->linked += fresh;
    }
  }
  return NA_OK;
}

/* ---- texts to learn from ---- */

/* Marks the pieces that are names of the story's own context: from left to right, the longest at each place. */
static void set_tags (const lessons *all, const na_story *story, uint8_t *tags) {
  const na_sight *sight = &all->sight;
  size_t behind = 0;
  memset(tags, NA_CRF_OUT, sight->count);
  for (size_t i = 0; i < sight->spans.count;) {
    size_t start = sight->spans.items[i].first, first = na_sight_piece(sight, start), last = sight->count;
    for (; i < sight->spans.count && sight->spans.items[i].first == start; i++)
      if (has_name(all, story, all->scout->names.items[sight->spans.items[i].name].entity))
        last = na_sight_piece(sight, sight->spans.items[i].end) - 1;
    if (last == sight->count || first < behind) continue;
    for (size_t k = first + 1; k < last; k++) tags[k] = NA_CRF_INSIDE;
    tags[first] = NA_CRF_BEGIN;
    tags[last] = first == last ? NA_CRF_SINGLE : NA_CRF_END;
    behind = last + 1;
  }
}

/* A feature while it is counted: on how many days, and the last of them. */
typedef struct feature_count {
  uint32_t days;
  na_day last;
  uint64_t key;
} feature_count;

typedef struct feature_counts {
  feature_count *items;
  size_t count, capacity;
  na_lookup numbers;
} feature_counts;

static na_status count_feature (feature_counts *counts, uint64_t key, na_day day, uint32_t *number) {
  void *items = counts->items;
  if (!na_grow(&items, &counts->capacity, counts->count, sizeof *counts->items)) return NA_NOMEM;
  counts->items = items;
  uint32_t *stored;
  NA_TRY(na_lookup_put(&counts->numbers, key, &stored));
  if (*stored == NA_LOOKUP_NONE) {
    *stored = (uint32_t)counts->count;
    counts->items[counts->count++] = (feature_count){ .last = NA_DAY_NONE, .key = key };
  }
  feature_count *feature = &counts->items[*stored];
  feature->days += feature->last != day;
  feature->last = day;
  *number = *stored;
  return NA_OK;
}

static na_status prepare_text (lessons *all, size_t i, feature_counts *counts) {
  const na_sight_day day = { &all->marks, all->days[i] };
  na_sight *sight = &all->sight;
  na_crf_text *text = &all->texts[i];
  NA_TRY(na_sight_look(all->scout, all->titles[i], &day, sight));
  text->features = na_arena_alloc(&all->arena, sight->count * NA_CRF_WIDTH * sizeof *text->features);
  text->tags = na_arena_alloc(&all->arena, sight->count);
  if (!text->features || !text->tags) return NA_NOMEM;
  text->count = sight->count;
  set_tags(all, all->stories[i], text->tags);
  for (size_t k = 0; k < sight->count; k++) {
    uint64_t keys[NA_CRF_WIDTH];
    na_sight_features(sight, k, keys);
    for (size_t f = 0; f < NA_CRF_WIDTH; f++)
      NA_TRY(count_feature(counts, keys[f], all->days[i], &text->features[k * NA_CRF_WIDTH + f]));
  }
  return NA_OK;
}

/* Gives the features that are frequent enough to the field, and their numbers there to the texts. */
static na_status keep_features (lessons *all, feature_counts *counts) {
  uint32_t *kept = na_malloc(counts->count * sizeof *kept);
  na_status status = kept ? NA_OK : NA_NOMEM;
  for (size_t i = 0; i < counts->count && status == NA_OK; i++) {
    kept[i] = NA_LOOKUP_NONE;
    if (counts->items[i].days >= LEAST_DAYS)
      status = na_crf_feature(&all->scout->crf, counts->items[i].key, &kept[i]);
  }
  for (size_t i = 0; i < all->count && status == NA_OK; i++)
    for (size_t k = 0; k < all->texts[i].count * NA_CRF_WIDTH; k++)
      all->texts[i].features[k] = kept[all->texts[i].features[k]];
  na_free(kept);
  return status;
}

static na_status learn_looks (lessons *all) {
  feature_counts counts = { 0 };
  na_status status = NA_OK;
  for (size_t i = 0; i < all->count && status == NA_OK; i++) status = prepare_text(all, i, &counts);
  if (status == NA_OK) status = keep_features(all, &counts);
  na_free(counts.items);
  na_lookup_free(&counts.numbers);
  return status == NA_OK ? na_crf_learn(&all->scout->crf, all->texts, all->count, ROUNDS) : status;
}

/* ---- all of it ---- */

static na_status choose_stories (lessons *all, const na_report *report) {
  all->stories = na_malloc(report->story_count * sizeof *all->stories);
  all->days = na_malloc(report->story_count * sizeof *all->days);
  all->titles = na_malloc(report->story_count * sizeof *all->titles);
  all->texts = na_malloc(report->story_count * sizeof *all->texts);
  if (!all->stories || !all->days || !all->titles || !all->texts) return NA_NOMEM;
  for (size_t i = 0; i < report->story_count; i++) {
    const na_story *story = report->stories[i];
    if (!na_scout_is_linked(story) || !story->title.size || story->title.size > NA_SCOUT_TEXT_BYTES) continue;
    NA_TRY(na_scout_fold(all->scout, story->title, &all->folded));
    NA_TRY(na_arena_copy(&all->arena, na_buffer_slice(&all->folded), &all->titles[all->count]));
    all->stories[all->count] = story;
    all->days[all->count++] = na_story_day(story);
  }
  return NA_OK;
}

static na_status learn (lessons *all, const na_report *report) {
  NA_TRY(choose_stories(all, report));
  if (all->count == 0 || all->count < report->story_count / LEAST_SHARE) return NA_OK;
  NA_TRY(count_names(all));
  NA_TRY(choose_spellings(all));
  NA_TRY(count_titles(all));
  return all->count >= LEAST_TEXTS ? learn_looks(all) : NA_OK;
}

na_status na_scout_learn (na_scout *scout, const na_report *report) {
  if (!na_fold_open(&scout->fold)) return NA_NOMEM;
  scout->forms = na_malloc(NA_FORMS_COUNT * sizeof *scout->forms);
  if (!scout->forms) return NA_NOMEM;
  NA_TRY(na_forms_learn(report, scout->forms));
  lessons all = { .scout = scout };
  na_status status = learn(&all, report);
  lessons_free(&all);
  return status;
}
