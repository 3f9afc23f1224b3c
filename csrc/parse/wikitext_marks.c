/* csrc/parse/wikitext_marks.c -- the brackets of a stretch of wikitext, each with its partner. */
#include "base/memory.h"
#include "parse/wikitext_parser.h"

/* A byte in <nowiki> may become six: "&#124;". */
_Static_assert(NA_WIKITEXT_BYTES_MAX <= UINT32_MAX / 6, "the places of marks fit 32 bits");

/*
** One pass with a stack of what is open. A closing mark takes the nearest open mark of its kind; what was opened in between
** stays unmatched. Links and addresses do not pass the end of their line, nothing passes the border of a <ref>. The stack is
** NA_WT_NEST_MAX deep, so that looking through it is a constant.
*/
typedef struct scanner {
  na_wt_marks *marks;
  na_slice text;
  size_t at, to;
  uint32_t open[NA_WT_NEST_MAX];
  size_t depth;
  size_t lone; /* single '[' of this line that no ']' followed yet */
} scanner;

size_t na_wt_scheme (na_slice text) {
  static const char *const schemes[] = { "https://", "http://", "//",      "ftp://",
                                         "mailto:",  "news:",   "ftps://", "irc://" };
  if (!text.size || !strchr("hHfFmMnNiI/", text.data[0])) return 0;
  for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
    size_t size = strlen(schemes[i]), j = 0;
    while (j < size && j < text.size &&
           (text.data[j] | (text.data[j] >= 'A' && text.data[j] <= 'Z' ? 32 : 0)) == schemes[i][j])
      j++;
    if (j == size) return size;
  }
  return 0;
}

static na_status add (scanner *s, na_wt_mark_kind kind, size_t size) {
  void *items = s->marks->items;
  if (!na_grow(&items, &s->marks->capacity, s->marks->count, sizeof *s->marks->items)) return NA_NOMEM;
  s->marks->items = items;
  s->marks->items[s->marks->count++] =
      (na_wt_mark){ .kind = kind, .match = NA_WT_UNMATCHED, .at = (uint32_t)s->at, .size = (uint32_t)size };
  s->at += size;
  return NA_OK;
}

/* What would nest too deep is no mark: text of which na_wt_put lets no bracket through that reads as markup. */
static na_status add_open (scanner *s, na_wt_mark_kind kind, size_t size) {
  if (s->depth == NA_WT_NEST_MAX) {
    s->marks->too_deep = true;
    s->at += size;
    return NA_OK;
  }
  s->open[s->depth++] = (uint32_t)s->marks->count;
  return add(s, kind, size);
}

/* Adds a closing mark that has no partner. A row of them is one mark. */
static na_status add_stray (scanner *s, na_wt_mark_kind kind, size_t size) {
  na_wt_mark *last = s->marks->count ? &s->marks->items[s->marks->count - 1] : NULL;
  if (!last || last->kind != kind || last->match != NA_WT_UNMATCHED || last->at + last->size != s->at)
    return add(s, kind, size);
  last->size += (uint32_t)size;
  s->at += size;
  return NA_OK;
}

/* Place in the stack of the nearest open mark of either kind, not looking past a <ref>; `depth` where there is none. */
static size_t nearest (const scanner *s, na_wt_mark_kind kind, na_wt_mark_kind other) {
  for (size_t i = s->depth; i-- > 0;) {
    na_wt_mark_kind open = s->marks->items[s->open[i]].kind;
    if (open == kind || open == other) return i;
    if (open == NA_WT_REF) break;
  }
  return s->depth;
}

/* A closing mark; `place` in the stack is its partner, or `depth` for none. */
static na_status add_close (scanner *s, na_wt_mark_kind kind, size_t size, size_t place) {
  if (place == s->depth) return add_stray(s, kind, size);
  NA_TRY(add(s, kind, size));
  uint32_t partner = s->open[place], last = (uint32_t)(s->marks->count - 1);
  s->marks->items[partner].match = last;
  s->marks->items[last].match = partner;
  s->depth = place;
  return NA_OK;
}

