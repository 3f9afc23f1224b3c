/* csrc/index/scout.h -- finds names in titles by what was learnt from stories that have their context. */
#ifndef NA_INDEX_SCOUT_H
#define NA_INDEX_SCOUT_H

#include "base/map.h"
#include "parse/report.h"
#include "text/crf.h"
#include "text/names.h"

#define NA_SCOUT_TEXT_BYTES ((size_t)64 << 10) /* of a title; what is longer is not looked at */
#define NA_SCOUT_NAME_CHARS 20                 /* names whose spelling is compared character by character */

/* A name that stories had in their context. Days are counted, not stories: what is repeated on one day says it once. */
typedef struct na_scout_name {
  na_slice name;   /* as it was spelled most often */
  na_slice folded; /* with characters replaced by their other form, see below */
  uint32_t days;   /* with a story that has it in its context */
  uint32_t seen;   /* with a story whose title has it, in no longer name */
  uint32_t linked; /* of the latter: with such a story that has it in its context, too */
  na_day first;    /* the first of `days` */
} na_scout_name;

/*
** What was learnt. All zero is valid and finds nothing.
** `forms` maps characters that names are spelled with interchangeably to one of them (simplified and traditional ones, say):
** learnt from names in the context that the title has with some characters exchanged.
*/
typedef struct na_scout {
  na_arena arena;
  na_fold_table fold;
  uint16_t *forms; /* of the 65,536 characters of the basic plane; NULL where each is its own */
  na_names names;  /* folded; entities are numbers of `items` */
  na_map numbers;  /* folded name -> number */
  na_scout_name *items;
  size_t count, capacity;
  na_crf crf;
} na_scout;

void na_scout_free (na_scout *scout);

/*
** Whether somebody gave the story its context: there is something in it beyond its topics and its lead, which readers put
** there by themselves.
*/
bool na_scout_is_linked (const na_story *story);

/* Teaches an empty scout by those stories of the report whose context somebody gave, and by nothing else. */
na_status na_scout_learn (na_scout *scout, const na_report *report);

/* A name found in a title. */
typedef struct na_scout_finding {
  na_slice name;      /* as the scout knows it, or as the title has it */
  size_t first, end;  /* bytes of the title */
  double probability; /* 0 to 1 */
  bool known;         /* there was a story with it */
} na_scout_finding;

/* All zero is valid and empty. */
typedef struct na_scout_work {
  na_scout_finding *findings;
  size_t count, capacity;
  na_buffer text; /* the title, folded */
  struct na_scout_pieces *pieces;
} na_scout_work;

void na_scout_work_free (na_scout_work *work);

/*
** Fills `work->findings` with the names in `title` of at least `least` probability, the likeliest first. A scout of few stories
** has learnt nothing about looks and finds the names that it knows, each as likely as it was linked where it stood.
*/
na_status na_scout_find (const na_scout *scout, na_slice title, double least, na_scout_work *work);

/* Appends what was learnt as lines of tab-separated values, which na_scout_read understands. */
na_status na_scout_write (const na_scout *scout, na_buffer *out);

/*
** Reads such lines into an empty scout; lines of other kinds are left alone. NA_BAD where one cannot be read: *line says
** which, from 1.
*/
na_status na_scout_read (na_scout *scout, na_slice text, size_t *line);

#endif
