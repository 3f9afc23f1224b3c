#include "relate/related.h"

#include <math.h>

#include "base/memory.h"
#include "index/repeats.h"

#define DAYS_MAX 100000 /* between stories: farther ones are as far as that, which is 270 years */

void na_related_free (na_related *related) {
  na_free(related->worth);
  na_free(related->idf);
  na_free(related->rarity);
  na_free(related->originals);
  na_free(related->decay);
  *related = (na_related){ 0 };
}

/* Inverse document frequency, as in BM25: never negative. */
static double idf_of (double stories, double total) {
  return log(1 + (total - stories + 0.5) / (stories + 0.5));
}

/* What follows from the number of settled stories that have a term; a new term has one. */
typedef struct rarity {
  double stories, idf, sharp, plain; /* coarse; of that, what sharpness makes of it, and a simpler idf */
} rarity;

#define USUAL_STORIES 1024 /* most terms have fewer: theirs is looked up */

typedef struct weighing {
  na_related *related;
  double total;
  rarity usual[USUAL_STORIES];
} weighing;

static rarity rarity_of (const weighing *w, size_t stories) {
  double coarse = stories ? na_coarse((double)stories) : 1;
  double idf = idf_of(coarse < w->total ? coarse : w->total, w->total);
  return (rarity){ coarse, idf, pow(idf / idf_of(1, w->total), w->related->weights.sharpness),
                   log(1 + w->total / (coarse + 0.5)) };
}

static rarity look_up (const weighing *w, size_t stories) {
  return stories < USUAL_STORIES ? w->usual[stories] : rarity_of(w, stories);
}

/* How much a term counts by what it is. */
static double kind_of (const na_weights *weights, const na_terms *terms, uint32_t term) {
  na_term_kind kind = na_terms_kind(terms, term);
  if (kind == NA_TERM_ENTITY) return weights->entity;
  if (kind == NA_TERM_NAME) return weights->name;
  double capital = (double)na_terms_capital(terms, term) / NA_CAPITAL_STEPS;
  double word = weights->word + (1 - weights->word) * capital;
  na_slice form = na_terms_form(terms, term);
  return form.size && na_is_digit(form.data[0]) ? word * weights->number : word;
}

static void weigh_terms (weighing *w) {
  na_related *related = w->related;
  const na_terms *terms = related->terms;
  for (uint32_t t = 0; t < terms->count; t++) {
    rarity rare = look_up(w, na_terms_settled(terms, t));
    double sharp = na_terms_kind(terms, t) == NA_TERM_WORD ? rare.sharp : 1;
    related->idf[t] = (float)rare.idf;
    related->rarity[t] = (float)rare.plain;
    related->worth[t] = (float)(kind_of(&related->weights, terms, t) * rare.idf * sharp);
  }
}

/* What share of the stories of a name's word have the whole name, as a factor on the word's worth; kept where lowest. */
static void hold_back (float *factors, const weighing *w, uint32_t word, double together) {
  double stories = look_up(w, na_terms_settled(w->related->terms, word)).stories;
  double factor = 1 - w->related->weights.collocation * fmin(1, together / stories);
  if (factor < factors[word]) factors[word] = (float)factor;
}

#define COLLOCATION_STORIES 3 /* that a pair must have before it counts as one thing */

static na_status weigh_collocations (const weighing *w) {
  const na_terms *terms = w->related->terms;
  float *factors = na_malloc(terms->first_name * sizeof *factors);
  if (!factors) return NA_NOMEM;
  for (size_t t = 0; t < terms->first_name; t++) factors[t] = 1;
  for (uint32_t t = (uint32_t)terms->first_name; t < terms->first_entity; t++) {
    size_t stories = na_terms_stories(terms, t);
    uint32_t forms[2];
    if (stories < COLLOCATION_STORIES) continue;
    na_terms_name(terms, t, forms);
    double together = look_up(w, na_terms_settled(terms, t)).stories;
    for (size_t i = 0; i < 2; i++) hold_back(factors, w, na_terms_of_form(terms, forms[i]), together);
  }
  for (size_t t = 0; t < terms->first_name; t++) w->related->worth[t] *= factors[t];
  na_free(factors);
  return NA_OK;
}

static na_status weigh (na_related *related) {
  weighing w = { .related = related, .total = na_coarse((double)related->terms->settled) };
  for (size_t i = 0; i < USUAL_STORIES; i++) w.usual[i] = rarity_of(&w, i);
  weigh_terms(&w);
  return weigh_collocations(&w);
}

na_status na_related_build (na_related *related, const na_archive *archive, na_terms *terms,
                            const na_weights *weights) {
  na_related_free(related);
  size_t days =
      archive->count ? (size_t)((int64_t)archive->days[archive->count - 1] - archive->days[0]) + 1 : 1;
  if (days > DAYS_MAX) days = DAYS_MAX;
  *related = (na_related){ .archive = archive, .terms = terms, .weights = *weights, .decay_count = days };
  related->worth = na_malloc(terms->count * sizeof *related->worth);
  related->idf = na_malloc(terms->count * sizeof *related->idf);
  related->rarity = na_malloc(terms->count * sizeof *related->rarity);
  related->decay = na_malloc(days * sizeof *related->decay);
  na_status status = NA_NOMEM;
  if (related->worth && related->idf && related->rarity && related->decay) {
    for (size_t d = 0; d < days; d++) related->decay[d] = pow(1 + (double)d, -weights->decay);
    status = weigh(related);
  }
  if (status != NA_OK) na_related_free(related);
  return status;
}

na_status na_related_fold (na_related *related) {
  if (related->originals) return NA_OK;
  uint32_t *originals = na_malloc(related->archive->count * sizeof *originals);
  na_status status = originals ? na_repeats_find(related->archive, originals) : NA_NOMEM;
  if (status == NA_OK)
    related->originals = originals;
  else
    na_free(originals);
  return status;
}
