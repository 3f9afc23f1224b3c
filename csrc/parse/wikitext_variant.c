/* csrc/parse/wikitext_variant.c -- -{zh-hans:...;zh-hant:...}-: one text for each Chinese script and region. */
#include "parse/wikitext_parser.h"

#define CODE_BYTES_MAX 8             /* "zh-hans" */
#define RULE_BYTES_MAX ((size_t)200) /* of "X=>zh-hans:"; bounds the look ahead at every ';' */

static const char *const cn[] = { "zh-cn", "zh-hans", "zh-sg", "zh-my", "zh",
                                  "zh-tw", "zh-hant", "zh-hk", "zh-mo", NULL };
static const char *const sg[] = { "zh-sg", "zh-my",   "zh-hans", "zh-cn", "zh",
                                  "zh-tw", "zh-hant", "zh-hk",   "zh-mo", NULL };
static const char *const my[] = { "zh-my", "zh-sg",   "zh-hans", "zh-cn", "zh",
                                  "zh-tw", "zh-hant", "zh-hk",   "zh-mo", NULL };
static const char *const hans[] = { "zh-hans", "zh-cn",   "zh-sg", "zh-my", "zh",
                                    "zh-tw",   "zh-hant", "zh-hk", "zh-mo", NULL };
static const char *const tw[] = { "zh-tw", "zh-hant", "zh-hk", "zh-mo", "zh",
                                  "zh-cn", "zh-hans", "zh-sg", "zh-my", NULL };
static const char *const hk[] = { "zh-hk", "zh-mo",   "zh-hant", "zh-tw", "zh",
                                  "zh-cn", "zh-hans", "zh-sg",   "zh-my", NULL };
static const char *const mo[] = { "zh-mo", "zh-hk",   "zh-hant", "zh-tw", "zh",
                                  "zh-cn", "zh-hans", "zh-sg",   "zh-my", NULL };
static const char *const hant[] = { "zh-hant", "zh-tw",   "zh-hk", "zh-mo", "zh",
                                    "zh-cn",   "zh-hans", "zh-sg", "zh-my", NULL };

/* Whether `text` begins with `code`, in whatever case. */
static bool same_code (na_slice text, const char *code) {
  size_t i = 0;
  for (; i < text.size && code[i]; i++)
    if ((text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] | 32 : text.data[i]) != code[i])
      return false;
  return i == text.size && !code[i];
}

const char *const *na_wt_variant_chain (na_slice variant) {
  static const char *const *const chains[] = { cn, sg, my, hans, tw, hk, mo, hant };
  for (size_t i = 0; variant.data && i < sizeof chains / sizeof *chains; i++)
    if (same_code(variant, chains[i][0])) return chains[i];
  return cn;
}

/* Place of a code in the chain, 0 for the one wanted most; -1 where it is no code. */
static int rank_of (const na_wt_parser *parser, na_slice code) {
  code = na_slice_trim(code);
  if (code.size > CODE_BYTES_MAX) return -1;
  for (int i = 0; parser->chain[i]; i++)
    if (same_code(code, parser->chain[i])) return i;
  return -1;
}

/* The code that [from, to) begins with ("zh-tw:", "X=>zh-tw:"); *at is behind its colon. -1 where there is none. */
static int code_at (const na_wt_parser *parser, size_t from, size_t to, size_t *at) {
  if (to - from > RULE_BYTES_MAX) to = from + RULE_BYTES_MAX;
  size_t colon = na_slice_find(na_slice_part(parser->text, 0, to), ':', from);
  if (colon == to) return -1;
  for (size_t i = from; i + 1 < colon; i++)
    if (parser->text.data[i] == '=' && parser->text.data[i + 1] == '>') from = i + 2;
  *at = colon + 1;
  return rank_of(parser, na_slice_part(parser->text, from, colon));
}

/* The text of the variant that is wanted most; false where [from, to) is no list of variants. */
static bool choose (na_wt_parser *parser, size_t from, size_t to, size_t *chosen_from, size_t *chosen_to) {
  int best = -1;
  size_t at = from, next_at = from;
  int rank = code_at(parser, from, to, &at);
  if (rank < 0) return false;
  while (from < to) {
    size_t end = na_wt_find_outside(&parser->marks, parser->text, ';', from, to), next = end;
    int next_rank = -1;
    while (end < to) { /* a ';' parts variants where another code follows, or nothing */
      next = end + 1;
      while (next < to && na_is_space(parser->text.data[next])) next++;
      if (next == to || (next_rank = code_at(parser, next, to, &next_at)) >= 0) break;
      next = end = na_wt_find_outside(&parser->marks, parser->text, ';', next, to);
    }
    if (rank >= 0 && (best < 0 || rank < best)) {
      best = rank;
      *chosen_from = at;
      *chosen_to = end;
    }
    from = end < to ? next : to;
    rank = next_rank;
    at = next_at;
  }
  return best >= 0;
}

/* What stands before the first '|': single letters are flags; a flag of T, H, D or '-' shows nothing. */
static bool take_flags (na_wt_parser *parser, size_t *from, size_t to, bool *hidden) {
  size_t pipe = na_wt_find_outside(&parser->marks, parser->text, '|', *from, to);
  *hidden = false;
  if (pipe == to || pipe - *from > 40) return false;
  for (size_t i = *from; i < pipe; i++) {
    char c = parser->text.data[i];
    bool alone = (i == *from || !strchr("abcdefghijklmnopqrstuvwxyz-", parser->text.data[i - 1] | 32)) &&
                 (i + 1 == pipe || !strchr("abcdefghijklmnopqrstuvwxyz-", parser->text.data[i + 1] | 32));
    if (!strchr(" ;-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", c)) return false;
    if (alone && strchr("THD-thd", c)) *hidden = true;
  }
  *from = pipe + 1;
  return true;
}

na_status na_wt_variant (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to, size_t *at) {
  const na_wt_mark *open = &parser->marks.items[i], *close = &parser->marks.items[open->match];
  size_t from = open->at + 2, end = close->at;
  bool hidden;
  (void)to;
  *at = close->at + close->size;
  take_flags(parser, &from, end, &hidden);
  if (hidden) return NA_OK;
  size_t chosen_from = from, chosen_to = end;
  choose(parser, from, end, &chosen_from, &chosen_to);
  while (chosen_from < chosen_to && na_is_space(parser->text.data[chosen_from])) chosen_from++;
  while (chosen_to > chosen_from && na_is_space(parser->text.data[chosen_to - 1])) chosen_to--;
  return na_wt_render(parser, out, chosen_from, chosen_to);
}
