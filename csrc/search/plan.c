#include "search/plan.h"

#include <math.h>

#include "text/utf8.h"
#include "text/words.h"

void na_plan_free (na_plan *plan) {
  na_arena_free(&plan->arena);
  plan->word_count = plan->filter_count = plan->excluded_count = 0;
  plan->phrase_count = plan->mark_count = plan->unknown_count = 0;
}

typedef struct maker {
  na_plan *plan;
  na_query *query;
  bool has_clause; /* something was understood */
} maker;

/* ---- lists ---- */

/* Inverse document frequency in whole steps; never 0, since a word that is asked for says something. */
static uint32_t weight_of (const na_plan *plan, size_t count) {
  double total = (double)plan->index->archive->count, stories = (double)count;
  long weight = lround(NA_SEARCH_WEIGHT_ONE * log(1 + (total - stories + 0.5) / (stories + 0.5)));
  return weight > 1 ? (uint32_t)weight : 1;
}

static na_plan_list list_of_term (const na_plan *plan, uint32_t term) {
  const na_term_list *list = na_terms_list(plan->index->terms, term);
  uint32_t weight = weight_of(plan, list->count);
  return (na_plan_list){ .items = list->items,
                         .impacts = list->impacts,
                         .block_tops = list->tops,
                         .bitmap = list->bitmap,
                         .count = list->count,
                         .term = term,
                         .weight = weight,
                         .bound = weight * list->top };
}

/* Marks the stories of a list; gives how many were not marked before. */
static size_t mark (uint8_t *marks, na_posting_list list, const uint8_t *impacts) {
  size_t fresh = 0;
  for (size_t i = 0; i < list.count; i++) {
    uint8_t impact = impacts ? impacts[i] : 1, *old = &marks[list.items[i]];
    fresh += !*old;
    if (impact > *old) *old = impact;
  }
  return fresh;
}

static size_t mark_term (const na_search_index *index, uint32_t term) {
  const na_term_list *list = na_terms_list(index->terms, term);
  return mark(index->marks, (na_posting_list){ list->items, list->count }, list->impacts);
}

/* The marked stories as a list, the marks as its impacts; unmarks them. */
static na_status list_of_marks (na_plan *plan, size_t count, na_plan_list *list) {
  uint8_t *marks = plan->index->marks, top = 0;
  uint32_t *items = na_arena_alloc(&plan->arena, count * sizeof *items);
  uint8_t *impacts = na_arena_alloc(&plan->arena, count);
  size_t at = 0;
  for (uint32_t story = 0; story < plan->index->archive->count; story++) {
    if (!marks[story]) continue;
    if (items && impacts) items[at] = story, impacts[at++] = marks[story];
    if (marks[story] > top) top = marks[story];
    marks[story] = 0;
  }
  if (!items || !impacts) return NA_NOMEM;
  uint32_t weight = weight_of(plan, count);
  *list = (na_plan_list){ .items = items,
                          .impacts = impacts,
                          .count = count,
                          .term = NA_MAP_NONE,
                          .weight = weight,
                          .bound = weight * top };
  return NA_OK;
}

/* ---- where lists go ---- */

static void add_filter (maker *m, na_plan_list list, bool negated) {
  na_plan *plan = m->plan;
  size_t *count = negated ? &plan->excluded_count : &plan->filter_count;
  list.impacts = NULL;
  if (*count < NA_PLAN_WORDS_MAX) (negated ? plan->excluded : plan->filters)[(*count)++] = list;
  m->has_clause = true;
}

static void add_word (maker *m, na_plan_list list, na_plan_mark marked) {
  na_plan *plan = m->plan;
  m->has_clause = true;
  for (size_t i = 0; i < plan->word_count; i++)
    if (plan->words[i].term != NA_MAP_NONE && plan->words[i].term == list.term) return;
  if (plan->word_count == NA_PLAN_WORDS_MAX) {
    na_query_note(m->query, "too-many-words", "the query has too many words: this one was left out",
                  marked.text);
    return;
  }
  marked.weight = list.weight;
  plan->words[plan->word_count++] = list;
  if (plan->mark_count < NA_PLAN_WORDS_MAX) plan->marks[plan->mark_count++] = marked;
}

