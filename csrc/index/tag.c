#include "index/tag.h"

#include <stdlib.h>

#include "base/memory.h"
#include "parse/heading.h"

void na_tagger_free (na_tagger *tagger) {
  na_arena_free(&tagger->arena);
  na_names_free(&tagger->names);
  na_names_free(&tagger->words);
  na_map_free(&tagger->numbers);
  na_map_free(&tagger->redirects);
  na_free(tagger->entities);
  na_free(tagger->conditions);
  *tagger = (na_tagger){ 0 };
}

void na_tag_work_free (na_tag_work *work) {
  na_spans_free(&work->spans);
  na_looks_free(&work->looks);
  na_free(work->findings);
  *work = (na_tag_work){ 0 };
}

na_status na_tagger_entity (na_tagger *tagger, na_slice name, uint32_t *number) {
  *number = na_map_get(&tagger->numbers, name);
  if (*number != NA_MAP_NONE) return NA_OK;
  void *entities = tagger->entities;
  if (!na_grow(&entities, &tagger->entity_capacity, tagger->entity_count, sizeof *tagger->entities))
    return NA_NOMEM;
  tagger->entities = entities;
  na_tag_entity entity = { .conditions = NA_LOOKUP_NONE };
  uint32_t *stored;
  bool fresh;
  NA_TRY(na_arena_copy(&tagger->arena, name, &entity.name));
  NA_TRY(na_map_put(&tagger->numbers, entity.name, (uint32_t)tagger->entity_count, &stored, &fresh));
  *number = *stored;
  tagger->entities[tagger->entity_count++] = entity;
  return NA_OK;
}

na_status na_tagger_condition (na_tagger *tagger, uint32_t entity, na_slice word, bool unless,
                               na_name_fault *fault) {
  const na_name_options options = { .letters = NA_LETTERS_SMART, .start = true, .plural = true };
  void *conditions = tagger->conditions;
  if (!na_grow(&conditions, &tagger->condition_capacity, tagger->condition_count, sizeof *tagger->conditions))
    return NA_NOMEM;
  tagger->conditions = conditions;
  na_tag_condition condition = { .next = tagger->entities[entity].conditions, .unless = unless };
  bool fresh;
  NA_TRY(na_names_add(&tagger->words, word, 0, &options, &condition.word, &fresh, fault));
  tagger->entities[entity].conditions = (uint32_t)tagger->condition_count;
  tagger->entities[entity].needs |= !unless;
  tagger->conditions[tagger->condition_count++] = condition;
  return NA_OK;
}

na_status na_tagger_redirect (na_tagger *tagger, na_slice from, uint32_t entity) {
  uint32_t *stored;
  bool fresh;
  NA_TRY(na_arena_copy(&tagger->arena, from, &from));
  NA_TRY(na_map_put(&tagger->redirects, from, entity, &stored, &fresh));
  *stored = entity;
  return NA_OK;
}

/* ---- finding ---- */

static na_status note (na_tag_work *work, const na_tag_finding *finding) {
  void *findings = work->findings;
  if (!na_grow(&findings, &work->capacity, work->count, sizeof *work->findings)) return NA_NOMEM;
  work->findings = findings;
  work->findings[work->count++] = *finding;
  return NA_OK;
}

static na_looks_kind kind_of (const void *self, uint32_t name) {
  const na_tagger *tagger = self;
  const na_tag_entity *entity = &tagger->entities[tagger->names.items[name].entity];
  bool same = na_slice_equal(entity->name, na_names_text(&tagger->names, name));
  if (entity->is_silent) return same ? NA_LOOKS_SILENT : NA_LOOKS_WORD;
  if (same) return NA_LOOKS_NAME;
  /* learnt adjectives are the aliases that have no plural */
  return tagger->names.items[name].plural ? NA_LOOKS_ALIAS : NA_LOOKS_ADJECTIVE;
}

/* Any word is one that the registry has as such. */
static bool is_ordinary (const void *self, uint64_t hash) {
  const na_tagger *tagger = self;
  uint32_t name = na_lookup_find(&tagger->names.heads, na_names_key(0, hash));
  for (; name != NA_LOOKUP_NONE; name = tagger->names.items[name].next)
    if (kind_of(self, name) == NA_LOOKS_WORD) return true;
  return false;
}

/* A heading that is a known name stands for it; but where it is spelled in another way, it stays as the editor wrote it. */
static uint32_t name_of (const na_tagger *tagger, uint32_t name, na_slice heading) {
  bool stands =
      kind_of(tagger, name) != NA_LOOKS_NAME || na_slice_equal(na_names_text(&tagger->names, name), heading);
  return stands ? name : NA_LOOKUP_NONE;
}

