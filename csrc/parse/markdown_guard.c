/*
** What is counted here is an upper bound of what libcmark will find, so that no text slips through; ordinary texts stay
** far below the limits.
**
** A container (quote or list item) around a line costs the line a '>', a list marker, or, where an item that is already
** open goes on, at least two columns of blanks. So no line is in more containers than
**     '>' + markers + min(open, blanks / 2)
** where `open` bounds the containers that are open before it. A line may carry on a paragraph without repeating its
** containers ("lazily"), so `open` comes down only behind a blank line, where no paragraph is open.
** A line that stands further right than the open containers can reach holds code or text, never a new container.
*/
#include "parse/markdown.h"

#define CODE_COLUMNS 4 /* blanks that make code of what follows */
/* At most taken by one item: three blanks, nine digits, '.', and blanks up to a code's. */
#define ITEM_COLUMNS 16

typedef struct guard {
  size_t open, reach; /* bounds of the open containers, and of the columns that they take */
  size_t depth;       /* bound of the line's own */
  size_t column;      /* where the line's content begins, if only its containers matter */
  size_t brackets;    /* of the paragraph */
  bool blank;         /* the line before was */
} guard;

/* Moves *at behind blanks and gives the column there. */
static size_t skip_blanks (na_slice line, size_t *at, size_t column) {
  for (; *at < line.size && (line.data[*at] == ' ' || line.data[*at] == '\t'); ++*at)
    column = line.data[*at] == '\t' ? (column / 4 + 1) * 4 : column + 1;
  return column;
}

/* The size of the list marker at `at`; 0 where there is none. */
static size_t marker_size (na_slice line, size_t at) {
  size_t end = at;
  while (end < line.size && na_is_digit(line.data[end])) end++;
  if (end < line.size &&
      (end > at ? line.data[end] == '.' || line.data[end] == ')' : !!strchr("-+*", line.data[end])))
    end++;
  else
    return 0;
  return end == line.size || line.data[end] == ' ' || line.data[end] == '\t' ? end - at : 0;
}

/* "***", "- - -", "___": a line across the page, though it looks like items in items. */
static bool is_break (na_slice line, size_t at) {
  char c = line.data[at];
  size_t count = 0;
  if (c != '*' && c != '-' && c != '_') return false;
  for (; at < line.size; at++) {
    if (line.data[at] == c)
      count++;
    else if (line.data[at] != ' ' && line.data[at] != '\t')
      return false;
  }
  return count >= 3;
}

/* Counts the containers of a line that is not blank. *item says whether it begins with an item of a list. */
static void count_containers (guard *g, na_slice line, size_t *item) {
  size_t at = 0, marks = 0, blanks = 0, column = 0;
  *item = 0;
  g->column = 0;
  for (;;) {
    size_t start = column;
    column = skip_blanks(line, &at, column);
    blanks += column - start;
    if (at == line.size || column - start > g->reach + CODE_COLUMNS || marks > NA_MARKDOWN_DEPTH_MAX) break;
    size_t size = line.data[at] == '>' ? 1 : is_break(line, at) ? 0 : marker_size(line, at);
    if (!size) break;
    if (line.data[at] != '>' && !marks && column < CODE_COLUMNS) *item = at + size;
    at += size, column += size, marks++;
    g->column = column + ITEM_COLUMNS;
  }
  size_t carried = blanks / 2 < g->open ? blanks / 2 : g->open;
  g->depth = marks + carried;
  if (!g->column) g->column = column < g->reach ? column : g->reach;
}

/* Whether an item that begins so ends the paragraph before it, whatever that is: not an empty one, nor one from 2 on. */
static bool parts_paragraphs (na_slice line, size_t item) {
  if (!item || na_slice_trim(na_slice_part(line, item, line.size)).size == 0) return false;
  char last = line.data[item - 1];
  if (last != '.' && last != ')') return true;
  return na_slice_trim(na_slice_part(line, 0, item - 1)).size == 1 && line.data[item - 2] == '1';
}

static void count_brackets (guard *g, na_slice line) {
  for (size_t i = na_slice_find(line, '[', 0); i < line.size; i = na_slice_find(line, '[', i + 1))
    g->brackets++;
}

static void count_line (guard *g, na_slice line) {
  size_t at = 0, item;
  skip_blanks(line, &at, 0);
  if (at == line.size) {
    g->blank = true, g->brackets = 0, g->depth = 0;
    return;
  }
  count_containers(g, line, &item);
  if (g->blank || g->depth > g->open) g->open = g->depth;
  if (g->blank || g->column > g->reach) g->reach = g->column;
  if (parts_paragraphs(line, item)) g->brackets = 0;
  count_brackets(g, line);
  g->blank = false;
}

/* The end of the line that begins at `from`; "\n", "\r\n" and "\r" end lines, and *next is behind them. */
static size_t line_end (na_slice text, size_t from, size_t *next) {
  size_t end = from;
  while (end < text.size && text.data[end] != '\n' && text.data[end] != '\r') end++;
  *next = end < text.size ? end + 1 : end;
  if (*next < text.size && text.data[end] == '\r' && text.data[*next] == '\n') ++*next;
  return end;
}

static void found (na_markdown_problem *problem, const char *code, const char *message, size_t line) {
  *problem = (na_markdown_problem){ .code = code, .message = message, .line = line };
}

void na_markdown_check (na_slice text, na_markdown_problem *problem) {
  *problem = (na_markdown_problem){ 0 };
  if (text.size > NA_MARKDOWN_BYTES_MAX) {
    found(problem, "markdown-size", "the text has more than 1 MiB", 1);
    return;
  }
  guard g = { .blank = true };
  size_t line = 1;
  for (size_t at = 0, next; at < text.size && !problem->code; at = next, line++) {
    size_t end = line_end(text, at, &next);
    count_line(&g, na_slice_part(text, at, end));
    if (g.depth > NA_MARKDOWN_DEPTH_MAX)
      found(problem, "markdown-depth", "quotes and lists nest more than 32 deep", line);
    else if (g.brackets > NA_MARKDOWN_BRACKETS_MAX)
      found(problem, "markdown-brackets", "a paragraph has more than 1,000 opening brackets", line);
  }
}
