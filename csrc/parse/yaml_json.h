/* csrc/parse/yaml_json.h -- a YAML tree from JSON, and JSON from a YAML tree. */
#ifndef NA_PARSE_YAML_JSON_H
#define NA_PARSE_YAML_JSON_H

#include "base/buffer.h"
#include "parse/yaml.h"

/*
** Reads the JSON value at the beginning of `text`, whatever follows it, as a tree like that of na_yaml_parse; numbers and
** truth values are plain scalars. All nodes have the place 1:1, as JSON's parser does not tell theirs. *end is the byte
** behind the value. NA_BAD and NA_LIMIT (deeper than NA_YAML_DEPTH_MAX) fill *error; NA_NOMEM does not.
*/
na_status na_yaml_of_json (na_arena *arena, na_slice text, na_yaml_node **root, size_t *end,
                           na_yaml_error *error);

/*
** Appends a map as a JSON object, keys sorted, without the pairs for which `left_out[i]` holds (NULL: all stay). Plain
** scalars that are JSON numbers, `true` or `false` stay such, all others are strings; null stays null. Fails only for
** want of memory.
*/
na_status na_yaml_append_json (na_buffer *out, const na_yaml_node *map, const bool *left_out);

#endif
