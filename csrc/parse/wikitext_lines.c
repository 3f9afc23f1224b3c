/*
** csrc/parse/wikitext_lines.c -- the lines of a page: headings, items, sentences without a marker; and what stands under what.
*/
#include "base/memory.h"
#include "parse/wikitext_parser.h"
#include "text/language.h"

#define BOLD_HEADING_BYTES_MAX 120 /* a longer line in bold is a sentence */
#define LATE_SOURCES_MAX       64  /* sources that lines of their own add to one item */

/* ---- headings ---- */

/* A heading that is a date parts the days of a page; any other is the category of what follows. */
static na_status heading (na_wt_parser *parser, size_t from, size_t to) {
  na_slice text;
  na_wt_date date;
  parser->odd_bold = NA_WIKITEXT_NONE;
  NA_TRY(na_wt_plain(parser, from, to, &text));
  if (!text.data) return NA_OK;
  for (size_t depth = 0; depth <= NA_WIKITEXT_DEPTH_MAX; depth++) parser->open[depth] = NA_WIKITEXT_NONE;
  if (na_wt_date_read(text, true, &date)) {
    na_day day = na_day_of(date.year ? date.year : parser->year, date.month, date.day);
    if (date.day == 0 || day == NA_DAY_NONE) return NA_OK; /* "September 2007" */
    parser->day = day;
    parser->category = NA_NONE;
    return NA_OK;
  }
  if (na_slice_ends(text, NA_LITERAL("："))) text.size -= 3;
  while (text.size && (text.data[text.size - 1] == ':' || text.data[text.size - 1] == ' ')) text.size--;
  if (text.size) parser->category = text;
  return NA_OK;
}

/* Whether the line is bold from end to end; gives what is inside. */
static bool is_bold_line (na_slice line, size_t *from, size_t *to) {
  static const na_slice bold = { "'''", 3 };
  if (!na_slice_starts(line, bold) || line.size > BOLD_HEADING_BYTES_MAX) return false;
  *from = 3;
  *to = line.size;
  static const na_slice breaks[] = { { "<br>", 4 }, { "<br/>", 5 }, { "<br />", 6 } };
  for (size_t i = 0; i < 3; i++)
    if (na_slice_ends(line, breaks[i])) *to = line.size - breaks[i].size;
  while (*to > *from && strchr(" :", line.data[*to - 1])) --*to;
  if (!na_slice_ends(na_slice_part(line, *from, *to), bold)) return false;
  *to -= 3;
  na_slice inside = na_slice_part(line, *from, *to);
  while (inside.size && inside.data[0] == '\'') inside = na_slice_part(inside, 1, inside.size);
  while (inside.size && inside.data[inside.size - 1] == '\'') inside.size--;
  if (!inside.size || (inside.size > 60 && na_wt_ends_sentence(inside))) return false;
  for (size_t i = 0; i + 3 <= inside.size; i++)
    if (memcmp(inside.data + i, bold.data, 3) == 0) return false;
  return true;
}

static bool is_heading_block (na_slice line, size_t *from, size_t *to) {
  static const char *const class = "current-events-content-heading";
  if (!na_slice_starts(line, NA_LITERAL("<div"))) return false;
  size_t tag = na_slice_find(line, '>', 0);
  bool found = false;
  for (size_t i = 0; !found && i + strlen(class) <= tag; i++)
    found = memcmp(line.data + i, class, strlen(class)) == 0;
  *from = tag < line.size ? tag + 1 : tag;
  *to = line.size;
  return found;
}

/* ---- items ---- */

/* Whether there is a letter or digit in text[from, to) that is more than "and" between links. */
static bool has_words (na_slice text, size_t from, size_t to) {
  size_t size;
  while (from < to) {
    na_slice rest = na_slice_part(text, from, to);
    if (na_slice_starts(rest, NA_LITERAL("and ")))
      from += 4;
    else if (na_slice_starts(rest, NA_LITERAL("和")) || na_slice_starts(rest, NA_LITERAL("與")))
      from += 3;
    else {
      bool word = na_wt_class_of(rest, &size) == NA_WT_WORD;
      if (word && !strchr("&\"'[]<>", rest.data[0])) return true;
      from += size;
    }
  }
  return false;
}

