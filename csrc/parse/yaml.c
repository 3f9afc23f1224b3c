#include "parse/yaml.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <yaml.h>

#include "base/map.h"
#include "base/memory.h"

#define NO_ANCHOR UINT32_MAX
#define FEW_KEYS  16 /* up to here comparing every pair of keys is quicker than hashing them */

/* A list or map whose end has not come yet. */
typedef struct frame {
  na_yaml_node *node;
  size_t first;    /* its first child among the pending nodes */
  uint32_t anchor; /* of the anchors, or NO_ANCHOR */
} frame;

/* A named node; what it costs to walk it is known once its end has come. */
typedef struct anchor {
  na_yaml_node *node;
  size_t nodes, bytes; /* the builder's totals before it; after its end, its own */
  bool open;
} anchor;

/* The text as libyaml asks for it, and how far its characters have been counted in bytes. */
typedef struct yaml_source {
  na_slice text;
  size_t at;
  bool in_head, head_too_long; /* before the document's start; and that this went on for too long */
  bool wide;                   /* UTF-16: columns stay characters */
  size_t index, byte;          /* a character and the byte where it starts */
  size_t line_byte;            /* where the line of that character starts */
} yaml_source;

typedef struct tree_builder {
  na_arena *arena;
  na_yaml_error *error;
  yaml_source source;
  na_yaml_node *root;
  frame frames[NA_YAML_DEPTH_MAX];
  size_t depth;
  na_yaml_node *
      *pending; /* children of the open frames, the innermost last; a map's are key, value, key, value */
  size_t pending_count, pending_capacity;
  na_map anchor_numbers; /* by name: the latest of that name */
  anchor *anchors;
  size_t anchor_count, anchor_capacity;
  size_t nodes, bytes, aliases; /* with aliases followed */
} tree_builder;

/* ---- places ---- */

/* libyaml's read handler: hands the text out in pieces. */
static int read_text (void *data, unsigned char *buffer, size_t size, size_t *size_read) {
  yaml_source *source = data;
  if (source->in_head && source->at > NA_YAML_HEAD_BYTES_MAX) {
    source->head_too_long = true;
    return 0;
  }
  size_t left = source->text.size - source->at;
  *size_read = size < left ? size : left;
  if (*size_read) memcpy(buffer, source->text.data + source->at, *size_read);
  source->at += *size_read;
  return 1;
}

/* libyaml does not count the byte order mark. */
static void start_counting (yaml_source *source) {
  source->index = 0;
  source->byte = source->line_byte = na_slice_starts(source->text, NA_LITERAL("\xEF\xBB\xBF")) ? 3 : 0;
}

/* Are these bytes as many characters? */
static bool is_ascii_word (const char *bytes) {
  uint64_t words[2];
  memcpy(words, bytes, sizeof words);
  return !((words[0] | words[1]) & UINT64_C(0x8080808080808080));
}

/* The byte at which the character number `index` starts. Numbers must not go down from call to call. */
static size_t byte_of (yaml_source *source, size_t index) {
  enum { STEP = 2 * sizeof(uint64_t) };
  const na_slice text = source->text;
  size_t byte = source->byte, left = index - source->index;
  while (left && byte < text.size) {
    if (left >= STEP && text.size - byte >= STEP && is_ascii_word(text.data + byte)) {
      byte += STEP;
      left -= STEP;
      continue;
    }
    byte++;
    while (byte < text.size && (text.data[byte] & 0xC0) == 0x80) byte++;
    left--;
  }
  source->index = index - left;
  return source->byte = byte;
}

/* Marks come in the order of the text, so that all of them together cost one walk over it. */
static size_t column_of (yaml_source *source, yaml_mark_t mark) {
  size_t line_index = mark.index - mark.column;
  if (source->wide || mark.column > mark.index || mark.index < source->index) return mark.column + 1;
  if (line_index >= source->index) source->line_byte = byte_of(source, line_index);
  return byte_of(source, mark.index) - source->line_byte + 1;
}

static na_status fail (tree_builder *tree, na_status status, const char *code, size_t line, size_t column,
                       const char *format, ...) __attribute__((format(printf, 6, 7)));

static na_status fail (tree_builder *tree, na_status status, const char *code, size_t line, size_t column,
                       const char *format, ...) {
  na_yaml_error *error = tree->error;
  *error = (na_yaml_error){ .line = line, .column = column, .code = code };
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error->message, sizeof error->message, format, arguments);
  va_end(arguments);
  return status;
}

