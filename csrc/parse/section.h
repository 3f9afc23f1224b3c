/* csrc/parse/section.h -- the sections of a day, whatever editors called them over the years. */
#ifndef NA_PARSE_SECTION_H
#define NA_PARSE_SECTION_H

#include "base/slice.h"

/*
** The section that a heading of a day names: "Armed conflicts and attacks" for "Attacks and armed conflicts",
** "Law and crime" for "Law & Crime,". A heading names a section where all of its words are words of sections; the first of
** them decides. *named says whether it is one at all: "Other" and "Uncategorized" are, and give the absent section;
** "Conflict in Iraq" is not: that is a topic.
*/
na_slice na_section_of (na_slice heading, bool *named);

#endif
