/* csrc/text/utf8.h -- UTF-8, as the Unicode Standard 15.0 (3.9, table 3-7) has it: no surrogates, nothing overlong. */
#ifndef NA_TEXT_UTF8_H
#define NA_TEXT_UTF8_H

#include <stdint.h>

#include "base/buffer.h"

#define NA_UTF8_BAD UINT32_MAX

/*
** The scalar value at byte `*at` (which must be inside the text), moving *at behind it.
** Gives NA_UTF8_BAD and moves one byte on where there is none.
*/
uint32_t na_utf8_next (na_slice text, size_t *at);

/* The number of bytes from the start that are valid UTF-8: `text.size` where all are. */
size_t na_utf8_valid (na_slice text);

/* Appends `text` with U+FFFD for every byte that belongs to no character. Fails only for want of memory. */
na_status na_utf8_append_mended (na_buffer *out, na_slice text);

/* The number of bytes that the first `chars` characters take (all, where there are fewer). */
size_t na_utf8_prefix (na_slice text, size_t chars);

/* Appends the text in Unicode normalisation form C; `text` must be valid UTF-8. Fails only for want of memory. */
na_status na_utf8_append_nfc (na_buffer *out, na_slice text);

#endif