static na_status copy_mentions (na_wt_parser *parser, na_wikitext_item *item) {
  size_t count = parser->mention_count;
  na_mention *mentions = count ? na_arena_alloc(parser->arena, count * sizeof *mentions) : NULL;
  if (count && !mentions) return NA_NOMEM;
  size_t kept = 0, end = 0;
  item->links_only = count > 0;
  for (size_t i = 0; i < count; i++) {
    const na_wt_mention *noted = &parser->mentions[i];
    size_t to = noted->to < item->text.size ? noted->to : item->text.size,
           from = noted->from < to ? noted->from : to;
    item->links_only &= !has_words(item->text, end < from ? end : from, from);
    end = to;
    mentions[kept] = noted->mention;
    if (to > from) mentions[kept].label = na_slice_part(item->text, from, to);
    kept++;
  }
  item->links_only &= !has_words(item->text, end, item->text.size);
  item->label_end = end;
  item->mentions = (na_records){ mentions, kept };
  return NA_OK;
}

/* Puts the sources of the line in hand behind those that the item has. */
static na_status copy_sources (na_wt_parser *parser, na_wikitext_item *item) {
  size_t old = item->sources.count, count = old + parser->source_count;
  if (!parser->source_count) return NA_OK;
  na_source *sources = na_arena_alloc(parser->arena, count * sizeof *sources);
  const char **styles = na_arena_alloc(parser->arena, count * sizeof *styles);
  if (!sources || !styles) return NA_NOMEM;
  if (old) {
    memcpy(sources, item->sources.items, old * sizeof *sources);
    memcpy(styles, item->styles, old * sizeof *styles);
  }
  for (size_t i = 0; i < parser->source_count; i++) {
    sources[old + i] = parser->sources[i].source;
    styles[old + i] = parser->sources[i].style;
  }
  item->sources = (na_records){ sources, count };
  item->styles = styles;
  return NA_OK;
}

/* "[[X]]: Sentence": the item has a topic of its own. */
static na_slice lead_of (const na_wikitext_item *item, const na_wt_parser *parser) {
  if (!parser->mention_count || parser->mentions[0].from != 0) return NA_NONE;
  size_t to = parser->mentions[0].to;
  if (to == 0 || to >= item->text.size) return NA_NONE;
  na_slice rest = na_slice_part(item->text, to, item->text.size);
  if (item->text.data[to - 1] == ':' && rest.data[0] == ' ') {
    na_slice lead = na_slice_trim(na_slice_part(item->text, 0, to - 1));
    return lead.size ? lead : NA_NONE;
  }
  if (na_slice_starts(rest, NA_LITERAL(" :"))) rest = na_slice_part(rest, 1, rest.size);
  bool blank = na_slice_starts(rest, NA_LITERAL(": ")) && rest.size > 2;
  bool wide = na_slice_starts(rest, NA_LITERAL("：")) && rest.size > 3;
  return blank || wide ? na_slice_part(item->text, 0, to) : NA_NONE;
}

static size_t parent_of (const na_wt_parser *parser, size_t depth) {
  while (depth-- > 1)
    if (parser->open[depth] != NA_WIKITEXT_NONE) return parser->open[depth];
  return NA_WIKITEXT_NONE;
}

/* A line of sources alone adds them to the item before it. */
static na_status late_sources (na_wt_parser *parser, size_t from, size_t to) {
  na_wikitext_page *page = parser->page;
  na_wikitext_item *last = page->item_count ? &page->items[page->item_count - 1] : NULL;
  NA_TRY(na_wt_problem(parser, "wikitext-sources-alone", from, to));
  if (!last || last->sources.count + parser->source_count > LATE_SOURCES_MAX) return NA_OK;
  return copy_sources(parser, last);
}

/* A line that shows no text. */
static na_status nothing (na_wt_parser *parser, size_t from, size_t to, bool marked, bool media) {
  if (parser->source_count) {
    NA_TRY(late_sources(parser, from, to));
  } else if (!marked || media) {
    return NA_OK;
  } else {
    NA_TRY(na_wt_problem(parser, "wikitext-empty-item", from, to));
  }
  parser->page->seen++;
  parser->page->rejected++;
  return NA_OK;
}