/* The line and column of a byte: where libyaml's own reader stumbled it knows no more. */
static void place_of_byte (na_slice text, size_t byte, size_t *line, size_t *column) {
  *line = 1;
  size_t start = 0;
  if (byte > text.size) byte = text.size;
  for (size_t end; (end = na_slice_find(text, '\n', start)) < byte; start = end + 1) ++*line;
  *column = byte - start + 1;
}

static na_status parser_failed (tree_builder *tree, const yaml_parser_t *parser) {
  size_t line, column;
  if (parser->error == YAML_MEMORY_ERROR) return NA_NOMEM;
  if (tree->source.head_too_long)
    return fail(tree, NA_LIMIT, "yaml-directives", 1, 1,
                "more than %zu bytes of directives and comments before the document", NA_YAML_HEAD_BYTES_MAX);
  if (parser->error == YAML_READER_ERROR) {
    place_of_byte(tree->source.text, parser->problem_offset, &line, &column);
    return fail(tree, NA_BAD, "yaml-encoding", line, column, "%s", parser->problem);
  }
  /* Where a token cannot be read, its own start says more than where that came out (the end of the text for a quote that
     is never closed). It lies before places already asked for: count anew. */
  yaml_mark_t mark =
      parser->error == YAML_SCANNER_ERROR && parser->context ? parser->context_mark : parser->problem_mark;
  start_counting(&tree->source);
  line = mark.line + 1;
  column = column_of(&tree->source, mark);
  return fail(tree, NA_BAD, "yaml-syntax", line, column, "%s%s%s", parser->problem,
              parser->context ? " " : "", parser->context ? parser->context : "");
}

/* ---- nodes ---- */

static bool is_key_next (const tree_builder *tree) {
  if (!tree->depth) return false;
  const frame *top = &tree->frames[tree->depth - 1];
  return top->node->kind == NA_YAML_MAP && (tree->pending_count - top->first) % 2 == 0;
}

/* Counts what a walk will meet. */
static na_status count (tree_builder *tree, const na_yaml_node *node, size_t nodes, size_t bytes) {
  tree->nodes += nodes;
  tree->bytes += bytes;
  if (tree->nodes > NA_YAML_NODES_MAX)
    return fail(tree, NA_LIMIT, "yaml-nodes", node->line, node->column, "more than %zu keys and values",
                NA_YAML_NODES_MAX);
  if (tree->bytes > NA_YAML_BYTES_MAX)
    return fail(tree, NA_LIMIT, "yaml-size", node->line, node->column, "texts of more than %zu bytes",
                NA_YAML_BYTES_MAX);
  return NA_OK;
}

/* Puts a node where it belongs: it is the root, or the next child of the innermost frame. */
static na_status put (tree_builder *tree, na_yaml_node *node) {
  if (!tree->depth) {
    tree->root = node;
    return NA_OK;
  }
  void *pending = tree->pending;
  if (!na_grow(&pending, &tree->pending_capacity, tree->pending_count, sizeof *tree->pending))
    return NA_NOMEM;
  tree->pending = pending;
  tree->pending[tree->pending_count++] = node;
  return NA_OK;
}

static na_status new_node (tree_builder *tree, na_yaml_kind kind, const yaml_event_t *event,
                           na_yaml_node **made) {
  na_yaml_node *node = na_arena_alloc(tree->arena, sizeof *node);
  if (!node) return NA_NOMEM;
  *node = (na_yaml_node){ .kind = kind, .line = event->start_mark.line + 1 };
  node->column = column_of(&tree->source, event->start_mark);
  *made = node;
  return count(tree, node, 1, 0);
}

/* Notes the name of `node`; *number is NO_ANCHOR where it has none. */
static na_status name_node (tree_builder *tree, const yaml_char_t *name, na_yaml_node *node,
                            uint32_t *number) {
  *number = NO_ANCHOR;
  if (!name) return NA_OK;
  void *anchors = tree->anchors;
  if (!na_grow(&anchors, &tree->anchor_capacity, tree->anchor_count, sizeof *tree->anchors)) return NA_NOMEM;
  tree->anchors = anchors;
  na_slice key = na_slice_z((const char *)name);
  if (na_map_get(&tree->anchor_numbers, key) == NA_MAP_NONE) NA_TRY(na_arena_copy(tree->arena, key, &key));
  uint32_t *stored;
  bool fresh;
  NA_TRY(na_map_put(&tree->anchor_numbers, key, 0, &stored, &fresh));
  *stored = *number = (uint32_t)tree->anchor_count++;
  tree->anchors[*number] =
      (anchor){ .node = node, .nodes = tree->nodes - 1, .bytes = tree->bytes, .open = true };
  return NA_OK;
}