static size_t run_of (const scanner *s, char c) {
  size_t end = s->at;
  while (end < s->to && s->text.data[end] == c) end++;
  return end - s->at;
}

/* "[[http://...]]" is an address with one pair of brackets too much, not a link. */
static na_status open_brackets (scanner *s) {
  size_t run = run_of(s, '[');
  bool address = na_wt_scheme(na_slice_part(s->text, s->at + run, s->to)) > 0;
  size_t own = address ? 2 - run % 2 : 0, pairs = (run - own) / 2, lone = run - own - 2 * pairs;
  s->at += lone;
  s->lone += lone;
  while (pairs--) NA_TRY(add_open(s, NA_WT_LINK, 2));
  return address ? add_open(s, NA_WT_URL, own) : NA_OK;
}

static na_status close_brackets (scanner *s) {
  size_t run = run_of(s, ']');
  while (run > 0) {
    size_t place = nearest(s, NA_WT_LINK, NA_WT_URL);
    bool open = place < s->depth;
    if (open && s->marks->items[s->open[place]].kind == NA_WT_URL) {
      size_t own = s->marks->items[s->open[place]].size;
      if (own > run) own = run;
      NA_TRY(add_close(s, NA_WT_URL_END, own, place));
      run -= own;
    } else if (run >= 2) {
      NA_TRY(add_close(s, NA_WT_LINK_END, 2, place));
      run -= 2;
    } else if (open && s->lone == 0) { /* "[[A]": half of what closes the link, should nothing else */
      NA_TRY(add(s, NA_WT_URL_END, 1));
      s->marks->items[s->marks->count - 1].match = s->open[place];
      run--;
    } else {
      if (s->lone) s->lone--;
      s->at++;
      run--;
    }
  }
  return NA_OK;
}

static na_status open_braces (scanner *s) {
  size_t run = run_of(s, '{');
  bool variant = run % 2 && s->at > 0 && s->text.data[s->at - 1] == '-';
  if (variant && s->marks->count) { /* the dash may belong to a "}-" */
    const na_wt_mark *last = &s->marks->items[s->marks->count - 1];
    variant = last->at + last->size < s->at;
  }
  if (variant) {
    s->at--;
    NA_TRY(add_open(s, NA_WT_VARIANT, 2));
  } else if (run % 2)
    s->at++;
  for (size_t pairs = run / 2; pairs; pairs--) NA_TRY(add_open(s, NA_WT_TEMPLATE, 2));
  return NA_OK;
}

static na_status close_braces (scanner *s) {
  size_t run = run_of(s, '}');
  bool dash = s->at + run < s->to && s->text.data[s->at + run] == '-';
  while (run > 0) {
    if (run == 1) {
      size_t place = dash ? nearest(s, NA_WT_VARIANT, NA_WT_VARIANT) : s->depth;
      if (place < s->depth) return add_close(s, NA_WT_VARIANT_END, 2, place);
      s->at++;
      return NA_OK;
    }
    NA_TRY(add_close(s, NA_WT_TEMPLATE_END, 2, nearest(s, NA_WT_TEMPLATE, NA_WT_TEMPLATE)));
    run -= 2;
  }
  return NA_OK;
}

/* The bytes of a tag called `name` at s->at, its '>' included; 0 where there is none on this line before the next tag. */
static size_t tag_size (const scanner *s, na_slice name) {
  na_slice rest = na_slice_part(s->text, s->at, s->to);
  if (rest.size <= name.size) return 0;
  for (size_t i = 0; i < name.size; i++)
    if ((rest.data[i] | (rest.data[i] >= 'A' && rest.data[i] <= 'Z' ? 32 : 0)) != name.data[i]) return 0;
  char next = rest.data[name.size];
  if (next != '>' && next != '/' && !na_is_space(next)) return 0;
  size_t end = name.size;
  while (end < rest.size && rest.data[end] != '>' && rest.data[end] != '<' && rest.data[end] != '\n') end++;
  return end < rest.size && rest.data[end] == '>' ? end + 1 : 0;
}

