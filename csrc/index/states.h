/* csrc/index/states.h -- the states that English writes behind the names of their towns: "Memphis, Tennessee". */
#ifndef NA_INDEX_STATES_H
#define NA_INDEX_STATES_H

#include "base/slice.h"

/* Whether the name is that of a state of the USA, Canada or Australia. */
bool na_is_state (na_slice name);

/* The state that stands behind a comma and a blank at byte `at` of a text; empty where there is none: "Austin, Kansas City". */
na_slice na_state_behind (na_slice text, size_t at);

#endif