static void finish_anchor (tree_builder *tree, uint32_t number) {
  if (number == NO_ANCHOR) return;
  anchor *named = &tree->anchors[number];
  named->nodes = tree->nodes - named->nodes;
  named->bytes = tree->bytes - named->bytes;
  named->open = false;
}

static bool is_null (na_slice text) {
  return text.size == 0 || na_slice_equal(text, NA_LITERAL("~")) ||
         na_slice_equal(text, NA_LITERAL("null")) || na_slice_equal(text, NA_LITERAL("Null")) ||
         na_slice_equal(text, NA_LITERAL("NULL"));
}

static na_status scalar (tree_builder *tree, const yaml_event_t *event) {
  na_slice text = na_slice_of((const char *)event->data.scalar.value, event->data.scalar.length);
  bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE, is_key = is_key_next(tree);
  na_yaml_node *node;
  uint32_t number;
  NA_TRY(new_node(tree, NA_YAML_SCALAR, event, &node));
  if (is_key && plain && text.size == 0)
    return fail(tree, NA_BAD, "yaml-key", node->line, node->column, "a key is missing");
  NA_TRY(name_node(tree, event->data.scalar.anchor, node, &number));
  node->plain = plain;
  if (plain && !is_key && !event->data.scalar.tag && is_null(text))
    node->kind = NA_YAML_NULL;
  else
    NA_TRY(na_arena_copy(tree->arena, text, &node->text));
  NA_TRY(count(tree, node, 0, node->text.size));
  finish_anchor(tree, number);
  return put(tree, node);
}

static na_status alias (tree_builder *tree, const yaml_event_t *event) {
  size_t line = event->start_mark.line + 1, column = column_of(&tree->source, event->start_mark);
  const char *name = (const char *)event->data.alias.anchor;
  if (++tree->aliases > NA_YAML_ALIASES_MAX)
    return fail(tree, NA_LIMIT, "yaml-aliases", line, column, "more than %zu aliases", NA_YAML_ALIASES_MAX);
  uint32_t number = na_map_get(&tree->anchor_numbers, na_slice_z(name));
  if (number == NA_MAP_NONE)
    return fail(tree, NA_BAD, "yaml-alias", line, column, "no anchor '%.100s'", name);
  const anchor *named = &tree->anchors[number];
  if (named->open)
    return fail(tree, NA_BAD, "yaml-alias", line, column, "the alias '%.100s' is inside of its own anchor",
                name);
  if (is_key_next(tree) && named->node->kind != NA_YAML_SCALAR)
    return fail(tree, NA_BAD, "yaml-key", line, column, "a key must be a text");
  na_yaml_node place = { .line = line, .column = column };
  NA_TRY(count(tree, &place, named->nodes, named->bytes));
  return put(tree, named->node);
}

/* ---- lists and maps ---- */

static na_status begin (tree_builder *tree, na_yaml_kind kind, const yaml_event_t *event,
                        const yaml_char_t *name) {
  na_yaml_node *node;
  uint32_t number;
  NA_TRY(new_node(tree, kind, event, &node));
  if (is_key_next(tree))
    return fail(tree, NA_BAD, "yaml-key", node->line, node->column, "a key must be a text");
  if (tree->depth == NA_YAML_DEPTH_MAX)
    return fail(tree, NA_LIMIT, "yaml-depth", node->line, node->column, "nested more than %zu deep",
                NA_YAML_DEPTH_MAX);
  NA_TRY(name_node(tree, name, node, &number));
  NA_TRY(put(tree, node));
  tree->frames[tree->depth++] = (frame){ .node = node, .first = tree->pending_count, .anchor = number };
  return NA_OK;
}

static na_status duplicate (tree_builder *tree, const na_yaml_node *key) {
  return fail(tree, NA_BAD, "yaml-duplicate-key", key->line, key->column, "the key '%.*s' is there already",
              (int)(key->text.size < 100 ? key->text.size : 100), key->text.data);
}

static na_status check_few (tree_builder *tree, const na_yaml_node *map) {
  for (size_t i = 1; i < map->count; i++)
    for (size_t j = 0; j < i; j++)
      if (na_slice_equal(map->keys[i]->text, map->keys[j]->text)) return duplicate(tree, map->keys[i]);
  return NA_OK;
}

static na_status check_many (tree_builder *tree, const na_yaml_node *map) {
  na_map seen = { 0 };
  na_status status = NA_OK;
  for (size_t i = 0; i < map->count && status == NA_OK; i++) {
    uint32_t *stored;
    bool fresh = true;
    status = na_map_put(&seen, map->keys[i]->text, 0, &stored, &fresh);
    if (!fresh) status = duplicate(tree, map->keys[i]);
  }
  na_map_free(&seen);
  return status;
}

