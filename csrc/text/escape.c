#include "text/escape.h"

#include <strings.h>

/* What a byte becomes in markup; NULL where it stays. */
static const char *reference (unsigned char c) {
  switch (c) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '"': return "&quot;";
  case '\'': return "&#39;";
  case '\t':
  case '\n':
  case '\r': return NULL;
  default: return c < 0x20 || c == 0x7F ? "\xEF\xBF\xBD" : NULL;
  }
}

bool na_escape_is_plain_markup (na_slice text) {
  for (size_t i = 0; i < text.size; i++)
    if (reference((unsigned char)text.data[i])) return false;
  return true;
}

na_status na_escape_markup (na_buffer *out, na_slice text) {
  size_t start = 0;
  for (size_t i = 0; i < text.size; i++) {
    const char *mark = reference((unsigned char)text.data[i]);
    if (!mark) continue;
    NA_TRY(na_buffer_append(out, na_slice_part(text, start, i)));
    NA_TRY(na_buffer_append(out, na_slice_z(mark)));
    start = i + 1;
  }
  return na_buffer_append(out, na_slice_part(text, start, text.size));
}

static na_status percent (na_buffer *out, unsigned char byte) {
  static const char hex[] = "0123456789ABCDEF";
  const char text[3] = { '%', hex[byte >> 4], hex[byte & 15] };
  return na_buffer_append(out, na_slice_of(text, 3));
}

static bool is_alphanumeric (unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_unreserved (unsigned char c) {
  return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static bool is_hex (char c) {
  return na_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool na_url_is_safe (na_slice url) {
  static const char *const schemes[] = { "http", "https", "mailto", "ftp" };
  size_t i = 0;
  while (i < url.size && (is_alphanumeric((unsigned char)url.data[i]) || strchr("+-.", url.data[i]))) i++;
  if (i == url.size || url.data[i] != ':') return true;
  for (size_t s = 0; s < sizeof schemes / sizeof *schemes; s++)
    if (strlen(schemes[s]) == i && strncasecmp(url.data, schemes[s], i) == 0) return true;
  return false;
}

/* Whether the byte stays as it is in a URL, wherever it stands: '%' and '&' do not. */
static bool is_url_byte (unsigned char c) {
  return is_unreserved(c) || (c && strchr(":/?#[]@!$()*+,;=", c));
}

bool na_escape_is_plain_url (na_slice url) {
  for (size_t i = 0; i < url.size; i++)
    if (!is_url_byte((unsigned char)url.data[i])) return false;
  return na_url_is_safe(url);
}

na_status na_escape_url (na_buffer *out, na_slice url) {
  url = na_slice_trim(url);
  while (url.size && (unsigned char)url.data[0] <= ' ') url = na_slice_part(url, 1, url.size);
  if (!na_url_is_safe(url)) return na_buffer_byte(out, '#');
  for (size_t i = 0; i < url.size; i++) {
    unsigned char c = (unsigned char)url.data[i];
    bool escaped = c == '%' && url.size - i > 2 && is_hex(url.data[i + 1]) && is_hex(url.data[i + 2]);
    if (escaped || is_url_byte(c))
      NA_TRY(na_buffer_byte(out, (char)c));
    else if (c == '&')
      NA_TRY(na_buffer_append(out, NA_LITERAL("&amp;")));
    else if (c == '\'')
      NA_TRY(na_buffer_append(out, NA_LITERAL("&#39;")));
    else
      NA_TRY(percent(out, c));
  }
  return NA_OK;
}

/* Whether the byte stays as it is in a JSON string that stands in a script element. */
static bool is_json_byte (unsigned char c) {
  return c >= 0x20 && c != 0x7F && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

bool na_escape_is_plain_json (na_slice text) {
  for (size_t i = 0; i < text.size; i++)
    if (!is_json_byte((unsigned char)text.data[i])) return false;
  return true;
}

na_status na_escape_json (na_buffer *out, na_slice text) {
  size_t start = 0;
  NA_TRY(na_buffer_byte(out, '"'));
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (is_json_byte(c)) continue;
    NA_TRY(na_buffer_append(out, na_slice_part(text, start, i)));
    NA_TRY(na_buffer_format(out, "\\u%04x", c));
    start = i + 1;
  }
  NA_TRY(na_buffer_append(out, na_slice_part(text, start, text.size)));
  return na_buffer_byte(out, '"');
}

na_status na_escape_segment (na_buffer *out, na_slice text) {
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    NA_TRY(is_unreserved(c) ? na_buffer_byte(out, (char)c) : percent(out, c));
  }
  return NA_OK;
}