/* A word that no story has: then none has all words. */
static void miss (maker *m, na_slice word) {
  na_plan *plan = m->plan;
  m->has_clause = true;
  if (!plan->any) plan->nothing = true;
  if (plan->unknown_count < NA_PLAN_UNKNOWN_MAX) plan->unknown[plan->unknown_count++] = word;
}

/* ---- words ---- */

/* A word of a clause. */
typedef struct asked {
  na_phrase_word place;
  na_slice written; /* as it is in the query */
  bool character;   /* one of a script without blanks: lists have it in pairs */
} asked;

/* The words of a text; fails only for want of memory. A lone character of a script without blanks has no term. */
static na_status read_words (maker *m, na_slice text, asked *out, size_t *count) {
  const na_search_index *index = m->plan->index;
  na_words words;
  na_word word;
  *count = 0;
  na_words_begin(&words, &index->terms->fold, text);
  while (*count < NA_PHRASE_WORDS_MAX && na_words_next(&words, &word)) {
    size_t behind = word.first;
    na_utf8_next(text, &behind);
    bool character = word.pair && behind == word.last;
    asked *next = &out[(*count)++];
    next->written = na_slice_part(text, word.first, word.last);
    next->place.term = character ? NA_MAP_NONE : na_terms_word_or_stem(index->terms, word.text);
    NA_TRY(na_arena_copy(&m->plan->arena, word.text, &next->place.text));
    next->character = character;
  }
  return NA_OK;
}

/* The stories with a form that begins with `text` or, where `inside`, has it anywhere. */
static na_status gather (maker *m, na_slice text, bool inside, na_plan_list *list) {
  const na_search_index *index = m->plan->index;
  const na_rows *forms = &index->terms->forms;
  size_t found = 0;
  for (size_t place = inside ? 0 : na_rows_place(forms, text); place < forms->count; place++) {
    na_slice form = na_rows_get(forms, place);
    if (inside ? na_slice_holds(form, text) : na_slice_starts(form, text))
      found += mark_term(index, na_terms_of_form(index->terms, place));
    else if (!inside)
      break;
  }
  *list = (na_plan_list){ .term = NA_MAP_NONE };
  return found ? list_of_marks(m->plan, found, list) : NA_OK;
}

/* The stories with a word; an empty list where there are none. */
static na_status find_word (maker *m, const asked *word, na_plan_list *list) {
  if (word->character) return gather(m, word->place.text, true, list);
  *list = (na_plan_list){ 0 };
  if (word->place.term != NA_MAP_NONE) *list = list_of_term(m->plan, word->place.term);
  return NA_OK;
}

static na_status add_asked (maker *m, const asked *word, bool negated) {
  na_plan_list list;
  NA_TRY(find_word(m, word, &list));
  if (negated && !list.count)
    m->has_clause = true;
  else if (negated)
    add_filter(m, list, true);
  else if (!list.count)
    miss(m, word->written);
  else
    add_word(m, list,
             (na_plan_mark){ .term = word->place.term, .text = word->place.text, .inside = word->character });
  return NA_OK;
}

static na_status add_prefix (maker *m, const asked *word, bool negated) {
  na_plan_list list;
  NA_TRY(gather(m, word->place.text, word->character, &list));
  if (!list.count && negated)
    m->has_clause = true;
  else if (!list.count)
    miss(m, word->written);
  else if (negated)
    add_filter(m, list, true);
  else
    add_word(m, list,
             (na_plan_mark){ .term = NA_MAP_NONE, .text = word->place.text, .inside = word->character });
  return NA_OK;
}

/* Words that must stand one behind the other. Each also counts as a word, which leads to the stories to look into. */
static na_status add_phrase (maker *m, const asked *words, size_t count, bool negated) {
  na_plan *plan = m->plan;
  na_phrase *phrase = &plan->phrases[plan->phrase_count];
  if (plan->phrase_count == NA_PLAN_WORDS_MAX)
    return NA_OK; /* there are no more clauses with that many words */
  *phrase = (na_phrase){ .count = count, .negated = negated };
  phrase->words = na_arena_alloc(&plan->arena, count * sizeof *phrase->words);
  if (!phrase->words) return NA_NOMEM;
  m->has_clause = true;
  for (size_t i = 0; i < count; i++) {
    phrase->words[i] = words[i].place;
    bool known = words[i].character || words[i].place.term != NA_MAP_NONE;
    if (!known && negated) return NA_OK; /* nowhere, so nothing to leave out */
    if (!known) plan->nothing = true;
    if (negated) continue;
    na_plan_list list;
    NA_TRY(find_word(m, &words[i], &list));
    if (list.count && plan->any) add_filter(m, list, false);
    NA_TRY(add_asked(m, &words[i], false));
  }
  plan->phrase_count++;
  return NA_OK;
}

