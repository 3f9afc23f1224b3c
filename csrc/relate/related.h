/* csrc/relate/related.h -- related stories by relevance: shared words, names and entities, nearness in time. */
#ifndef NA_RELATE_RELATED_H
#define NA_RELATE_RELATED_H

#include "index/terms.h"
#include "relate/context.h"
#include "relate/weights.h"

/*
** The score of a story d for the story q:
**
**     score(q, d) = (1 + days between)^-decay * SUM over shared terms t of  weight(q, t) * impact(t, d)
**     weight(q, t) = worth(t) * (local idf / idf)^local * impact(t, q)^emphasis
**     worth(t) = weight of its kind * idf * (idf / highest idf)^sharpness, less for words that come with a neighbour
**
** Weights and impacts are whole numbers, so that the sum is the same in whatever order it is made, and a pruned walk can be
** compared with an exhaustive one to the last bit. Counts go in rounded to quarters of a power of two, and are taken from
** the stories of closed generations alone (na_settled): a new story moves no weight, and old lists stay.
*/
#define NA_WEIGHT_ONE     256   /* steps of a weight */
#define NA_WEIGHT_MAX     65535 /* so that NA_RELATED_TERMS * NA_WEIGHT_MAX * 255 fits 32 bits */
#define NA_RELATED_TERMS  256   /* the weightiest terms of a story ask; only long bodies have more */
#define NA_RELATED_LIMIT  10
#define NA_RELATED_COARSE 1024 /* numbers whose coarse value is looked up */
#define NA_SCORE_UNIT     (1.0 / ((double)NA_WEIGHT_ONE * NA_IMPACT_ONE))

/* What follows from the number of settled stories that have a term; a new term has one. */
typedef struct na_rarity {
  double stories, idf, sharp, plain; /* coarse; of that, what sharpness makes of it, and a simpler idf */
} na_rarity;

/* A term: a worth of 0 never asks; the rarity is what its local idf is measured by, and more than 0. */
typedef struct na_weighed {
  float worth, idf, rarity;
} na_weighed;

/* What is the same for all queries. All zero is valid and empty. The archive and its terms must live as long. */
typedef struct na_related {
  const na_archive *archive;
  na_terms *terms;
  na_weights weights;
  na_weighed *weighed; /* of each term; all 0 until it is first asked for */
  na_rarity *usual;    /* by number of stories, up to some */
  uint32_t *originals; /* of each story the first that tells the same; NULL until na_related_fold */
  double *decay;       /* by days between, up to the longest distance in the archive */
  size_t decay_count;
  double stress[UINT8_MAX + 1];     /* of each impact: its share to the power of emphasis */
  double coarse[NA_RELATED_COARSE]; /* na_coarse of small numbers, which are nearly all */
} na_related;

void na_related_free (na_related *related);

/* Linear in terms and days. Fails only for want of memory. */
na_status na_related_build (na_related *related, const na_archive *archive, na_terms *terms,
                            const na_weights *weights);

/*
** What a term is worth: found when it is first asked for, and kept. Not for two threads at once, but after na_related_unpack.
*/
na_weighed na_related_weigh (const na_related *related, uint32_t term);

/* Weighs and unpacks all terms, so that threads find all there, and nothing changes. Fails as na_terms_unpack does. */
na_status na_related_unpack (const na_related *related);

/* Finds which stories tell the same (repeats.h), once; queries can fold them then. Fails as na_repeats_find does. */
na_status na_related_fold (na_related *related);

#endif
