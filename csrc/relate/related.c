#include "relate/related.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "index/repeats.h"

#define DAYS_MAX 100000 /* between stories: farther ones are as far as that, which is 270 years */

void na_related_free (na_related *related) {
  na_free(related->weighed);
  na_free(related->usual);
  na_free(related->originals);
  na_free(related->decay);
  *related = (na_related){ 0 };
}

/* ---- what terms are worth ---- */

#define USUAL_STORIES 1024 /* most terms have fewer: their rarity is looked up */

/* Inverse document frequency, as in BM25: never negative. */
static double idf_of (double stories, double total) {
  return log(1 + (total - stories + 0.5) / (stories + 0.5));
}

static na_rarity rarity_of (const na_related *related, size_t stories) {
  double total = na_coarse((double)related->terms->settled);
  double coarse = stories ? na_coarse((double)stories) : 1;
  double idf = idf_of(coarse < total ? coarse : total, total);
  return (na_rarity){ coarse, idf, pow(idf / idf_of(1, total), related->weights.sharpness),
                      log(1 + total / (coarse + 0.5)) };
}

static na_rarity look_up (const na_related *related, size_t stories) {
  return stories < USUAL_STORIES ? related->usual[stories] : rarity_of(related, stories);
}

/* How much a word counts by what it is. */
static double kind_of_word (const na_related *related, uint32_t word, unsigned capital) {
  double plain = related->weights.word, share = (double)capital / NA_CAPITAL_STEPS;
  double kind = plain + (1 - plain) * share;
  na_slice form = na_terms_form(related->terms, word);
  return form.size && na_is_digit(form.data[0]) ? kind * related->weights.number : kind;
}

/* What a word is worth that comes with a neighbour: less by the share of its stories that have the whole name. */
static double alone_of (const na_related *related, size_t together, double stories) {
  if (!together) return 1;
  return 1 - related->weights.collocation * fmin(1, look_up(related, together).stories / stories);
}

static na_weighed weigh_word (const na_related *related, uint32_t word) {
  na_term_row row = na_terms_row(related->terms, word);
  na_rarity rare = look_up(related, row.settled);
  double worth = kind_of_word(related, word, na_terms_capital_of(&row)) * rare.idf * rare.sharp;
  worth = (float)worth * (float)alone_of(related, row.together, rare.stories);
  return (na_weighed){ (float)worth, (float)rare.idf, (float)rare.plain };
}

na_weighed na_related_weigh (const na_related *related, uint32_t term) {
  na_weighed *weighed = &related->weighed[term];
  if (weighed->rarity != 0) return *weighed;
  na_term_kind kind = na_terms_kind(related->terms, term);
  if (kind == NA_TERM_WORD) return *weighed = weigh_word(related, term);
  na_rarity rare = look_up(related, na_terms_settled(related->terms, term));
  double worth = kind == NA_TERM_ENTITY ? related->weights.entity : related->weights.name;
  return *weighed = (na_weighed){ (float)(worth * rare.idf), (float)rare.idf, (float)rare.plain };
}

/* ---- the whole ---- */

static void look_ahead (na_related *related) {
  for (size_t i = 0; i <= UINT8_MAX; i++)
    related->stress[i] = pow((double)i / NA_IMPACT_ONE, related->weights.emphasis);
  for (size_t i = 0; i < NA_RELATED_COARSE; i++) related->coarse[i] = na_coarse((double)i);
}

na_status na_related_build (na_related *related, const na_archive *archive, na_terms *terms,
                            const na_weights *weights) {
  na_related_free(related);
  size_t days =
      archive->count ? (size_t)((int64_t)archive->days[archive->count - 1] - archive->days[0]) + 1 : 1;
  if (days > DAYS_MAX) days = DAYS_MAX;
  *related = (na_related){ .archive = archive, .terms = terms, .weights = *weights, .decay_count = days };
  related->weighed = na_malloc(terms->count * sizeof *related->weighed);
  related->usual = na_malloc(USUAL_STORIES * sizeof *related->usual);
  related->decay = na_malloc(days * sizeof *related->decay);
  if (!related->weighed || !related->usual || !related->decay) {
    na_related_free(related);
    return NA_NOMEM;
  }
  memset(related->weighed, 0, terms->count * sizeof *related->weighed);
  for (size_t i = 0; i < USUAL_STORIES; i++) related->usual[i] = rarity_of(related, i);
  for (size_t d = 0; d < days; d++) related->decay[d] = pow(1 + (double)d, -weights->decay);
  look_ahead(related);
  return NA_OK;
}

na_status na_related_unpack (const na_related *related) {
  for (uint32_t t = 0; t < related->terms->count; t++) na_related_weigh(related, t);
  return na_terms_unpack(related->terms);
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
