/* csrc/index/inventory.h -- what an archive's bytes are spent on. */
#ifndef NA_INDEX_INVENTORY_H
#define NA_INDEX_INVENTORY_H

#include "index/archive.h"

/* One section. */
typedef struct na_inventory {
  const char *name;    /* stable, lower case, words joined by '-' */
  bool is_there, rows; /* rows, or else a column */
  size_t bytes, items; /* items: rows or numbers */
} na_inventory;

/* Looks at a section of an image. NA_BAD where there is no such section, or its bytes cannot be one. */
na_status na_inventory_take (na_inventory *inventory, const na_image *image, na_section section);

/*
** The bytes of the stories' own texts: those that stand in the stories, and those of the pools, each once. Reads every story.
** NA_BAD where the archive's file is damaged.
*/
na_status na_inventory_texts (const na_archive *archive, size_t *bytes);

#endif
