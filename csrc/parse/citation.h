/* csrc/parse/citation.h -- the publications named behind a plain sentence: "... (BBC) (AP via CNN)". */
#ifndef NA_PARSE_CITATION_H
#define NA_PARSE_CITATION_H

#include "parse/story.h"

#define NA_CITATION_BYTES_MAX   120 /* of one name in parentheses; longer ones are remarks */
#define NA_CITATION_SOURCES_MAX 32  /* behind one sentence */

/*
** Fills name, publisher, via and language of `source` from a label: "AP via CNN" has the publisher AP and the via CNN, and is
** the name as a whole; "Le Monde (in French)" is Le Monde in "fr". Parentheses around the whole label are taken off. Texts
** are copied into `arena`. Fails only for want of memory.
*/
na_status na_citation_label (na_arena *arena, na_slice label, na_source *source);

/*
** Parts `text` into its sentence and the sources named behind it, which are appended to `sources` in the order of the text.
** *sentence is a part of `text`, or lies in `arena` where the full stop stood behind the sources.
** A source is a name in parentheses: behind the end of a sentence any name that begins like one; behind a sentence without its
** full stop only what looks like a publication, so that "War in Iraq (2013–2017)" and "the Free Syrian Army (FSA)." keep
** theirs. "(in French)" gives the language of the name before it, "(Link dead as of ...)" marks it as dead. A bare URL at the
** end is a source without a name. Fails only for want of memory.
*/
na_status na_citation_split (na_arena *arena, na_slice text, na_slice *sentence, na_records *sources);

#endif