static na_status place (na_wt_parser *parser, na_wikitext_item *item, bool marked, size_t from, size_t to) {
  size_t index = parser->page->item_count;
  item->parent = marked ? parent_of(parser, item->depth) : NA_WIKITEXT_NONE;
  na_wikitext_item *parent = item->parent == NA_WIKITEXT_NONE ? NULL : &parser->page->items[item->parent];
  if (parent) parent->has_children = true;
  if (marked && item->depth > (parent ? parent->depth : 0) + 1)
    NA_TRY(na_wt_problem(parser, "wikitext-depth-jump", from, to));
  for (size_t depth = marked ? item->depth : 0; depth <= NA_WIKITEXT_DEPTH_MAX; depth++)
    parser->open[depth] = NA_WIKITEXT_NONE;
  if (marked) parser->open[item->depth] = index;
  return NA_OK;
}

/* Appends the item whose text is complete. */
static na_status keep (na_wt_parser *parser, na_slice text, size_t depth, bool marked, size_t from,
                       size_t to) {
  na_wikitext_page *page = parser->page;
  if (page->item_count == NA_WIKITEXT_ITEMS_MAX) {
    page->seen++;
    page->rejected++;
    return page->rejected == 1 || !parser->full
               ? (parser->full = true, na_wt_problem(parser, "wikitext-limit", from, to))
               : NA_OK;
  }
  void *items = page->items;
  if (!na_grow(&items, &page->item_capacity, page->item_count, sizeof *page->items)) return NA_NOMEM;
  page->items = items;
  na_wikitext_item *item = &page->items[page->item_count];
  *item = (na_wikitext_item){
    .line = parser->line, .depth = depth, .day = parser->day, .category = parser->category
  };
  NA_TRY(na_arena_copy(parser->arena, text, &item->text));
  NA_TRY(copy_mentions(parser, item));
  NA_TRY(copy_sources(parser, item));
  item->lead = lead_of(item, parser);
  if (!marked) NA_TRY(na_wt_problem(parser, "wikitext-paragraph", from, to));
  NA_TRY(place(parser, item, marked, from, to));
  page->item_count++;
  page->seen++;
  return NA_OK;
}

/* "[http://... (El País)] (in Spanish)": a remark behind the last source is about that source. */
static void take_remark (na_wt_parser *parser, na_slice *text) {
  const na_wt_text *words = &parser->words;
  na_source *last = na_wt_last_source(parser);
  if (!last || !words->resumed || words->resumed < words->fixed || words->resumed >= text->size) return;
  na_slice tail = na_slice_trim(na_slice_part(*text, words->resumed, text->size));
  if (tail.size && tail.data[tail.size - 1] == '.') tail.size--;
  if (!na_slice_starts(tail, NA_LITERAL("(in ")) || !na_slice_ends(tail, NA_LITERAL(")"))) return;
  na_slice language = na_language_of(na_slice_part(tail, 4, tail.size - 1));
  if (!language.data) return;
  last->language = language;
  text->size = words->resumed;
  while (text->size && text->data[text->size - 1] == ' ') text->size--;
}

static na_status item (na_wt_parser *parser, size_t from, size_t to, size_t depth, bool marked) {
  size_t media = parser->page->media_count;
  na_slice text;
  na_wt_text_reset(&parser->words);
  parser->mention_count = parser->source_count = 0;
  parser->next_language = NA_NONE;
  parser->ahead_to = 0;
  parser->odd_bold = na_wt_odd_bold(parser->text, from, to);
  if (depth > NA_WIKITEXT_DEPTH_MAX) {
    depth = NA_WIKITEXT_DEPTH_MAX;
    NA_TRY(na_wt_problem(parser, "wikitext-limit", from, to));
  }
  NA_TRY(na_wt_render(parser, &parser->words, from, to));
  NA_TRY(na_wt_text_end(&parser->words, &text));
  take_remark(parser, &text);
  if (!text.size) return nothing(parser, from, to, marked, parser->page->media_count > media);
  return keep(parser, text, depth, marked, from, to);
}

/* ---- lines ---- */

static bool is_marker (char c) {
  return c == '*' || c == ':' || c == '#';
}

static na_status list_line (na_wt_parser *parser, size_t from, size_t to) {
  const char *s = parser->text.data;
  size_t at = from, depth = 0;
  for (; at < to && (is_marker(s[at]) || (depth && s[at] == ';')); at++) depth++;
  while (at < to && na_is_space(s[at])) at++;
  return at < to ? item(parser, at, to, depth, true) : NA_OK;
}

static na_status section_line (na_wt_parser *parser, size_t from, size_t to) {
  while (from < to && parser->text.data[from] == '=') from++;
  while (to > from && parser->text.data[to - 1] == '=') to--;
  return heading(parser, from, to);
}

