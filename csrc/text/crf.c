#include "text/crf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define TAGS        NA_CRF_TAGS
#define START       NA_CRF_TAGS
#define RATE        0.05f /* of learning, of AdaGrad: higher ones learn the texts by heart */
#define LEAST_WORTH 1e-3  /* spans less likely are not even compared */

/* Which tag may follow which, and which may be the last. */
static const bool follows[TAGS + 1][TAGS] = {
  { 1, 1, 0, 0, 1 }, { 0, 0, 1, 1, 0 }, { 0, 0, 1, 1, 0 },
  { 1, 1, 0, 0, 1 }, { 1, 1, 0, 0, 1 }, { 1, 1, 0, 0, 1 },
};
static const bool may_be_last[TAGS] = { 1, 0, 0, 1, 1 };

void na_crf_free (na_crf *crf) {
  na_lookup_free(&crf->features);
  na_free(crf->weights);
  *crf = (na_crf){ 0 };
}

void na_crf_spans_free (na_crf_spans *spans) {
  na_free(spans->items);
  *spans = (na_crf_spans){ 0 };
}

na_status na_crf_feature (na_crf *crf, uint64_t key, uint32_t *number) {
  void *weights = crf->weights;
  if (!na_grow(&weights, &crf->capacity, crf->count, sizeof *crf->weights)) return NA_NOMEM;
  crf->weights = weights;
  uint32_t *stored;
  NA_TRY(na_lookup_put(&crf->features, key, &stored));
  if (*stored == NA_LOOKUP_NONE) {
    memset(crf->weights[crf->count], 0, sizeof *crf->weights);
    *stored = (uint32_t)crf->count++;
  }
  *number = *stored;
  return NA_OK;
}

/* ---- forward and backward over one text ---- */

/* One piece: what each tag is worth by itself, and summed over all ways to it and from it, the latter two scaled. */
typedef struct node {
  double own[TAGS], to[TAGS], from[TAGS], scale;
} node;

typedef struct crf_lattice {
  node *nodes;
  size_t capacity;
  double moves[TAGS + 1][TAGS]; /* as factors */
} crf_lattice;

static na_status fit (crf_lattice *lattice, size_t count) {
  if (count <= lattice->capacity) return NA_OK;
  node *nodes = count < SIZE_MAX / sizeof *nodes ? na_realloc(lattice->nodes, count * sizeof *nodes) : NULL;
  if (!nodes) return NA_NOMEM;
  lattice->nodes = nodes;
  lattice->capacity = count;
  return NA_OK;
}

static void weigh (const na_crf *crf, const na_crf_text *text, crf_lattice *lattice) {
  for (size_t a = 0; a <= TAGS; a++)
    for (size_t b = 0; b < TAGS; b++)
      lattice->moves[a][b] = follows[a][b] ? exp((double)crf->moves[a][b]) : 0;
  for (size_t i = 0; i < text->count; i++) {
    float sums[TAGS] = { 0 };
    for (size_t k = 0; k < NA_CRF_WIDTH; k++) {
      uint32_t feature = text->features[i * NA_CRF_WIDTH + k];
      if (feature == NA_LOOKUP_NONE) continue;
      for (size_t tag = 0; tag < TAGS; tag++) sums[tag] += crf->weights[feature][tag];
    }
    float most = sums[0];
    for (size_t tag = 1; tag < TAGS; tag++) most = sums[tag] > most ? sums[tag] : most;
    for (size_t tag = 0; tag < TAGS; tag++)
      lattice->nodes[i].own[tag] = exp((double)(sums[tag] - most)) + 1e-30;
  }
}

static void sum_forward (crf_lattice *lattice, size_t count) {
  for (size_t i = 0; i < count; i++) {
    node *here = &lattice->nodes[i];
    here->scale = 0;
    for (size_t tag = 0; tag < TAGS; tag++) {
      double sum = 0;
      if (i == 0)
        sum = lattice->moves[START][tag];
      else
        for (size_t before = 0; before < TAGS; before++)
          sum += here[-1].to[before] * lattice->moves[before][tag];
      here->to[tag] = i + 1 == count && !may_be_last[tag] ? 0 : sum * here->own[tag];
      here->scale += here->to[tag];
    }
    for (size_t tag = 0; tag < TAGS; tag++) here->to[tag] /= here->scale;
  }
}