/* Puts the part of the heading in the place of the known names in it, where it is not one of them itself. */
static na_status add_part (const na_tagger *tagger, na_spans *spans, na_slice heading, na_slice part,
                           size_t *at) {
  while (*at < heading.size && !na_slice_starts(na_slice_part(heading, *at, heading.size), part)) ++*at;
  if (*at == heading.size) return NA_OK;
  na_span found = { *at, *at + part.size, NA_LOOKUP_NONE };
  size_t kept = 0;
  for (size_t i = 0; i < spans->count; i++) {
    na_span span = spans->items[i];
    if (span.first == found.first && span.end == found.end) found.name = name_of(tagger, span.name, part);
    if (span.end <= found.first || span.first >= found.end) spans->items[kept++] = span;
  }
  spans->count = kept;
  void *items = spans->items;
  if (!na_grow(&items, &spans->capacity, kept, sizeof *spans->items)) return NA_NOMEM;
  spans->items = items;
  spans->items[spans->count++] = found;
  *at = found.end;
  return NA_OK;
}

/* A heading is one name, or a list of some, whatever is in it. */
static na_status add_heading (const na_tagger *tagger, na_slice heading, na_spans *spans) {
  na_arena arena = { 0 };
  na_strings topics = { 0 };
  na_status status = na_heading_add_topics(&arena, heading, &topics);
  for (size_t i = 0, at = 0; i < topics.count && status == NA_OK; i++)
    status = add_part(tagger, spans, heading, topics.items[i], &at);
  na_arena_free(&arena);
  return status;
}

static na_status add_looks (const na_tagger *tagger, na_slice text, na_tag_field field, na_tag_work *work) {
  if ((field & (NA_TAG_TOPICS | NA_TAG_LEAD)) && na_heading_is(text))
    return add_heading(tagger, text, &work->spans);
  const na_looks_names names = { &tagger->names.fold, tagger, kind_of, is_ordinary };
  return na_looks_add(&work->looks, &names, text, &work->spans);
}

static na_status find_in (const na_tagger *tagger, na_slice text, na_tag_field field, size_t topic,
                          na_tag_work *work) {
  if (!text.data) return NA_OK;
  work->spans.count = 0;
  NA_TRY(na_names_match(&tagger->names, text, &work->spans));
  if (tagger->by_looks && tagger->names.fold.entries) NA_TRY(add_looks(tagger, text, field, work));
  for (size_t i = 0; i < work->spans.count; i++) {
    na_tag_finding finding = { text, field, topic, work->spans.items[i], NA_LOOKUP_NONE };
    if (finding.span.name != NA_LOOKUP_NONE) {
      finding.entity = tagger->names.items[finding.span.name].entity;
      if (tagger->entities[finding.entity].is_silent) continue;
    }
    NA_TRY(note(work, &finding));
  }
  return NA_OK;
}

na_slice na_tag_name (const na_tagger *tagger, const na_tag_finding *finding) {
  if (finding->entity != NA_LOOKUP_NONE) return tagger->entities[finding->entity].name;
  return na_slice_part(finding->text, finding->span.first, finding->span.end);
}

static int compare_words (const void *a, const void *b) {
  const na_span *x = a, *y = b;
  return (x->name > y->name) - (x->name < y->name);
}

/* Every word once and in order: a long story may have one a hundred thousand times. */
static void settle_words (na_spans *words) {
  size_t kept = 0;
  if (words->count) qsort(words->items, words->count, sizeof *words->items, compare_words);
  for (size_t i = 0; i < words->count; i++)
    if (kept == 0 || words->items[kept - 1].name != words->items[i].name)
      words->items[kept++] = words->items[i];
  words->count = kept;
}

/* Appends the words of conditions that are in `text`. */
static na_status words_in (const na_tagger *tagger, na_slice text, na_spans *words) {
  return text.data ? na_names_match_all(&tagger->words, text, words) : NA_OK;
}

static na_status words_of (const na_tagger *tagger, const na_story *story, na_spans *words) {
  words->count = 0;
  NA_TRY(words_in(tagger, story->title, words));
  NA_TRY(words_in(tagger, story->description, words));
  NA_TRY(words_in(tagger, story->body, words));
  NA_TRY(words_in(tagger, story->category, words));
  for (size_t i = 0; i < story->topics.count; i++) NA_TRY(words_in(tagger, story->topics.items[i], words));
  for (size_t i = 0; i < story->context.count; i++) NA_TRY(words_in(tagger, story->context.items[i], words));
  settle_words(words);
  return NA_OK;
}

