/* csrc/text/crf.h -- a conditional random field: which pieces of a text are names, by what is around and in them. */
#ifndef NA_TEXT_CRF_H
#define NA_TEXT_CRF_H

#include "base/status.h"
#include "text/lookup.h"

#define NA_CRF_WIDTH 29 /* features of a piece */
#define NA_CRF_REACH 25 /* pieces of the longest name */

/* What a piece is to a name. */
typedef enum na_crf_tag {
  NA_CRF_OUT,
  NA_CRF_BEGIN,
  NA_CRF_INSIDE,
  NA_CRF_END,
  NA_CRF_SINGLE,
  NA_CRF_TAGS
} na_crf_tag;

/*
** A linear chain (Lafferty, McCallum, Pereira 2001) with features that are keys of 64 bits. All zero is valid, and knows
** nothing. Learning and finding use floating point, one thread and no chance: the same input gives the same weights.
*/
typedef struct na_crf {
  na_lookup features;            /* key -> number */
  float (*weights)[NA_CRF_TAGS]; /* of each feature, for each tag */
  size_t count, capacity;
  float moves[NA_CRF_TAGS + 1][NA_CRF_TAGS]; /* from tag to tag; the last row is the start */
} na_crf;

void na_crf_free (na_crf *crf);

/* The number of a feature, made with weights of 0 where it is new. Fails only for want of memory. */
na_status na_crf_feature (na_crf *crf, uint64_t key, uint32_t *number);

/* A text: NA_CRF_WIDTH numbers of features for each piece, NA_LOOKUP_NONE for those not known; and, to learn from, tags. */
typedef struct na_crf_text {
  uint32_t *features;
  uint8_t *tags; /* na_crf_tag */
  size_t count;  /* pieces */
} na_crf_text;

/* Learns from the texts, `rounds` times over. Fails only for want of memory. */
na_status na_crf_learn (na_crf *crf, const na_crf_text *texts, size_t count, unsigned rounds);

/* The pieces from `first` up to and with `last` are a name, so likely. */
typedef struct na_crf_span {
  uint32_t first, last;
  double probability;
} na_crf_span;

/* All zero is a valid empty list. */
typedef struct na_crf_spans {
  na_crf_span *items;
  size_t count, capacity;
} na_crf_spans;

void na_crf_spans_free (na_crf_spans *spans);

/* Puts into `spans` those of at least `least` probability, the likeliest first, none overlapping another. */
na_status na_crf_find (const na_crf *crf, const na_crf_text *text, double least, na_crf_spans *spans);

#endif
