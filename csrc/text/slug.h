/* csrc/text/slug.h -- the readable end of an address. */
#ifndef NA_TEXT_SLUG_H
#define NA_TEXT_SLUG_H

#include "base/buffer.h"

#define NA_SLUG_MAX_CHARS 80
#define NA_SLUG_MAX_BYTES 200 /* room for ".html" and a suffix within NAME_MAX */

/*
** Appends the slug of `title` (UTF-8, any normalisation) to `out`.
** Lower case, NFC, words joined by '-', cut at a word where possible and never inside a character.
** Gives "untitled" where no letter or digit is left. Fails only for want of memory.
*/
na_status na_slug_append (na_buffer *out, na_slice title);

/*
** The slug of the reference's Chinese edition: the first 60 characters of the raw title without '.' and ',', every run
** of what is neither letter, decimal digit nor '_' as one '-'. Case is kept. May be empty.
*/
na_status na_slug_append_context_zh (na_buffer *out, na_slice title);

/*
** The slug of the reference's English edition, its mistake included: the first 140 bytes of the raw title, each read as
** Latin-1 and written in ASCII, lower case, every run of other characters as one '-'. May be empty.
*/
na_status na_slug_append_context_en (na_buffer *out, na_slice title);

#endif
