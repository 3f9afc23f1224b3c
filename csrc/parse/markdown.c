#include "parse/markdown.h"

#include <cmark.h>
#include <setjmp.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/escape.h"

/* ---- libcmark's memory: an arena per parse ---- */

/*
** libcmark frees node by node, and has no way to say that memory ran out: its own allocator ends the process. Here all
** that it takes lies in one arena, so nothing needs freeing, and leaving it by longjmp loses nothing.
** Its allocator gets no context, hence the one variable of the core that is not local, kept per thread.
*/
typedef struct workspace {
  na_arena arena;
  jmp_buf out_of_memory;
} workspace;

static _Thread_local workspace *current;

/* Stands before every block, for realloc. */
typedef union block_header {
  size_t size;
  max_align_t align;
} block_header;

static void *arena_block (size_t size) {
  block_header *header = NULL;
  if (size < NA_MARKDOWN_MEMORY_MAX && current->arena.bytes < NA_MARKDOWN_MEMORY_MAX)
    header = na_arena_alloc(&current->arena, sizeof *header + size);
  if (!header) longjmp(current->out_of_memory, 1);
  header->size = size;
  return header + 1;
}

static void *arena_calloc (size_t count, size_t size) {
  if (size && count > SIZE_MAX / size) longjmp(current->out_of_memory, 1);
  return memset(arena_block(count * size), 0, count * size);
}

static void *arena_realloc (void *old, size_t size) {
  size_t before = old ? ((block_header *)old - 1)->size : 0;
  if (size <= before) return old;
  void *block = arena_block(size);
  if (before) memcpy(block, old, before);
  return block;
}

static void arena_free (void *block) {
  (void)block;
}

/* ---- one parse ---- */

typedef struct job job;
struct job {
  na_slice text;
  na_status (*work)(const job *self, cmark_node *document);
  na_buffer *out;
  int shift;
  size_t *from, *to;
};

static na_status parse_and_work (const job *self, cmark_mem *memory) {
  cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, memory);
  cmark_parser_feed(parser, self->text.data, self->text.size);
  return self->work(self, cmark_parser_finish(parser));
}

/* Does the job's work on the parsed text. Where a limit is passed it is not run, or what it appended is taken back. */
static na_status run (const job *self, na_markdown_problem *problem) {
  na_markdown_check(self->text, problem);
  if (problem->code) return NA_OK;
  cmark_mem memory = { arena_calloc, arena_realloc, arena_free };
  workspace space = { .arena = { 0 } };
  size_t before = self->out->size;
  na_status status;
  current = &space;
  if (setjmp(space.out_of_memory) == 0) {
    status = parse_and_work(self, &memory);
  } else {
    bool at_limit = space.arena.bytes >= NA_MARKDOWN_MEMORY_MAX;
    if (at_limit)
      *problem = (na_markdown_problem){ "markdown-memory", "the text takes more than 1 GiB to parse", 1 };
    status = at_limit ? NA_OK : NA_NOMEM;
  }
  current = NULL;
  na_arena_free(&space.arena);
  if (status != NA_OK || problem->code) self->out->size = before;
  return status;
}

static na_status no_work (const job *self, cmark_node *document) {
  (void)self, (void)document;
  return NA_OK;
}

na_status na_markdown_parse (na_slice text, na_markdown_problem *problem) {
  na_buffer nothing = { 0 };
  return run(&(job){ .text = text, .work = no_work, .out = &nothing }, problem);
}

/* ---- HTML ---- */

static void lower_heading (cmark_node *heading, int shift) {
  int level = cmark_node_get_heading_level(heading) + shift;
  cmark_node_set_heading_level(heading, level > 6 ? 6 : level);
}

static na_status html_work (const job *self, cmark_node *document) {
  cmark_iter *iterator = cmark_iter_new(document);
  for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
    cmark_node *node = cmark_iter_get_node(iterator);
    if (event != CMARK_EVENT_ENTER) continue;
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HEADING)
      lower_heading(node, self->shift);
    else if (type == CMARK_NODE_LINK && !na_url_is_safe(na_slice_z(cmark_node_get_url(node))))
      cmark_node_set_url(node, "#");
  }
  return na_buffer_append(self->out, na_slice_z(cmark_render_html(document, CMARK_OPT_DEFAULT)));
}

static na_status append_escaped (na_buffer *out, na_slice text) {
  NA_TRY(na_buffer_append(out, NA_LITERAL("<pre class=\"plain\">")));
  NA_TRY(na_escape_markup(out, text));
  return na_buffer_append(out, NA_LITERAL("</pre>\n"));
}

