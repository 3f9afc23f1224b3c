/* csrc/parse/yaml.h -- YAML documents through libyaml's events, as a tree in an arena. */
#ifndef NA_PARSE_YAML_H
#define NA_PARSE_YAML_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

#define NA_YAML_DEPTH_MAX   ((size_t)32)       /* libyaml is quadratic in flow nesting */
#define NA_YAML_BYTES_MAX   ((size_t)16 << 20) /* of one document */
#define NA_YAML_NODES_MAX   ((size_t)1 << 20)  /* keys, values and list items of one document */
#define NA_YAML_ALIASES_MAX ((size_t)1000)     /* an alias shares its anchor's node, it is never copied */

typedef enum na_yaml_kind { NA_YAML_NULL, NA_YAML_SCALAR, NA_YAML_LIST, NA_YAML_MAP } na_yaml_kind;

/*
** A node. Scalars are texts as written, whatever they look like: `no`, `012`, `12:30` and dates stay texts. NA_YAML_NULL
** is a plain empty scalar, `~` or `null`. A list has `count` items; a map has `count` pairs: keys[i] and items[i], in the order
** of the document; keys are scalars and unique.
*/
typedef struct na_yaml_node {
  na_yaml_kind kind;
  bool plain;          /* a scalar written without quotes and not as a block */
  size_t line, column; /* from 1, in bytes */
  na_slice text;
  struct na_yaml_node **keys, **items;
  size_t count;
} na_yaml_node;

/* Why a document cannot be read, and where (from 1; columns in bytes). */
typedef struct na_yaml_error {
  size_t line, column;
  const char *
      code; /* "yaml-syntax", "yaml-depth", "yaml-size", "yaml-nodes", "yaml-alias", "yaml-duplicate-key", "yaml-key", "yaml-encoding" */
  char message[200];
} na_yaml_error;

/*
** Reads the first document of `text`. *root is NULL for an empty one. NA_BAD or NA_LIMIT fill *error; NA_NOMEM does not.
** Texts and nodes live in `arena`.
*/
na_status na_yaml_parse (na_arena *arena, na_slice text, na_yaml_node **root, na_yaml_error *error);

/* The value of `key` in a map, or NULL (also where `node` is NULL or no map). */
const na_yaml_node *na_yaml_get (const na_yaml_node *node, const char *key);

#endif