/* With the scales of the way forward, so that to[tag] * from[tag] is the probability of the tag. */
static void sum_backward (crf_lattice *lattice, size_t count) {
  for (size_t i = count; i-- > 0;) {
    node *here = &lattice->nodes[i];
    for (size_t tag = 0; tag < TAGS; tag++) {
      double sum = 0;
      if (i + 1 == count)
        sum = may_be_last[tag];
      else
        for (size_t after = 0; after < TAGS; after++)
          sum += lattice->moves[tag][after] * here[1].own[after] * here[1].from[after] / here[1].scale;
      here->from[tag] = sum;
    }
  }
}

/* ---- learning: AdaGrad on the likelihood, text by text ---- */

typedef struct crf_trainer {
  na_crf *crf;
  crf_lattice lattice;
  float (*squares)[TAGS]; /* summed squares of what each weight was moved by */
  float move_squares[TAGS + 1][TAGS];
} crf_trainer;

static inline void climb (float *weight, float *square, double slope) {
  float step = (float)slope;
  *square += step * step;
  *weight += RATE * step / sqrtf(1 + *square);
}

static void learn_piece (crf_trainer *trainer, const na_crf_text *text, size_t i) {
  const node *here = &trainer->lattice.nodes[i];
  double slope[TAGS];
  for (size_t tag = 0; tag < TAGS; tag++)
    slope[tag] = (text->tags[i] == tag) - here->to[tag] * here->from[tag];
  for (size_t k = 0; k < NA_CRF_WIDTH; k++) {
    uint32_t feature = text->features[i * NA_CRF_WIDTH + k];
    if (feature == NA_LOOKUP_NONE) continue;
    for (size_t tag = 0; tag < TAGS; tag++)
      climb(&trainer->crf->weights[feature][tag], &trainer->squares[feature][tag], slope[tag]);
  }
}

static void learn_move (crf_trainer *trainer, const na_crf_text *text, size_t i) {
  const crf_lattice *lattice = &trainer->lattice;
  const node *here = &lattice->nodes[i];
  for (size_t before = i ? 0 : START; before < (i ? (size_t)TAGS : (size_t)START + 1); before++)
    for (size_t tag = 0; tag < TAGS; tag++) {
      if (!follows[before][tag]) continue;
      double to = i ? here[-1].to[before] : 1;
      double likely = to * lattice->moves[before][tag] * here->own[tag] * here->from[tag] / here->scale;
      bool is_so = text->tags[i] == tag && (i == 0 || text->tags[i - 1] == before);
      climb(&trainer->crf->moves[before][tag], &trainer->move_squares[before][tag], is_so - likely);
    }
}

static na_status learn_text (crf_trainer *trainer, const na_crf_text *text) {
  if (text->count == 0) return NA_OK;
  NA_TRY(fit(&trainer->lattice, text->count));
  weigh(trainer->crf, text, &trainer->lattice);
  sum_forward(&trainer->lattice, text->count);
  sum_backward(&trainer->lattice, text->count);
  for (size_t i = 0; i < text->count; i++) {
    learn_piece(trainer, text, i);
    learn_move(trainer, text, i);
  }
  return NA_OK;
}

/* Another order for every round, always the same ones. */
static void shuffle (uint32_t *order, size_t count, uint64_t *state) {
  for (size_t i = count; i > 1; i--) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    size_t k = (size_t)((*state >> 33) % i);
    uint32_t kept = order[i - 1];
    order[i - 1] = order[k];
    order[k] = kept;
  }
}

static na_status learn_rounds (crf_trainer *trainer, const na_crf_text *texts, uint32_t *order, size_t count,
                               unsigned rounds) {
  uint64_t state = 1;
  for (size_t i = 0; i < count; i++) order[i] = (uint32_t)i;
  for (unsigned round = 0; round < rounds; round++) {
    shuffle(order, count, &state);
    for (size_t i = 0; i < count; i++) NA_TRY(learn_text(trainer, &texts[order[i]]));
  }
  return NA_OK;
}

