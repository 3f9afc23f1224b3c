/* csrc/text/entity.h -- character references of HTML. */
#ifndef NA_TEXT_ENTITY_H
#define NA_TEXT_ENTITY_H

#include <stdint.h>

#include "base/slice.h"

/*
** The character that the reference at the start of `text` ("&ndash;", "&#124;", "&#x7c;") stands for, and its bytes.
** 0 where there is none. Numbers 128 to 159 are read as Windows-1252, as browsers do; the ';' may be missing behind a number.
*/
uint32_t na_entity_at (na_slice text, size_t *size);

#endif
