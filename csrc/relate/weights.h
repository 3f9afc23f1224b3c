/* csrc/relate/weights.h -- what counts how much when stories are related by relevance. */
#ifndef NA_RELATE_WEIGHTS_H
#define NA_RELATE_WEIGHTS_H

#include <stddef.h>

/*
** Chosen on a judged set of English headlines of 24 years, all of its queries seen: all are near a flat
** optimum, where a change of a quarter costs less than a hundredth. A site can set them by these names.
*/
typedef struct na_weights {
  double word;      /* of a word that never has a capital, beside a name */
  double name;      /* of a pair of words with capitals, beside its words, which count themselves */
  double entity;    /* of an entity of the context: somebody said that the story is about it */
  double number;    /* of a word that begins with a digit: "1,000" tells little */
  double sharpness; /* how much more than by its logarithm a rare word counts: power of idf / highest idf */
  double emphasis;  /* how much it matters that the story itself stresses the word: power of its impact */
  double
      collocation; /* what a word loses that mostly comes with the same neighbour: "Boko Haram" is one thing said once */
  double local;  /* power of local idf / idf: what everybody writes about this month says less now */
  double window; /* days before a story that are "now"; none behind, so that its weights stay */
  double decay;  /* power of the days in between: stories have a burst and a long tail */
} na_weights;

#define NA_WEIGHTS_DEFAULT                                                                       \
  {                                                                                              \
    .word = 0.33, .name = 0.05, .entity = 1.0, .number = 0.6, .sharpness = 1.0, .emphasis = 0.7, \
    .collocation = 0.6, .local = 2.0, .window = 180, .decay = 0.28,                              \
  }

/* A weight by its name, for whoever sets them; with the range that it must be in. The list ends with a NULL name. */
typedef struct na_weight_field {
  const char *name;
  size_t offset;
  double least, most;
} na_weight_field;

extern const na_weight_field na_weight_fields[];

#endif