na_status na_crf_learn (na_crf *crf, const na_crf_text *texts, size_t count, unsigned rounds) {
  crf_trainer trainer = { .crf = crf };
  na_status status = NA_NOMEM;
  uint32_t *order = na_malloc(count * sizeof *order);
  trainer.squares = na_malloc(crf->count * sizeof *trainer.squares);
  if (order && trainer.squares) {
    memset(trainer.squares, 0, crf->count * sizeof *trainer.squares);
    status = learn_rounds(&trainer, texts, order, count, rounds);
  }
  na_free(order);
  na_free(trainer.squares);
  na_free(trainer.lattice.nodes);
  return status;
}

/* ---- finding ---- */

static na_status note (na_crf_spans *spans, size_t first, size_t last, double probability) {
  if (probability < LEAST_WORTH) return NA_OK;
  void *items = spans->items;
  if (!na_grow(&items, &spans->capacity, spans->count, sizeof *spans->items)) return NA_NOMEM;
  spans->items = items;
  spans->items[spans->count++] = (na_crf_span){ (uint32_t)first, (uint32_t)last, probability };
  return NA_OK;
}

/* Every span that begins with piece `first`: the sum over all ways through the text that go by it. */
static na_status spans_from (const crf_lattice *lattice, size_t count, size_t first, double least,
                             na_crf_spans *spans) {
  const node *nodes = lattice->nodes;
  double single = nodes[first].to[NA_CRF_SINGLE] * nodes[first].from[NA_CRF_SINGLE];
  if (single >= least) NA_TRY(note(spans, first, first, single));
  double way = nodes[first].to[NA_CRF_BEGIN];
  size_t before = NA_CRF_BEGIN;
  for (size_t i = first + 1; i < count && i < first + NA_CRF_REACH && way >= LEAST_WORTH; i++) {
    double end = way * lattice->moves[before][NA_CRF_END] * nodes[i].own[NA_CRF_END] / nodes[i].scale;
    double probability = end * nodes[i].from[NA_CRF_END];
    if (probability >= least) NA_TRY(note(spans, first, i, probability));
    way *= lattice->moves[before][NA_CRF_INSIDE] * nodes[i].own[NA_CRF_INSIDE] / nodes[i].scale;
    before = NA_CRF_INSIDE;
  }
  return NA_OK;
}

static int by_probability (const void *a, const void *b) {
  const na_crf_span *x = a, *y = b;
  if (x->probability != y->probability) return x->probability > y->probability ? -1 : 1;
  return x->first != y->first ? (x->first < y->first ? -1 : 1) : (x->last > y->last) - (x->last < y->last);
}

/* Keeps the likelier of two that overlap; `taken` has a mark for every piece. */
static void keep_apart (na_crf_spans *spans, uint8_t *taken) {
  size_t kept = 0;
  for (size_t i = 0; i < spans->count; i++) {
    const na_crf_span span = spans->items[i];
    size_t size = span.last - span.first + 1;
    if (memchr(taken + span.first, 1, size)) continue;
    memset(taken + span.first, 1, size);
    spans->items[kept++] = span;
  }
  spans->count = kept;
}

static na_status find (const na_crf *crf, const na_crf_text *text, double least, crf_lattice *lattice,
                       na_crf_spans *spans) {
  NA_TRY(fit(lattice, text->count));
  weigh(crf, text, lattice);
  sum_forward(lattice, text->count);
  sum_backward(lattice, text->count);
  for (size_t i = 0; i < text->count; i++) NA_TRY(spans_from(lattice, text->count, i, least, spans));
  if (spans->count == 0) return NA_OK;
  qsort(spans->items, spans->count, sizeof *spans->items, by_probability);
  uint8_t *taken = na_malloc(text->count);
  if (!taken) return NA_NOMEM;
  memset(taken, 0, text->count);
  keep_apart(spans, taken);
  na_free(taken);
  return NA_OK;
}

na_status na_crf_find (const na_crf *crf, const na_crf_text *text, double least, na_crf_spans *spans) {
  crf_lattice lattice = { 0 };
  spans->count = 0;
  na_status status = text->count ? find(crf, text, least, &lattice, spans) : NA_OK;
  na_free(lattice.nodes);
  return status;
}