static bool has_word (const na_spans *words, uint32_t word) {
  const na_span asked = { .name = word };
  return words->count && bsearch(&asked, words->items, words->count, sizeof asked, compare_words);
}

static bool is_met (const na_tagger *tagger, const na_tag_entity *entity, const na_spans *words) {
  bool met = !entity->needs;
  for (uint32_t i = entity->conditions; i != NA_LOOKUP_NONE; i = tagger->conditions[i].next) {
    if (!has_word(words, tagger->conditions[i].word)) continue;
    if (tagger->conditions[i].unless) return false;
    met = true;
  }
  return met;
}

/* Takes out the findings whose conditions are not met. Stories with such names are few, so their words are read late. */
static na_status heed_conditions (const na_tagger *tagger, const na_story *story, na_tag_work *work) {
  bool read = false;
  size_t kept = 0;
  for (size_t i = 0; i < work->count; i++) {
    uint32_t number = work->findings[i].entity;
    const na_tag_entity *entity = number == NA_LOOKUP_NONE ? NULL : &tagger->entities[number];
    if (entity && entity->conditions != NA_LOOKUP_NONE) {
      if (!read) NA_TRY(words_of(tagger, story, &work->spans));
      read = true;
      if (!is_met(tagger, entity, &work->spans)) continue;
    }
    work->findings[kept++] = work->findings[i];
  }
  work->count = kept;
  return NA_OK;
}

na_status na_tag_allows (const na_tagger *tagger, const na_story *story, na_slice name, na_tag_work *work,
                         bool *allows) {
  uint32_t number = na_map_get(&tagger->numbers, name);
  const na_tag_entity *entity = number == NA_MAP_NONE ? NULL : &tagger->entities[number];
  *allows = !entity || !entity->is_silent;
  if (!*allows || !entity || entity->conditions == NA_LOOKUP_NONE) return NA_OK;
  NA_TRY(words_of(tagger, story, &work->spans));
  *allows = is_met(tagger, entity, &work->spans);
  return NA_OK;
}

na_status na_tag_find (const na_tagger *tagger, const na_story *story, unsigned fields, na_tag_work *work) {
  work->count = 0;
  if (fields & NA_TAG_TITLE) NA_TRY(find_in(tagger, story->title, NA_TAG_TITLE, 0, work));
  if (fields & NA_TAG_DESCRIPTION) NA_TRY(find_in(tagger, story->description, NA_TAG_DESCRIPTION, 0, work));
  if (fields & NA_TAG_BODY) NA_TRY(find_in(tagger, story->body, NA_TAG_BODY, 0, work));
  if (fields & NA_TAG_LEAD) NA_TRY(find_in(tagger, story->lead, NA_TAG_LEAD, 0, work));
  for (size_t i = 0; fields & NA_TAG_TOPICS && i < story->topics.count; i++)
    NA_TRY(find_in(tagger, story->topics.items[i], NA_TAG_TOPICS, i, work));
  return heed_conditions(tagger, story, work);
}

/* ---- tagging ---- */

/* Replaces the names in the context that lead elsewhere. */
static void follow_redirects (const na_tagger *tagger, na_strings *context) {
  size_t kept = 0;
  for (size_t i = 0; i < context->count; i++) {
    uint32_t entity = na_map_get(&tagger->redirects, context->items[i]);
    if (entity != NA_MAP_NONE && tagger->entities[entity].is_silent) continue;
    context->items[kept++] = entity != NA_MAP_NONE ? tagger->entities[entity].name : context->items[i];
  }
  context->count = kept;
}

na_status na_tag_story (const na_tagger *tagger, na_arena *arena, na_story *story, unsigned fields,
                        na_tag_work *work, size_t *added) {
  NA_TRY(na_tag_find(tagger, story, fields, work));
  na_strings context = { 0 };
  size_t had = story->context.count;
  if (work->count == 0 && (had == 0 || tagger->redirects.count == 0)) return NA_OK;
  context.items = na_arena_alloc(arena, (had + work->count) * sizeof *context.items);
  if (!context.items) return NA_NOMEM;
  if (had) memcpy(context.items, story->context.items, had * sizeof *context.items);
  context.count = had;
  if (tagger->redirects.count) follow_redirects(tagger, &context);
  na_strings_sort_unique(&context);
  had = context.count;
  for (size_t i = 0; i < work->count; i++)
    context.items[context.count++] = na_tag_name(tagger, &work->findings[i]);
  na_strings_sort_unique(&context);
  *added += context.count - had;
  for (size_t i = 0; i < context.count; i++)
    NA_TRY(na_arena_copy(arena, context.items[i], &context.items[i]));
  story->context = context;
  return NA_OK;
}
