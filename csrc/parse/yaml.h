/* csrc/parse/yaml.h -- YAML documents through libyaml's events, as a tree in an arena. */
#ifndef NA_PARSE_YAML_H
#define NA_PARSE_YAML_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

#define NA_YAML_DEPTH_MAX   ((size_t)32)       /* libyaml is quadratic in flow nesting */
#define NA_YAML_BYTES_MAX   ((size_t)16 << 20) /* of one document, and of its texts with aliases followed */
#define NA_YAML_NODES_MAX   ((size_t)1 << 20)  /* keys, values and list items, with aliases followed */
#define NA_YAML_ALIASES_MAX ((size_t)1000)     /* an alias shares its anchor's node, it is never copied */
/* Directives and comments before a document: libyaml is quadratic in them. */
#define NA_YAML_HEAD_BYTES_MAX ((size_t)64 << 10)
#define NA_YAML_DIRECTIVES_MAX ((size_t)32) /* %TAG lines: libyaml walks them all at every tag */

typedef enum na_yaml_kind { NA_YAML_NULL, NA_YAML_SCALAR, NA_YAML_LIST, NA_YAML_MAP } na_yaml_kind;

/*
** A node. Scalars are texts as written, whatever they look like: `no`, `012`, `12:30` and dates stay texts, and tags mean
** nothing but that an empty scalar with one is a text. NA_YAML_NULL is a plain value that is empty, `~` or `null`. A list
** has `count` items; a map has `count` pairs: keys[i] and items[i], in the order of the document; keys are scalars (a
** plain `null` is the text "null" there) and unique. `<<` is a key like any other.
** An alias is the very node of its anchor. There are no cycles, and who walks the tree, entering shared nodes each time,
** meets at most NA_YAML_NODES_MAX nodes and NA_YAML_BYTES_MAX bytes, NA_YAML_DEPTH_MAX levels deep.
*/
typedef struct na_yaml_node {
  na_yaml_kind kind;
  bool plain;          /* a scalar written without quotes and not as a block */
  size_t line, column; /* from 1; columns in bytes, in characters where the text is UTF-16 */
  na_slice text;       /* of a scalar; UTF-8, never absent there */
  struct na_yaml_node **keys, **items;
  size_t count;
} na_yaml_node;

/*
** Why a document cannot be read, and where (as in nodes). The codes: "yaml-syntax", "yaml-encoding" (no UTF-8 or UTF-16,
** or a control character), "yaml-duplicate-key", "yaml-key" (a key that is no scalar), "yaml-alias" (its anchor is
** unknown or not finished), "yaml-documents" (more than one); and of limits "yaml-size", "yaml-depth", "yaml-nodes",
** "yaml-aliases", "yaml-directives".
*/
typedef struct na_yaml_error {
  size_t line, column;
  const char *code; /* always a constant */
  char message[200];
} na_yaml_error;

/*
** Reads the one document of `text` (UTF-8, or UTF-16 with a byte order mark). *root is NULL where there is none.
** NA_BAD or NA_LIMIT fill *error; NA_NOMEM does not. Texts and nodes live in `arena`; `text` is not needed afterwards.
*/
na_status na_yaml_parse (na_arena *arena, na_slice text, na_yaml_node **root, na_yaml_error *error);

/* The value of `key` in a map, or NULL (also where `node` is NULL or no map). */
const na_yaml_node *na_yaml_get (const na_yaml_node *node, const char *key);

#endif