na_status na_markdown_html (na_buffer *out, na_slice text, int shift, na_markdown_problem *problem) {
  NA_TRY(run(&(job){ .text = text, .work = html_work, .out = out, .shift = shift }, problem));
  return problem->code ? append_escaped(out, text) : NA_OK;
}

/* ---- words ---- */

static bool is_block (cmark_node_type type) {
  return type >= CMARK_NODE_FIRST_BLOCK && type <= CMARK_NODE_LAST_BLOCK;
}

/* Appends '\n' unless `out` stands at a line's beginning, counted from `start`. */
static na_status end_line (na_buffer *out, size_t start) {
  return out->size > start && out->data[out->size - 1] != '\n' ? na_buffer_byte(out, '\n') : NA_OK;
}

static na_status plain_node (na_buffer *out, cmark_node *node, size_t start) {
  cmark_node_type type = cmark_node_get_type(node);
  switch (type) {
  case CMARK_NODE_TEXT:
  case CMARK_NODE_CODE:
  case CMARK_NODE_CODE_BLOCK:
    if (type == CMARK_NODE_CODE_BLOCK) NA_TRY(end_line(out, start));
    return na_buffer_append(out, na_slice_z(cmark_node_get_literal(node)));
  case CMARK_NODE_SOFTBREAK: return na_buffer_byte(out, ' ');
  case CMARK_NODE_LINEBREAK: return na_buffer_byte(out, '\n');
  default: return is_block(type) ? end_line(out, start) : NA_OK;
  }
}

/* The words of `root`, without the last line's end. */
static na_status append_words (na_buffer *out, cmark_node *root) {
  size_t start = out->size;
  cmark_iter *iterator = cmark_iter_new(root);
  for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
    if (event == CMARK_EVENT_ENTER) NA_TRY(plain_node(out, cmark_iter_get_node(iterator), start));
  while (out->size > start && na_is_space(out->data[out->size - 1])) out->size--;
  return NA_OK;
}

static na_status plain_work (const job *self, cmark_node *document) {
  return append_words(self->out, document);
}

na_status na_markdown_plain (na_buffer *out, na_slice text, na_markdown_problem *problem) {
  NA_TRY(run(&(job){ .text = text, .work = plain_work, .out = out }, problem));
  return problem->code ? na_buffer_append(out, text) : NA_OK;
}

/* ---- the first heading ---- */

/* The byte where line `line` (from 1) begins; the text's size where there are fewer lines. */
static size_t line_start (na_slice text, int line) {
  size_t at = 0;
  for (; line > 1 && at < text.size; at++) {
    bool pair = text.data[at] == '\r' && at + 1 < text.size && text.data[at + 1] == '\n';
    if (!pair && (text.data[at] == '\n' || text.data[at] == '\r')) line--;
  }
  return at;
}

/* "===" or "---". */
static bool is_underline (na_slice line) {
  line = na_slice_trim(line);
  for (size_t i = 0; i < line.size; i++)
    if (line.data[i] != line.data[0] || (line.data[0] != '=' && line.data[0] != '-')) return false;
  return line.size > 0;
}

/*
** The byte where the line after a heading begins. A heading of one line has its mark in front; any other is underlined,
** and of these libcmark gives an end that is one line too far, so the underline is looked for.
*/
static size_t heading_end (na_slice text, cmark_node *heading) {
  int line = cmark_node_get_start_line(heading);
  size_t next = line_start(text, line + 1);
  if (cmark_node_get_end_line(heading) == line) return next;
  for (bool underlined = false; !underlined && next < text.size;) {
    size_t start = next, size = line_start(na_slice_part(text, start, text.size), 2);
    underlined = is_underline(na_slice_part(text, start, start + size));
    next = start + size;
  }
  return next;
}

static na_status heading_work (const job *self, cmark_node *document) {
  cmark_node *node = cmark_node_first_child(document);
  while (node && cmark_node_get_type(node) != CMARK_NODE_HEADING) node = cmark_node_next(node);
  if (!node) return NA_OK;
  *self->from = line_start(self->text, cmark_node_get_start_line(node));
  *self->to = heading_end(self->text, node);
  return append_words(self->out, node);
}

na_status na_markdown_heading (na_buffer *out, na_slice text, size_t *from, size_t *to) {
  na_markdown_problem problem;
  *from = *to = 0;
  return run(&(job){ .text = text, .work = heading_work, .out = out, .from = from, .to = to }, &problem);
}