/* Lines of tables and rules: what is left of a wrapper. */
static bool is_table_line (na_slice line) {
  static const na_slice starts[] = { { "{|", 2 }, { "|}", 2 }, { "|-", 2 }, { "----", 4 } };
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (na_slice_starts(line, starts[i])) return true;
  return false;
}

static na_status read_line (na_wt_parser *parser, size_t from, size_t to) {
  const char *s = parser->text.data;
  size_t inside, end;
  while (from < to && na_is_space(s[from])) from++;
  while (to > from && na_is_space(s[to - 1])) to--;
  if (from == to) return NA_OK;
  na_slice line = na_slice_part(parser->text, from, to);
  parser->line_at = from;
  if (is_marker(s[from])) return list_line(parser, from, to);
  if (s[from] == ';') return heading(parser, from + 1, to);
  if (s[from] == '=' && to - from > 2 && s[to - 1] == '=') return section_line(parser, from, to);
  if (is_bold_line(line, &inside, &end)) return heading(parser, from + inside, from + end);
  if (is_heading_block(line, &inside, &end)) return heading(parser, from + inside, from + end);
  if (is_table_line(line)) return NA_OK;
  if (s[from] == '|') from++;
  return item(parser, from, to, 1, false);
}

/* Whether a line that begins at `at` begins something of its own, whatever is still open before it. */
static bool begins (na_slice text, size_t at) {
  while (at < text.size && (text.data[at] == ' ' || text.data[at] == '\t')) at++;
  if (at == text.size) return false;
  char c = text.data[at];
  return is_marker(c) || c == ';' || c == '=' ||
         (c == '\'' && na_slice_starts(na_slice_part(text, at, text.size), NA_LITERAL("'''")));
}

/* Reads [from, to), whose marks are at hand: lines end outside of templates and notes. */
static na_status read_marked (na_wt_parser *parser, size_t from, size_t to) {
  size_t covered = from;
  for (size_t i = 0; i < parser->marks.count; i++) {
    na_wt_mark mark = parser->marks.items[i];
    bool spans = mark.kind == NA_WT_TEMPLATE || mark.kind == NA_WT_REF;
    if (spans && mark.match != NA_WT_UNMATCHED && parser->marks.items[mark.match].at > covered)
      covered = parser->marks.items[mark.match].at;
    if (mark.kind != NA_WT_NEWLINE || mark.at < covered) continue;
    parser->line = na_wt_line_at(parser, from);
    NA_TRY(read_line(parser, from, mark.at));
    from = mark.at + 1;
  }
  parser->line = na_wt_line_at(parser, from);
  return read_line(parser, from, to);
}

/* Reads [from, to), of which only the first line begins something of its own. */
static na_status read_stretch (na_wt_parser *parser, size_t from, size_t to) {
  for (size_t end; from <= to; from = end + 1) {
    end = to;
    NA_TRY(na_wt_marks_find(&parser->marks, parser->text, from, &end));
    NA_TRY(read_marked(parser, from, end));
  }
  return NA_OK;
}

/* Room for an item a line, so that the list need not be copied as it grows. */
static na_status reserve_items (na_wikitext_page *page, na_slice text) {
  size_t lines = 1;
  for (size_t at = 0; (at = na_slice_find(text, '\n', at)) < text.size; at++) lines++;
  if (lines > NA_WIKITEXT_ITEMS_MAX) lines = NA_WIKITEXT_ITEMS_MAX;
  page->items = na_malloc(lines * sizeof *page->items);
  if (!page->items) return NA_NOMEM;
  page->item_capacity = lines;
  return NA_OK;
}

na_status na_wt_read_lines (na_wt_parser *parser) {
  na_slice text = parser->text;
  NA_TRY(reserve_items(parser->page, text));
  for (size_t depth = 0; depth <= NA_WIKITEXT_DEPTH_MAX; depth++) parser->open[depth] = NA_WIKITEXT_NONE;
  for (size_t from = 0; from < text.size;) {
    size_t to = na_slice_find(text, '\n', from);
    while (to < text.size && !begins(text, to + 1)) to = na_slice_find(text, '\n', to + 1);
    NA_TRY(read_stretch(parser, from, to));
    from = to + 1;
  }
  parser->line = parser->line_at = 0;
  return NA_OK;
}
