/* csrc/parse/wikitext_wrapper.c -- the template around the news of a day, in its five forms. */
#include "parse/pagetitle.h"
#include "parse/wikitext_parser.h"

#define WRAPPERS_MAX 64 /* wrapper templates of one page: two each on a page of a month */

/* A wrapper template that opens a day: "{{Current events|...", "{{Current events header|...". */
typedef struct wrapper {
  na_wikitext_wrapper kind;
  bool closes;          /* {{Current events|...|bottom=yes}}, {{Current events footer}} */
  size_t from, to;      /* of the template, or of its part up to "content=" */
  int year, month, day; /* 0 where not said */
} wrapper;

static bool same_letters (na_slice text, const char *lower) {
  size_t i = 0;
  for (; i < text.size && lower[i]; i++) {
    char c = text.data[i] == '_' ? ' ' : text.data[i];
    if ((c >= 'A' && c <= 'Z' ? c | 32 : c) != lower[i]) return false;
  }
  return !lower[i];
}

static int number_of (na_slice text) {
  int number = 0;
  text = na_slice_trim(text);
  if (!text.size || text.size > 4) return 0;
  for (size_t i = 0; i < text.size; i++) {
    if (!na_is_digit(text.data[i])) return 0;
    number = number * 10 + (text.data[i] - '0');
  }
  return number;
}

static void take_argument (wrapper *found, na_slice name, size_t number, na_slice value) {
  if (na_slice_equal(name, NA_LITERAL("year")) || number == 1)
    found->year = number_of(value);
  else if (na_slice_equal(name, NA_LITERAL("month")) || number == 2)
    found->month = na_wt_month_of(value);
  else if (na_slice_equal(name, NA_LITERAL("day")) || number == 3)
    found->day = number_of(value);
  else if (na_slice_equal(name, NA_LITERAL("top")))
    found->kind = NA_WIKITEXT_SANDWICH;
  else if (na_slice_equal(name, NA_LITERAL("bottom"))) {
    found->kind = NA_WIKITEXT_SANDWICH;
    found->closes = true;
  }
}

/*
** The arguments of a wrapper from `at` on, up to its braces or to "content=", which takes all that follows.
** They are few, short and on few lines: anything else is no wrapper.
*/
static bool take_arguments (na_slice text, size_t at, wrapper *found) {
  for (size_t number = 1; at < text.size && text.data[at] == '|';) {
    size_t end = ++at, equals = 0;
    for (; end < text.size && !strchr("|{}[]*", text.data[end]); end++)
      if (text.data[end] == '=' && !equals) {
        equals = end;
        if (na_slice_equal(na_slice_trim(na_slice_part(text, at, end)), NA_LITERAL("content"))) {
          found->kind = NA_WIKITEXT_CONTENT;
          found->to = end + 1;
          return true;
        }
      }
    na_slice name = equals ? na_slice_trim(na_slice_part(text, at, equals)) : NA_LITERAL("");
    take_argument(found, name, equals ? 0 : number++, na_slice_part(text, equals ? equals + 1 : at, end));
    at = end;
  }
  found->to = at + 2;
  return text.size - at >= 2 && text.data[at] == '}' && text.data[at + 1] == '}';
}

/* Whether a wrapper stands at the braces at `at`. */
static bool wrapper_at (na_slice text, size_t at, wrapper *found) {
  *found = (wrapper){ .kind = NA_WIKITEXT_HEADER, .from = at };
  at += 2;
  while (at < text.size && na_is_space(text.data[at])) at++;
  if (!same_letters(na_slice_part(text, at, text.size), "current events")) return false;
  at += strlen("current events");
  if (same_letters(na_slice_part(text, at, text.size), " header"))
    at += strlen(" header");
  else if (same_letters(na_slice_part(text, at, text.size), " footer")) {
    at += strlen(" footer");
    found->closes = true;
  }
  while (at < text.size && na_is_space(text.data[at])) at++;
  return take_arguments(text, at, found);
}

static void blank_out (na_wt_parser *parser, size_t from, size_t to) {
  for (size_t i = from; i < to; i++)
    if (parser->clean.data[i] != '\n') parser->clean.data[i] = ' ';
}

static bool starts_item (na_slice text, size_t at) {
  return at < text.size &&
         (strchr("*:;#=", text.data[at]) != NULL || same_letters(na_slice_part(text, at, text.size), "'''"));
}

/*
** The braces that close "content=": the last pair in [from, to) that closes nothing else. Templates that are open where an
** item begins were never closed and are forgotten.
*/
static void close_content (na_wt_parser *parser, size_t from, size_t to) {
  static const bool special[256] = { ['{'] = true, ['}'] = true, ['\n'] = true };
  size_t depth = 0, last = to;
  na_slice text = parser->text;
  for (size_t at = from; at + 1 < to; at++) {
    char c = text.data[at];
    if (!special[(unsigned char)c]) continue;
    if (c == '\n' && starts_item(text, at + 1)) depth = 0;
    if ((c != '{' && c != '}') || text.data[at + 1] != c) continue;
    if (c == '{')
      depth++;
    else if (depth)
      depth--;
    else
      last = at;
    at++;
  }
  if (last < to) blank_out(parser, last, last + 2);
}

