/* csrc/index/sections.h -- what an archive file is made of; ARCHITECTURE.md has it byte by byte. */
#ifndef NA_INDEX_SECTIONS_H
#define NA_INDEX_SECTIONS_H

/*
** Numbers are 32 bits wide (a column), rows are byte strings side by side (rows.h). Texts of rows are in order of code
** points and none is there twice, so that their numbers are in that order, too. Numbers of sections stay as they are.
*/
typedef enum na_section {
  NA_SECTION_META,     /* rows, in the order of na_meta_row */
  NA_SECTION_DAYS,     /* column: the day of each story, ascending */
  NA_SECTION_RECORDS,  /* rows: the stories (record.h) */
  NA_SECTION_IDS,      /* column: the stories in order of their ids */
  NA_SECTION_ENTITIES, /* rows: texts that many stories repeat, one section for each pool */
  NA_SECTION_SOURCES,
  NA_SECTION_TOPICS,
  NA_SECTION_CATEGORIES,
  NA_SECTION_TEXTS,
  NA_SECTION_MENTIONS, /* rows: the stories of each entity, a list (lists.h) */

  NA_SECTION_FORMS,      /* rows: the words as they are written, folded, in order of code points */
  NA_SECTION_FORM_TERMS, /* column: the term of each form */
  NA_SECTION_STEMS,      /* column: the first form of each stem, in order of the stems */
  NA_SECTION_WORDS,      /* column: the most used form of each word */
  NA_SECTION_NAMES,      /* column: both forms of each name, in order */
  NA_SECTION_LENGTHS,    /* column: units of words in each story */
  NA_SECTION_TERMS,      /* rows: how each word and name is shown, and the stories that have it (terms.h) */

  NA_SECTION_SOURCE_STORIES, /* rows: the stories of each source, a list */
  NA_SECTION_TOPIC_STORIES,
  NA_SECTION_CATEGORY_STORIES,
  NA_SECTION_ENTITY_KEYS, /* column: the entities in order of their keys (facet.h) */
  NA_SECTION_SOURCE_KEYS,
  NA_SECTION_TOPIC_KEYS,
  NA_SECTION_CATEGORY_KEYS,

  NA_SECTION_REPEATS, /* column: each story that repeats another, ascending, and behind it the earliest that it repeats */

  /* where they were asked for (relate/stored.h) */
  NA_SECTION_RELATIONS, /* rows: of each story the best related ones */
  NA_SECTION_THREADS,   /* column: the thread of each story */

  NA_SECTION_COUNT,
} na_section;

typedef enum na_meta_row {
  NA_META_LANGUAGE, /* BCP 47: of the words */
  NA_META_LENGTH,   /* the average length of a story in units, a double */
  NA_META_COUNT,
} na_meta_row;

#endif