/* Moves the children of the innermost frame from the pending nodes to their parent. */
static na_status end (tree_builder *tree) {
  const frame *top = &tree->frames[--tree->depth];
  na_yaml_node *node = top->node;
  size_t child_count = tree->pending_count - top->first;
  tree->pending_count = top->first;
  finish_anchor(tree, top->anchor);
  if (!child_count) return NA_OK;
  na_yaml_node **children = tree->pending + top->first;
  na_yaml_node **room = na_arena_alloc(tree->arena, child_count * sizeof *room);
  if (!room) return NA_NOMEM;
  if (node->kind == NA_YAML_LIST) {
    memcpy(room, children, child_count * sizeof *room);
    node->items = room;
    node->count = child_count;
    return NA_OK;
  }
  node->count = child_count / 2;
  node->keys = room;
  node->items = room + node->count;
  for (size_t i = 0; i < node->count; i++) {
    node->keys[i] = children[2 * i];
    node->items[i] = children[2 * i + 1];
  }
  return node->count > FEW_KEYS ? check_many(tree, node) : check_few(tree, node);
}

/* ---- the document ---- */

static na_status document_start (tree_builder *tree, const yaml_event_t *event) {
  size_t line = event->start_mark.line + 1, column = column_of(&tree->source, event->start_mark);
  if (!tree->source.in_head)
    return fail(tree, NA_BAD, "yaml-documents", line, column, "a second document begins");
  tree->source.in_head = false;
  const yaml_tag_directive_t *first = event->data.document_start.tag_directives.start;
  if (first && (size_t)(event->data.document_start.tag_directives.end - first) > NA_YAML_DIRECTIVES_MAX)
    return fail(tree, NA_LIMIT, "yaml-directives", line, column, "more than %zu directives",
                NA_YAML_DIRECTIVES_MAX);
  return NA_OK;
}

static na_status handle (tree_builder *tree, const yaml_event_t *event) {
  switch (event->type) {
  case YAML_STREAM_START_EVENT:
    tree->source.wide = event->data.stream_start.encoding != YAML_UTF8_ENCODING;
    return NA_OK;
  case YAML_DOCUMENT_START_EVENT: return document_start(tree, event);
  case YAML_SCALAR_EVENT: return scalar(tree, event);
  case YAML_ALIAS_EVENT: return alias(tree, event);
  case YAML_SEQUENCE_START_EVENT: return begin(tree, NA_YAML_LIST, event, event->data.sequence_start.anchor);
  case YAML_MAPPING_START_EVENT: return begin(tree, NA_YAML_MAP, event, event->data.mapping_start.anchor);
  case YAML_SEQUENCE_END_EVENT:
  case YAML_MAPPING_END_EVENT: return end(tree);
  default: return NA_OK;
  }
}

static na_status read_events (tree_builder *tree, yaml_parser_t *parser) {
  for (bool more = true; more;) {
    yaml_event_t event;
    if (!yaml_parser_parse(parser, &event)) return parser_failed(tree, parser);
    na_status status = handle(tree, &event);
    more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
    NA_TRY(status);
  }
  return NA_OK;
}

na_status na_yaml_parse (na_arena *arena, na_slice text, na_yaml_node **root, na_yaml_error *error) {
  tree_builder tree = { .arena = arena, .error = error, .source = { .text = text, .in_head = true } };
  yaml_parser_t parser;
  *root = NULL;
  if (text.size > NA_YAML_BYTES_MAX)
    return fail(&tree, NA_LIMIT, "yaml-size", 1, 1, "more than %zu bytes", NA_YAML_BYTES_MAX);
  start_counting(&tree.source);
  if (!yaml_parser_initialize(&parser)) return NA_NOMEM;
  yaml_parser_set_input(&parser, read_text, &tree.source);
  na_status status = read_events(&tree, &parser);
  yaml_parser_delete(&parser);
  if (status == NA_OK) *root = tree.root;
  na_free(tree.pending);
  na_free(tree.anchors);
  na_map_free(&tree.anchor_numbers);
  return status;
}

const na_yaml_node *na_yaml_get (const na_yaml_node *node, const char *key) {
  if (!node || node->kind != NA_YAML_MAP) return NULL;
  for (size_t i = 0; i < node->count; i++)
    if (na_slice_equal(node->keys[i]->text, na_slice_z(key))) return node->items[i];
  return NULL;
}
