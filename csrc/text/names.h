/* csrc/text/names.h -- any number of names, and where they occur in a text. */
#ifndef NA_TEXT_NAMES_H
#define NA_TEXT_NAMES_H

#include "base/buffer.h"
#include "text/lookup.h"
#include "text/piece.h"

#define NA_NAME_BYTES 512 /* of one name: twice the longest title of a wiki page */
#define NA_NAME_PIECES \
  64                    /* words, signs and characters without blanks: what one position of a text may cost */
#define NA_NAME_FORMS 8 /* names that differ in nothing but their capitals */

/* How the capitals of a name bind a text. */
typedef enum na_letters {
  NA_LETTERS_SMART, /* a word in capitals needs capitals ("AIMS"), a capitalised one a capital ("Apple"), others nothing */
  NA_LETTERS_ANY,   /* nothing */
  NA_LETTERS_EXACT, /* every letter as in the name */
} na_letters;

typedef struct na_name_options {
  na_letters letters;
  bool start;  /* one capitalised word is enough even where a sentence begins, and any word has a capital */
  bool plural; /* a final "s" or "es" is the same name */
} na_name_options;

/* Why a name cannot be taken. */
typedef enum na_name_fault {
  NA_NAME_FINE,
  NA_NAME_EMPTY,    /* no letter, digit or character */
  NA_NAME_LONG,     /* more than NA_NAME_BYTES */
  NA_NAME_PARTS,    /* more than NA_NAME_PIECES */
  NA_NAME_ENCODING, /* not UTF-8 */
  NA_NAME_CONTROL,  /* control characters in it */
  NA_NAME_CROWDED,  /* NA_NAME_FORMS others differ from it in capitals alone */
} na_name_fault;

typedef struct na_name {
  uint32_t text;        /* where its bytes begin in `texts` */
  uint32_t entity;      /* the number that na_names_add was given */
  uint32_t next;        /* another name of the same pieces, less demanding, or NA_LOOKUP_NONE */
  uint32_t size : 10;   /* in bytes */
  uint32_t tail : 10;   /* bytes of signs at the end that a text need not have */
  uint32_t letters : 2; /* na_letters */
  uint32_t start : 1, plural : 1;
  uint32_t
      modest : 1; /* content where all words of a text begin with a capital: none of its own has to be all capitals */
  uint32_t
      lone : 1; /* one word with a capital at its beginning alone, which says little where a sentence begins */
} na_name;

/* All zero is a valid empty set. Names keep their number, from 0, in the order in which they were added. */
typedef struct na_names {
  na_fold_table fold;
  na_lookup heads;     /* from the key of a name's pieces to the first name of these pieces */
  na_sieve sieve;      /* of the same keys and those of their beginnings */
  uint64_t pairs[256]; /* a bit for every two ASCII bytes with which names begin: 128 for each first one */
  na_name *items;
  size_t count, capacity;
  na_buffer texts;
} na_names;

void na_names_free (na_names *names);

/*
** Adds a name for the entity with this number. *number is the name's own; where the same name with the same demands on
** capitals is there already, that one's number is given, its entity stays as it was, and *fresh is false.
** NA_BAD where the name cannot be taken (*fault says why, the set is as it was); else fails only for want of memory
** (NA_NOMEM) or beyond 4 GB of names (NA_LIMIT).
** Costs its length and about 60 bytes.
*/
na_status na_names_add (na_names *names, na_slice text, uint32_t entity, const na_name_options *options,
                        uint32_t *number, bool *fresh, na_name_fault *fault);

/* A stable word for a fault: "name-long". */
const char *na_name_fault_code (na_name_fault fault);

/* The name's text as it was added, without blanks at its ends. Valid until the next name is added. */
na_slice na_names_text (const na_names *names, uint32_t number);

/* The key of a sequence of pieces is that of the sequence before its last piece, taken with that piece's hash. */
static inline uint64_t na_names_key (uint64_t before, uint64_t hash) {
  uint64_t key = (before * 0xD6E8FEB86659FD93u + hash) * 0xFF51AFD7ED558CCDu;
  return key ^ key >> 32;
}

/* How the sieve knows a first piece: with a capital or without. */
static inline uint64_t na_names_first (uint64_t key, bool upper) {
  return upper ? ~key : key;
}

/* Bytes of memory held. */
size_t na_names_bytes (const na_names *names);

/* A stretch of a text that is a name: bytes from `first` up to, not including, `end`. */
typedef struct na_span {
  size_t first, end;
  uint32_t name;
} na_span;

/* All zero is a valid empty list. */
typedef struct na_spans {
  na_span *items;
  size_t count, capacity;
} na_spans;

void na_spans_free (na_spans *spans);

/*
** Appends where names occur in `text` (any bytes), from left to right, the longest at each place, none within another.
** Time is linear in the text, at worst NA_NAME_PIECES steps a byte. Fails only for want of memory.
*/
na_status na_names_match (const na_names *names, na_slice text, na_spans *spans);

/* The same, with every name at every place, also those within others. In order of their first bytes, shorter ones first. */
na_status na_names_match_all (const na_names *names, na_slice text, na_spans *spans);

#endif
