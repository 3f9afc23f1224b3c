/* csrc/relate/some.h -- the relations of just those stories whose lists a change of the archive can have touched. */
#ifndef NA_RELATE_SOME_H
#define NA_RELATE_SOME_H

#include "base/buffer.h"
#include "relate/many.h"

/*
** What was related. `imprint` is all that has to be kept until the next time: of every story its list, a hash of what it
** asks for, and a hash of what others see of it. All zero is valid and empty.
*/
typedef struct na_some {
  uint32_t *stories; /* those that were related, ascending */
  size_t count;
  na_scored *found; /* the list of the i-th of them: found[i * limit] and behind, counts[i] */
  uint32_t *counts;
  na_buffer imprint;
} na_some;

void na_some_free (na_some *some);

/*
** Relates those stories of the archive whose lists differ, or might, from those that `before` was made of; all of them
** where it is absent, damaged, or of another query. The lists of the others are as they were, to the last bit of their
** scores. Of the job, `stories`, `first` and `count` are not looked at. Costs about a sixth of relating all, and what is
** touched. Fails only for want of memory.
*/
na_status na_relate_some (const na_relate_job *job, na_slice before, na_some *some);

#endif