static na_status angle (scanner *s) {
  size_t size = tag_size(s, NA_LITERAL("<ref"));
  if (size) {
    if (s->text.data[s->at + size - 2] == '/') return add(s, NA_WT_REF_AGAIN, size);
    return add_open(s, NA_WT_REF, size);
  }
  size = tag_size(s, NA_LITERAL("</ref"));
  if (!size) {
    s->at++;
    return NA_OK;
  }
  size_t place = s->depth;
  for (size_t i = s->depth; i-- > 0;)
    if (s->marks->items[s->open[i]].kind == NA_WT_REF) {
      place = i;
      break;
    }
  return add_close(s, NA_WT_REF_END, size, place);
}

/* Whether a template or a note is open: nothing else passes the end of a line. */
static bool spans_lines (const scanner *s) {
  for (size_t i = 0; i < s->depth; i++) {
    na_wt_mark_kind kind = s->marks->items[s->open[i]].kind;
    if (kind == NA_WT_TEMPLATE || kind == NA_WT_REF) return true;
  }
  return false;
}

static na_status newline (scanner *s) {
  if (!spans_lines(s)) {
    s->to = s->at;
    return NA_OK;
  }
  s->lone = 0;
  return add(s, NA_WT_NEWLINE, 1);
}

na_status na_wt_marks_find (na_wt_marks *marks, na_slice text, size_t from, size_t *to) {
  static const bool special[256] = {
    ['['] = true, [']'] = true, ['{'] = true, ['}'] = true, ['<'] = true, ['\n'] = true
  };
  scanner s = { .marks = marks, .text = text, .at = from, .to = *to };
  marks->count = marks->found = 0;
  while (s.at < s.to) {
    switch (text.data[s.at]) {
    case '[': NA_TRY(open_brackets(&s)); break;
    case ']': NA_TRY(close_brackets(&s)); break;
    case '{': NA_TRY(open_braces(&s)); break;
    case '}': NA_TRY(close_braces(&s)); break;
    case '<': NA_TRY(angle(&s)); break;
    case '\n': NA_TRY(newline(&s)); break;
    default:
      while (s.at < s.to && !special[(unsigned char)text.data[s.at]]) s.at++;
    }
  }
  *to = s.to;
  return NA_OK;
}

size_t na_wt_marks_index (na_wt_marks *marks, size_t at) {
  const na_wt_mark *items = marks->items;
  size_t low = marks->found < marks->count ? marks->found : marks->count, high = low, step = 1;
  while (low > 0 &&
         items[low - 1].at >= at) { /* strides that double, back and forth: what is wanted is near */
    high = low - 1;
    low = low > step ? low - step : 0;
    step *= 2;
  }
  while (high < marks->count && items[high].at < at) {
    low = high + 1;
    high = marks->count - high > step ? high + step : marks->count;
    step *= 2;
  }
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (items[middle].at < at)
      low = middle + 1;
    else
      high = middle;
  }
  return marks->found = low;
}

size_t na_wt_find_outside (na_wt_marks *marks, na_slice text, char c, size_t from, size_t to) {
  size_t i = na_wt_marks_index(marks, from);
  while (from < to) {
    while (i < marks->count && marks->items[i].at < from) i++;
    size_t next = i < marks->count && marks->items[i].at < to ? marks->items[i].at : to;
    size_t hit = na_slice_find(na_slice_part(text, 0, next), c, from);
    if (hit < next || next == to) return hit;
    const na_wt_mark *mark = &marks->items[i];
    bool opens = mark->match != NA_WT_UNMATCHED && mark->match > i;
    const na_wt_mark *end = opens ? &marks->items[mark->match] : mark;
    from = end->at + end->size;
    if (opens) i = mark->match;
  }
  return to;
}
