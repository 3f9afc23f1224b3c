#include "search/snippet.h"

#include "text/words.h"

#define MATCHES_MAX 512 /* of one text: more words than a snippet shows, and no text is read twice */

/* A word of the text that the plan looks for. */
typedef struct match {
  size_t first, last, mark;
} match;

typedef struct matches {
  match items[MATCHES_MAX];
  size_t count;
} matches;

/* Which mark a word answers to, or plan->mark_count. */
static size_t mark_of (const na_plan *plan, na_slice word) {
  uint32_t term = na_terms_word(plan->index->terms, word);
  for (size_t i = 0; i < plan->mark_count; i++) {
    const na_plan_mark *mark = &plan->marks[i];
    if (mark->term != NA_MAP_NONE
            ? mark->term == term
            : (mark->inside ? na_slice_holds(word, mark->text) : na_slice_starts(word, mark->text)))
      return i;
  }
  return plan->mark_count;
}

static void find_matches (const na_plan *plan, na_slice text, matches *found) {
  na_words words;
  na_word word;
  found->count = 0;
  na_words_begin(&words, &plan->index->terms->fold, text);
  for (size_t left = NA_STORY_WORDS_MAX; left && found->count < MATCHES_MAX; left--) {
    if (!na_words_next(&words, &word)) return;
    size_t mark = mark_of(plan, word.text);
    if (mark < plan->mark_count) found->items[found->count++] = (match){ word.first, word.last, mark };
  }
}

/* What the different words weigh that stand within `bytes` from match `first` on; *last is the match behind them. */
static uint64_t weigh (const na_plan *plan, const matches *found, size_t first, size_t bytes, size_t *last) {
  bool seen[NA_PLAN_WORDS_MAX] = { false };
  uint64_t weight = 0;
  size_t i = first;
  for (; i < found->count && found->items[i].last - found->items[first].first <= bytes; i++) {
    size_t mark = found->items[i].mark;
    if (!seen[mark]) weight += plan->marks[mark].weight;
    seen[mark] = true;
  }
  *last = i;
  return weight;
}

/* The first place from `at` on, up to `most`, behind a blank; where there is none, the first where no character is cut. */
static size_t begin_after (na_slice text, size_t at, size_t most) {
  for (size_t i = at; i < most; i++)
    if (i && na_is_space(text.data[i - 1])) return i;
  while (at < most && ((unsigned char)text.data[at] & 0xC0) == 0x80) at++;
  return at;
}

/* The last place up to `at` before a blank that is not far, or where no character is cut; never before `least`. */
static size_t end_before (na_slice text, size_t at, size_t least) {
  if (at >= text.size) return text.size;
  for (size_t i = at, far = 0; i > least && far < NA_WORD_BYTES; i--, far++)
    if (na_is_space(text.data[i])) return i;
  while (at > least && ((unsigned char)text.data[at] & 0xC0) == 0x80) at--;
  return at;
}

#define LEAD_SHARE 4 /* a quarter of the room that is left goes before the first match */

static void take (na_snippet *snippet, na_slice text, const matches *found, size_t first, size_t last,
                  size_t bytes) {
  size_t from = 0, to = text.size;
  if (text.size > bytes) {
    size_t begin = first < last ? found->items[first].first : 0;
    size_t end = first < last ? found->items[last - 1].last : 0;
    size_t lead = (bytes - (end - begin)) / LEAD_SHARE;
    from = begin > 2 * lead ? begin_after(text, begin - lead, begin) : 0;
    to = end_before(text, from + bytes > end ? from + bytes : end, end);
  }
  snippet->text = na_slice_part(text, from, to);
  snippet->begins = from == 0;
  snippet->ends = to == text.size;
  snippet->span_count = 0;
  for (size_t i = 0; i < found->count; i++) {
    const match *m = &found->items[i];
    if (m->first < from || m->last > to) continue;
    na_snippet_span span = { m->first - from, m->last - from };
    na_snippet_span *before = snippet->span_count ? &snippet->spans[snippet->span_count - 1] : NULL;
    if (before && span.first <= before->last)
      before->last = span.last > before->last ? span.last : before->last; /* pairs share a character */
    else if (snippet->span_count < NA_SNIPPET_SPANS_MAX)
      snippet->spans[snippet->span_count++] = span;
  }
}

void na_snippet_make (const na_plan *plan, uint32_t story, size_t bytes, na_snippet *snippet) {
  na_slice texts[NA_STORY_TEXTS];
  static const char *const names[] = { "title", "description", "body" };
  matches found;
  uint64_t most = 0;
  *snippet = (na_snippet){ .field = names[0], .text = NA_LITERAL(""), .begins = true, .ends = true };
  na_search_texts(plan->index, story, texts);
  for (size_t t = 0; t < NA_STORY_TEXTS; t++) {
    if (!texts[t].data) continue;
    size_t room = t == 0 ? texts[t].size : bytes, best = 0, best_end = 0;
    uint64_t heaviest = 0;
    find_matches(plan, texts[t], &found);
    for (size_t i = 0, last; i < found.count; i++) {
      uint64_t weight = weigh(plan, &found, i, room, &last);
      if (weight > heaviest) heaviest = weight, best = i, best_end = last;
      if (last == found.count) break; /* what begins later has less */
    }
    if (t > 0 && heaviest <= most) continue;
    most = heaviest;
    snippet->field = names[t];
    take(snippet, texts[t], &found, best, best_end, room);
  }
}
