#include "text/entity.h"

#include <stdlib.h>

#define NAME_MAX_BYTES 8

typedef struct entity {
  char name[NAME_MAX_BYTES + 1];
  uint16_t c;
} entity;

/* The names of HTML 4 that news contain: Latin-1, punctuation, currency, arrows, common signs. Sorted by bytes. */
static const entity entities[] = {
  { "AElig", 0xC6 },   { "Aacute", 0xC1 },   { "Acirc", 0xC2 },   { "Agrave", 0xC0 },   { "Aring", 0xC5 },
  { "Atilde", 0xC3 },  { "Auml", 0xC4 },     { "Ccedil", 0xC7 },  { "Delta", 0x394 },   { "ETH", 0xD0 },
  { "Eacute", 0xC9 },  { "Ecirc", 0xCA },    { "Egrave", 0xC8 },  { "Euml", 0xCB },     { "Iacute", 0xCD },
  { "Icirc", 0xCE },   { "Igrave", 0xCC },   { "Iuml", 0xCF },    { "Ntilde", 0xD1 },   { "OElig", 0x152 },
  { "Oacute", 0xD3 },  { "Ocirc", 0xD4 },    { "Ograve", 0xD2 },  { "Omega", 0x3A9 },   { "Oslash", 0xD8 },
  { "Otilde", 0xD5 },  { "Ouml", 0xD6 },     { "Prime", 0x2033 }, { "Scaron", 0x160 },  { "THORN", 0xDE },
  { "Uacute", 0xDA },  { "Ucirc", 0xDB },    { "Ugrave", 0xD9 },  { "Uuml", 0xDC },     { "Yacute", 0xDD },
  { "Yuml", 0x178 },   { "aacute", 0xE1 },   { "acirc", 0xE2 },   { "acute", 0xB4 },    { "aelig", 0xE6 },
  { "agrave", 0xE0 },  { "alpha", 0x3B1 },   { "amp", '&' },      { "apos", '\'' },     { "aring", 0xE5 },
  { "asymp", 0x2248 }, { "atilde", 0xE3 },   { "auml", 0xE4 },    { "bdquo", 0x201E },  { "beta", 0x3B2 },
  { "brvbar", 0xA6 },  { "bull", 0x2022 },   { "ccedil", 0xE7 },  { "cent", 0xA2 },     { "copy", 0xA9 },
  { "curren", 0xA4 },  { "dagger", 0x2020 }, { "deg", 0xB0 },     { "delta", 0x3B4 },   { "divide", 0xF7 },
  { "eacute", 0xE9 },  { "ecirc", 0xEA },    { "egrave", 0xE8 },  { "emsp", 0x2003 },   { "ensp", 0x2002 },
  { "eth", 0xF0 },     { "euml", 0xEB },     { "euro", 0x20AC },  { "frac12", 0xBD },   { "frac14", 0xBC },
  { "frac34", 0xBE },  { "frasl", 0x2044 },  { "gamma", 0x3B3 },  { "ge", 0x2265 },     { "gt", '>' },
  { "harr", 0x2194 },  { "hellip", 0x2026 }, { "iacute", 0xED },  { "icirc", 0xEE },    { "iexcl", 0xA1 },
  { "igrave", 0xEC },  { "infin", 0x221E },  { "iquest", 0xBF },  { "iuml", 0xEF },     { "lambda", 0x3BB },
  { "laquo", 0xAB },   { "larr", 0x2190 },   { "lbrace", '{' },   { "ldquo", 0x201C },  { "le", 0x2264 },
  { "lrm", 0x200E },   { "lsaquo", 0x2039 }, { "lsquo", 0x2018 }, { "lt", '<' },        { "macr", 0xAF },
  { "mdash", 0x2014 }, { "micro", 0xB5 },    { "middot", 0xB7 },  { "minus", 0x2212 },  { "mu", 0x3BC },
  { "nbsp", 0xA0 },    { "ndash", 0x2013 },  { "ne", 0x2260 },    { "not", 0xAC },      { "ntilde", 0xF1 },
  { "oacute", 0xF3 },  { "ocirc", 0xF4 },    { "oelig", 0x153 },  { "ograve", 0xF2 },   { "omega", 0x3C9 },
  { "ordf", 0xAA },    { "ordm", 0xBA },     { "oslash", 0xF8 },  { "otilde", 0xF5 },   { "ouml", 0xF6 },
  { "para", 0xB6 },    { "permil", 0x2030 }, { "pi", 0x3C0 },     { "plusmn", 0xB1 },   { "pound", 0xA3 },
  { "prime", 0x2032 }, { "quot", '"' },      { "raquo", 0xBB },   { "rarr", 0x2192 },   { "rbrace", '}' },
  { "rdquo", 0x201D }, { "reg", 0xAE },      { "rlm", 0x200F },   { "rsaquo", 0x203A }, { "rsquo", 0x2019 },
  { "sbquo", 0x201A }, { "scaron", 0x161 },  { "sect", 0xA7 },    { "shy", 0xAD },      { "sigma", 0x3C3 },
  { "sup1", 0xB9 },    { "sup2", 0xB2 },     { "sup3", 0xB3 },    { "szlig", 0xDF },    { "thinsp", 0x2009 },
  { "thorn", 0xFE },   { "tilde", 0x2DC },   { "times", 0xD7 },   { "trade", 0x2122 },  { "uacute", 0xFA },
  { "ucirc", 0xFB },   { "ugrave", 0xF9 },   { "uuml", 0xFC },    { "yacute", 0xFD },   { "yen", 0xA5 },
  { "yuml", 0xFF },    { "zwj", 0x200D },    { "zwnj", 0x200C },
};

static const uint16_t windows_1252[32] = {
  0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
  0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
  0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
};

static int compare (const void *key, const void *item) {
  return strcmp(key, ((const entity *)item)->name);
}

static int digit_of (char c, uint32_t base) {
  int value = na_is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : 99;
  return (uint32_t)value < base ? value : -1;
}

static uint32_t numeric (na_slice text, size_t *size) {
  size_t at = 2;
  uint32_t base = 10, c = 0;
  if (at < text.size && (text.data[at] | 32) == 'x') base = 16, at++;
  size_t first = at;
  for (int digit; at < text.size && (digit = digit_of(text.data[at], base)) >= 0; at++)
    if (c <= 0x10FFFF) c = c * base + (uint32_t)digit;
  if (at == first) return 0;
  if (at < text.size && text.data[at] == ';') at++;
  *size = at;
  if (c >= 128 && c < 160) return windows_1252[c - 128];
  return c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c;
}

uint32_t na_entity_at (na_slice text, size_t *size) {
  if (text.size < 3 || text.data[0] != '&') return 0;
  if (text.data[1] == '#') return numeric(text, size);
  char name[NAME_MAX_BYTES + 1];
  size_t count = 0;
  while (count < NAME_MAX_BYTES && count + 1 < text.size && text.data[count + 1] != ';') {
    name[count] = text.data[count + 1];
    count++;
  }
  name[count] = '\0';
  if (count + 1 >= text.size || text.data[count + 1] != ';') return 0;
  const entity *found =
      bsearch(name, entities, sizeof entities / sizeof *entities, sizeof *entities, compare);
  if (!found) return 0;
  *size = count + 2;
  return found->c;
}