/* "|}" alone at the end of the news, in the place of a footer; also what is left of "|}}". */
static void close_table (na_wt_parser *parser, size_t from, size_t to) {
  while (to > from && na_is_space(parser->text.data[to - 1])) to--;
  if (to - from >= 2 && parser->text.data[to - 1] == '}' && parser->text.data[to - 2] == '|')
    blank_out(parser, to - 2, to);
}

static size_t find_wrappers (na_slice text, wrapper found[WRAPPERS_MAX]) {
  size_t count = 0;
  for (size_t at = 0; count < WRAPPERS_MAX && (at = na_slice_find(text, '{', at)) + 1 < text.size; at++) {
    if (text.data[at + 1] != '{' || !wrapper_at(text, at, &found[count])) continue;
    at = found[count].to - 1;
    count++;
  }
  return count;
}

static na_day day_of (const wrapper *found) {
  return na_day_of(found->year, found->month, found->day);
}

/* The day of a portal page's title, or of a title that is a day and nothing else. */
static na_day title_day (na_slice title) {
  na_page_title page;
  return na_page_title_read(title, &page) ? page.day : na_day_written(title);
}

/* What the page's day is by its surroundings: title, then the caller. */
static na_day day_outside (const na_wt_parser *parser) {
  na_day day = parser->options->title.data ? title_day(parser->options->title) : NA_DAY_NONE;
  if (day == NA_DAY_NONE && parser->options->date.data) day = na_day_parse(parser->options->date);
  return day;
}

static na_status check_day (na_wt_parser *parser, const wrapper *found, na_day outside) {
  na_day inside = day_of(found);
  if (inside == NA_DAY_NONE && (found->year || found->month || found->day))
    NA_TRY(na_wt_problem(parser, "wikitext-date", found->from, found->to));
  na_day given = parser->options->date.data ? na_day_parse(parser->options->date) : NA_DAY_NONE;
  if (inside != NA_DAY_NONE &&
      ((outside != NA_DAY_NONE && inside != outside) || (given != NA_DAY_NONE && inside != given)))
    NA_TRY(na_wt_problem(parser, "wikitext-date-mismatch", found->from, found->to));
  parser->page->day = inside != NA_DAY_NONE ? inside : outside;
  return NA_OK;
}

/* A day's stretch of the page goes from its wrapper to the next one that opens a day. Another day's is not this page's news. */
static na_status take_days (na_wt_parser *parser, wrapper *found, size_t count, na_day outside) {
  size_t chosen = NA_WIKITEXT_NONE;
  for (size_t i = 0; i < count; i++) {
    if (found[i].closes) continue;
    if (chosen == NA_WIKITEXT_NONE ||
        (outside != NA_DAY_NONE && day_of(&found[i]) == outside && day_of(&found[chosen]) != outside))
      chosen = i;
  }
  if (chosen == NA_WIKITEXT_NONE) chosen = 0;
  parser->page->wrapper = found[chosen].kind;
  NA_TRY(check_day(parser, &found[chosen], outside));
  for (size_t i = 0; i < count; i++) {
    size_t next = i + 1;
    while (next < count && found[next].closes) next++;
    size_t end = next < count ? found[next].from : parser->text.size;
    bool other =
        !found[i].closes && day_of(&found[i]) != NA_DAY_NONE && day_of(&found[i]) != day_of(&found[chosen]);
    if (other) NA_TRY(na_wt_problem(parser, "wikitext-other-day", found[i].from, found[i].to));
    if (!found[i].closes && found[i].kind == NA_WIKITEXT_CONTENT) close_content(parser, found[i].to, end);
    if (!found[i].closes) close_table(parser, found[i].to, end);
    blank_out(parser, found[i].from, other ? end : found[i].to);
  }
  return NA_OK;
}

na_status na_wt_unwrap (na_wt_parser *parser) {
  wrapper found[WRAPPERS_MAX];
  na_wt_date date;
  na_day outside = day_outside(parser);
  size_t count = find_wrappers(parser->text, found);
  parser->page->day = outside;
  if (count) NA_TRY(take_days(parser, found, count, outside));
  parser->day = parser->page->day;
  if (parser->day != NA_DAY_NONE) {
    int day;
    na_day_split(parser->day, &parser->year, &parser->month, &day);
  } else if (parser->options->title.data && na_wt_date_read(parser->options->title, false, &date)) {
    parser->year = date.year;
    parser->month = date.month;
  }
  return NA_OK;
}
