/* csrc/parse/heading.h -- topics in plain text: lines that are headings, and leads in front of sentences. */
#ifndef NA_PARSE_HEADING_H
#define NA_PARSE_HEADING_H

#include "parse/story.h"

/*
** Is a line that names no source a topic heading ("Syrian civil war", "COVID-19 pandemic in Washington, D.C.") rather than a
** sentence ("John Updike dies.")? Headings are short, have no finite verb that we know of and no full stop but that of an
** abbreviation; lists of headings ("Tigray War, Eritrean–Ethiopian border conflict") may be longer.
*/
bool na_heading_is (na_slice line);

/*
** The topic in front of a sentence: "Hurricane Rita" of "Hurricane Rita: 24 people are feared dead." Absent where what stands
** before the colon is no topic: a time, a score, a clause ("Germany confirms its first case: a man in Bavaria"), a speaker
** ("He says: ..."). A part of `sentence`.
*/
na_slice na_heading_lead (na_slice sentence);

/*
** Does `sentence` speak of the heading's topic? It does where it has a name of the heading in it, whatever its ending: "Syria"
** for "Syrian civil war". Names that stand in too many headings ("United States", "War") do not count.
*/
bool na_heading_concerns (na_slice heading, na_slice sentence);

/*
** Adds the topics that a heading lists to `topics`: "Tigray War, Eritrean–Ethiopian border conflict" are two, "Beslan, North
** Ossetia" is one: each of several must have two words or more. Fails only for want of memory.
*/
na_status na_heading_add_topics (na_arena *arena, na_slice heading, na_strings *topics);

#endif
