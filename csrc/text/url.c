#include "text/url.h"

#define WRAPPINGS 4 /* copies of copies in the Wayback Machine: more is nobody's address */

static char lower (char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Takes `prefix`, in lower case, from the start of *text, whatever the case there. */
static bool skip (na_slice *text, na_slice prefix) {
  if (text->size < prefix.size) return false;
  for (size_t i = 0; i < prefix.size; i++)
    if (lower(text->data[i]) != prefix.data[i]) return false;
  *text = na_slice_part(*text, prefix.size, text->size);
  return true;
}

/* Takes scheme and "www."; "http:/host" with one slash is how some copies of addresses were made. */
static void skip_front (na_slice *url) {
  if (!skip(url, NA_LITERAL("https:/"))) skip(url, NA_LITERAL("http:/"));
  while (url->size && url->data[0] == '/') *url = na_slice_part(*url, 1, url->size);
  skip(url, NA_LITERAL("www."));
}

/* Takes "web.archive.org/web/20100101000000if_/" from the start of *url, where something comes behind it. */
static bool unwrap (na_slice *url) {
  na_slice rest = *url;
  if (!skip(&rest, NA_LITERAL("web.archive.org/web/")) && !skip(&rest, NA_LITERAL("archive.org/web/")))
    return false;
  if (!rest.size || !(na_is_digit(rest.data[0]) || rest.data[0] == '*')) return false;
  size_t slash = na_slice_find(rest, '/', 0);
  if (slash + 1 >= rest.size) return false;
  *url = na_slice_part(rest, slash + 1, rest.size);
  return true;
}

/* "#!" begins the part of an address that a script reads: it is no mere place on the page. */
static na_slice without_fragment (na_slice url) {
  size_t hash = na_slice_find(url, '#', 0);
  return hash + 1 < url.size && url.data[hash + 1] == '!' ? url : na_slice_part(url, 0, hash);
}

static na_slice without_port (na_slice host) {
  if (na_slice_ends(host, NA_LITERAL(":80"))) return na_slice_part(host, 0, host.size - 3);
  if (na_slice_ends(host, NA_LITERAL(":443"))) return na_slice_part(host, 0, host.size - 4);
  return host;
}

na_status na_url_append_key (na_buffer *out, na_slice url) {
  url = na_slice_trim(url);
  skip_front(&url);
  for (int i = 0; i < WRAPPINGS && unwrap(&url); i++) skip_front(&url);
  url = without_fragment(url);
  size_t slash = na_slice_find(url, '/', 0);
  na_slice host = without_port(na_slice_part(url, 0, slash)), path = na_slice_part(url, slash, url.size);
  while (path.size && (path.data[path.size - 1] == '/' || path.data[path.size - 1] == '?')) path.size--;
  NA_TRY(na_buffer_reserve(out, host.size + path.size));
  for (size_t i = 0; i < host.size; i++) NA_TRY(na_buffer_byte(out, lower(host.data[i])));
  return na_buffer_append(out, path);
}
