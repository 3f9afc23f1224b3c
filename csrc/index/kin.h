/* csrc/index/kin.h -- names that are one name in another form: "Israeli" and "Israel". */
#ifndef NA_INDEX_KIN_H
#define NA_INDEX_KIN_H

#include "base/map.h"
#include "index/uses.h"

/* A word as it is written, before stemming. Only uses inside sentences count: there a capital says something. */
typedef struct na_form {
  na_slice text, shown;       /* folded; as it stands in a story, in the case that it mostly has */
  uint32_t term, uses, upper; /* `upper` of the uses had a capital */
} na_form;

/*
** Finds the words that are, by their ending, "of" another word of the archive ("iranian", "iran"), where both are names and
** turn up together in the first `stories` of `uses`. `words` maps texts to places in `forms`.
** Puts into kin[t] the term that stands for term t: itself, or the one that it is a form of. Linear in words and uses.
** NA_NOMEM; NA_IO with errno.
*/
na_status na_kin_find (uint32_t *kin, size_t term_count, const na_form *forms, size_t count,
                       const na_map *words, na_uses *uses, size_t stories);

#endif