static na_status add_words (maker *m, const na_clause *clause) {
  asked words[NA_PHRASE_WORDS_MAX];
  size_t count;
  bool together = clause->kind == NA_CLAUSE_PHRASE || clause->negated;
  NA_TRY(read_words(m, clause->text, words, &count));
  if (!count) na_query_note(m->query, "no-word", "nothing in this that can be searched", clause->text);
  if (clause->kind == NA_CLAUSE_PREFIX && count) {
    for (size_t i = 0; i + 1 < count; i++) NA_TRY(add_asked(m, &words[i], false));
    return add_prefix(m, &words[count - 1], clause->negated);
  }
  if (together && count > 1) return add_phrase(m, words, count, clause->negated);
  for (size_t i = 0; i < count; i++) NA_TRY(add_asked(m, &words[i], clause->negated));
  return NA_OK;
}

/* ---- fields ---- */

/* Fills `list` with the stories of all values with that key, or with the key among their words. */
static na_status list_of_key (maker *m, const na_facet *facet, na_slice key, bool part, na_plan_list *list) {
  na_plan *plan = m->plan;
  uint32_t *values;
  size_t count, found = 0;
  *list = (na_plan_list){ .term = NA_MAP_NONE };
  NA_TRY(na_facet_find(facet, &plan->index->terms->fold, key, part, &plan->arena, &values, &count));
  for (size_t i = 0; i < count; i++) {
    na_posting_list stories;
    NA_TRY(na_facet_stories(facet, values[i], &plan->arena, &stories));
    if (count > 1) {
      found += mark(plan->index->marks, stories, NULL);
    } else {
      list->items = stories.items;
      list->count = stories.count;
    }
  }
  return count > 1 ? list_of_marks(plan, found, list) : NA_OK;
}

static na_status add_field (maker *m, const na_clause *clause) {
  const na_search_index *index = m->plan->index;
  const na_facet *facet = na_search_facet(index, clause->kind);
  na_buffer key = { 0 };
  na_plan_list list = { 0 };
  na_status status = na_facet_key(&key, &index->terms->fold, clause->text);
  if (status == NA_OK) status = list_of_key(m, facet, na_buffer_slice(&key), false, &list);
  if (status == NA_OK && !list.count) status = list_of_key(m, facet, na_buffer_slice(&key), true, &list);
  na_buffer_free(&key);
  NA_TRY(status);
  if (list.count) {
    add_filter(m, list, clause->negated);
    return NA_OK;
  }
  na_query_note(m->query, "unknown-value", "nothing of that name: searched as words", clause->text);
  return add_words(m,
                   &(na_clause){ .kind = NA_CLAUSE_WORDS, .text = clause->text, .negated = clause->negated });
}

/* ---- days ---- */

static void take_days (maker *m) {
  const na_query *query = m->query;
  const na_archive *archive = m->plan->index->archive;
  m->plan->first = query->from == NA_DAY_NONE ? 0 : na_story_of_day(archive, query->from);
  m->plan->end = na_story_of_day(archive, (int64_t)query->to + 1);
  if (query->from != NA_DAY_NONE || query->to != INT32_MAX) m->has_clause = true;
}

na_status na_plan_make (na_plan *plan, na_search_index *index, na_query *query, bool any) {
  na_plan_free(plan);
  plan->index = index;
  plan->any = any;
  plan->nothing = false;
  maker m = { .plan = plan, .query = query };
  for (size_t i = 0; i < query->clause_count; i++) {
    const na_clause *clause = &query->clauses[i];
    NA_TRY(clause->kind >= NA_CLAUSE_ENTITY ? add_field(&m, clause) : add_words(&m, clause));
  }
  take_days(&m);
  if (any && plan->unknown_count && !plan->word_count) plan->nothing = true;
  if (!m.has_clause) {
    na_query_note(query, "empty", "the query asks for nothing", NA_LITERAL(""));
    plan->nothing = true;
  }
  return NA_OK;
}
