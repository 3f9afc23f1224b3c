/* csrc/index/particles.h -- small words and endings that are part of English names, or show that a name is over. */
#ifndef NA_INDEX_PARTICLES_H
#define NA_INDEX_PARTICLES_H

#include "base/slice.h"

/* A small word that stands inside names: "of" in "Bank of Mali". */
bool na_is_link (na_slice word);

/* One that begins a name with a hyphen behind it: "al" in "al-Qaeda". */
bool na_is_article (na_slice word);

/* One that ends a name behind a hyphen: "moon" in "Ban Ki-moon", but not "based" in "New York-based". */
bool na_is_tail (na_slice word);

/* What follows an apostrophe and is no part of a name: "s" in "Egypt's". */
bool na_is_ending (na_slice word);

/* Many of whom something is: "All People's Congress". */
bool na_is_owner (na_slice word);

/* A word that begins a sentence, and goes on with no name behind an initial: "The" in "Malcolm X. The ...". */
bool na_is_opener (na_slice word);

/* A word that a dot cuts short and that is part of what follows: "St" in "St. Louis". */
bool na_is_saint (na_slice word);

/* One at the end of a name, which keeps its dot: "Inc" in "Alphabet Inc." */
bool na_is_cut (na_slice word);

/* A body that is called by what it is for: "Institute" in "Institute for Space Research". */
bool na_is_body (na_slice word);

#endif
