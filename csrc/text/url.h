/* csrc/text/url.h -- when two addresses are one. */
#ifndef NA_TEXT_URL_H
#define NA_TEXT_URL_H

#include "base/buffer.h"

/*
** Appends what tells a web address from others, whatever way it was written: without http or https, "www.",
** default port, fragment and final slash, the host in lower case; the address inside one of the Wayback
** Machine's. Two addresses with equal keys lead to the same publication, for all that one can see. Fails only
** for want of memory.
*/
na_status na_url_append_key (na_buffer *out, na_slice url);

#endif
