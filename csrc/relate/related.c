#include "relate/asking.h"

#include <math.h>

#include "base/memory.h"
#include "relate/repeats.h"

#define DAYS_MAX 100000 /* between stories: farther ones are as far as that, which is 270 years */

void na_related_free (na_related *related) {
  na_free(related->worth);
  na_free(related->idf);
  na_free(related->rarity);
  na_free(related->top);
  na_free(related->originals);
  na_free(related->decay);
  *related = (na_related){ 0 };
}

/* Inverse document frequency, as in BM25: never negative. */
static double idf_of (double stories, double total) {
  return log(1 + (total - stories + 0.5) / (stories + 0.5));
}

/* How many of the settled stories have the term, coarsely; of a new term, one. */
static double stories_of (const na_related *related, size_t term) {
  size_t count =
      na_place_of(na_postings_list(&related->terms->stories, term), (uint32_t)related->terms->settled);
  return count ? na_coarse((double)count) : 1;
}

#define CAPITAL_STEPS \
  8 /* how finely it is told how often a word has a capital: a new story hardly moves it */

/* How much a term counts by what it is. */
static double kind_of (const na_weights *weights, const na_term *term) {
  if (term->kind == NA_TERM_ENTITY) return weights->entity;
  if (term->kind == NA_TERM_NAME) return weights->name;
  double capital = round(CAPITAL_STEPS * (term->upper + 0.5) / (term->uses + 1.0)) / CAPITAL_STEPS;
  double kind = weights->word + (1 - weights->word) * capital;
  return term->text.size && na_is_digit(term->text.data[0]) ? kind * weights->number : kind;
}

static void weigh_terms (na_related *related) {
  const na_terms *terms = related->terms;
  const na_weights *weights = &related->weights;
  double total = na_coarse((double)related->terms->settled), highest = idf_of(1, total);
  for (size_t t = 0; t < terms->count; t++) {
    double stories = stories_of(related, t), idf = idf_of(stories < total ? stories : total, total);
    double sharpness = terms->items[t].kind == NA_TERM_WORD ? weights->sharpness : 0;
    related->idf[t] = (float)idf;
    related->rarity[t] = (float)log(1 + total / (stories + 0.5));
    related->worth[t] = (float)(kind_of(weights, &terms->items[t]) * idf * pow(idf / highest, sharpness));
  }
}

/* What share of the stories of a name's word have the whole name, as a factor on the word's worth; kept where lowest. */
static void hold_back (float *factors, const na_related *related, uint32_t word, double together) {
  double factor = 1 - related->weights.collocation * fmin(1, together / stories_of(related, word));
  if (factor < factors[word]) factors[word] = (float)factor;
}

#define COLLOCATION_STORIES 3 /* that a pair must have before it counts as one thing */

static na_status weigh_collocations (na_related *related) {
  const na_terms *terms = related->terms;
  float *factors = na_malloc(terms->count * sizeof *factors);
  if (!factors) return NA_NOMEM;
  for (size_t t = 0; t < terms->count; t++) factors[t] = 1;
  for (size_t t = 0; t < terms->count; t++) {
    if (terms->items[t].kind != NA_TERM_NAME ||
        na_postings_list(&terms->stories, t).count < COLLOCATION_STORIES)
      continue;
    na_slice name = terms->items[t].text;
    size_t blank = na_slice_find(name, ' ', 0);
    double together = stories_of(related, t);
    hold_back(factors, related, na_terms_word(terms, na_slice_part(name, 0, blank)), together);
    hold_back(factors, related, na_terms_word(terms, na_slice_part(name, blank + 1, name.size)), together);
  }
  for (size_t t = 0; t < terms->count; t++) related->worth[t] *= factors[t];
  na_free(factors);
  return NA_OK;
}

static void find_tops (na_related *related) {
  const na_postings *stories = &related->terms->stories;
  memset(related->top, 0, related->terms->count);
  for (size_t t = 0; t < related->terms->count; t++)
    for (uint32_t k = stories->starts[t]; k < stories->starts[t + 1]; k++)
      if (related->terms->impacts[k] > related->top[t]) related->top[t] = related->terms->impacts[k];
}

na_status na_related_build (na_related *related, const na_archive *archive, const na_terms *terms,
                            const na_weights *weights) {
  na_related_free(related);
  size_t days =
      archive->count ? (size_t)((int64_t)archive->days[archive->count - 1] - archive->days[0]) + 1 : 1;
  if (days > DAYS_MAX) days = DAYS_MAX;
  *related = (na_related){ .archive = archive, .terms = terms, .weights = *weights, .decay_count = days };
  related->worth = na_malloc(terms->count * sizeof *related->worth);
  related->idf = na_malloc(terms->count * sizeof *related->idf);
  related->rarity = na_malloc(terms->count * sizeof *related->rarity);
  related->top = na_malloc(terms->count);
  related->decay = na_malloc(days * sizeof *related->decay);
  na_status status = NA_NOMEM;
  if (related->worth && related->idf && related->rarity && related->top && related->decay) {
    for (size_t d = 0; d < days; d++) related->decay[d] = pow(1 + (double)d, -weights->decay);
    weigh_terms(related);
    find_tops(related);
    status = weigh_collocations(related);
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
