/* csrc/index/brackets.h -- abbreviations that a text explains: "International Atomic Energy Agency (IAEA)". */
#ifndef NA_INDEX_BRACKETS_H
#define NA_INDEX_BRACKETS_H

#include "index/phrases.h"

/*
** Counts the abbreviations in brackets of `text` (any bytes) whose letters are those with which the words before them begin,
** as na_phrases_count_link does: the abbreviation, a tab, and what it is short for. Takes time in proportion to the text.
** Fails only for want of memory.
*/
na_status na_brackets_count (na_phrases *phrases, na_slice text, na_day day);

#endif
