/* csrc/parse/readers.h -- the formats that the core reads, by name. */
#ifndef NA_PARSE_READERS_H
#define NA_PARSE_READERS_H

#include "parse/report.h"

/* The reader of a format, or NULL. */
na_reader *na_reader_of (na_slice name);

/* The name of the i-th format, from 0; NULL beyond the last. */
const char *na_reader_name (size_t i);

#endif
