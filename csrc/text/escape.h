/* csrc/text/escape.h -- making other people's texts harmless where they are put. */
#ifndef NA_TEXT_ESCAPE_H
#define NA_TEXT_ESCAPE_H

#include "base/buffer.h"

/*
** Each appends `text` and fails only for want of memory.
**
** na_escape_markup   for text and quoted attributes of HTML and XML: & < > " ' become references; characters that XML 1.0
**                    has no place for (most controls) become U+FFFD.
** na_escape_url      for a URL put into an attribute: bytes that RFC 3986 does not allow are percent-encoded, existing
**                    %XX stay; then as na_escape_markup. A scheme other than http, https, mailto or ftp gives "#".
** na_escape_json     as a JSON string with its quotes, harmless in a script element of HTML too: < > & become \uXXXX.
** na_escape_segment  one segment of a path: everything but RFC 3986's unreserved characters is percent-encoded.
*/
na_status na_escape_markup (na_buffer *out, na_slice text);
na_status na_escape_url (na_buffer *out, na_slice url);
na_status na_escape_json (na_buffer *out, na_slice text);
na_status na_escape_segment (na_buffer *out, na_slice text);

/* Whether an escape leaves the text as it is (na_escape_json: but for the quotes), so that no copy is needed. */
bool na_escape_is_plain_markup (na_slice text);
bool na_escape_is_plain_url (na_slice url);
bool na_escape_is_plain_json (na_slice text);

/* Whether a URL is relative or of a scheme that a reader may follow: http, https, mailto, ftp. */
bool na_url_is_safe (na_slice url);

#endif
