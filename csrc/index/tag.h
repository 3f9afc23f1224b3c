/* csrc/index/tag.h -- known names in stories, and the entities that they stand for. */
#ifndef NA_INDEX_TAG_H
#define NA_INDEX_TAG_H

#include "base/map.h"
#include "index/looks.h"
#include "parse/report.h"
#include "text/names.h"

/* The texts of a story in which names are looked for. */
typedef enum na_tag_field {
  NA_TAG_TITLE = 1,
  NA_TAG_DESCRIPTION = 2,
  NA_TAG_BODY = 4,
  NA_TAG_LEAD = 8,
  NA_TAG_TOPICS = 16,
} na_tag_field;

/* An entity, and on what it depends. */
typedef struct na_tag_entity {
  na_slice name;         /* canonical */
  uint32_t conditions;   /* the first of its conditions, or NA_LOOKUP_NONE */
  bool needs, is_silent; /* has an "only with"; its names are found so that others are not, and add nothing */
} na_tag_entity;

/* A word that must or must not be in the story. */
typedef struct na_tag_condition {
  uint32_t word, next; /* name of `words`; the entity's next condition */
  bool unless;
} na_tag_condition;

/* All zero is valid and empty. */
typedef struct na_tagger {
  na_arena arena;
  na_names names;   /* their entities are numbers of `entities` */
  na_names words;   /* of conditions */
  na_map numbers;   /* canonical name -> number of the entity */
  na_map redirects; /* name in a story's context -> number of the entity that it should be */
  na_tag_entity *entities;
  size_t entity_count, entity_capacity;
  na_tag_condition *conditions;
  size_t condition_count, condition_capacity;
  bool by_looks; /* phrases of capitalised words are names, too, and short headings as a whole */
} na_tagger;

void na_tagger_free (na_tagger *tagger);

/* The number of the entity of this canonical name, which is made where it is new. Fails only for want of memory. */
na_status na_tagger_entity (na_tagger *tagger, na_slice name, uint32_t *number);

/*
** The entity is found only where one of its words that are not `unless` is in the story too, and none that is.
** NA_BAD where the word cannot be taken, as in na_names_add.
*/
na_status na_tagger_condition (na_tagger *tagger, uint32_t entity, na_slice word, bool unless,
                               na_name_fault *fault);

/* A name that stories have in their context is replaced by the entity's, or taken out where that one is silent. */
na_status na_tagger_redirect (na_tagger *tagger, na_slice from, uint32_t entity);

/* A name in a story that stands for an entity; found by its looks, it stands for itself: `entity` is NA_LOOKUP_NONE. */
typedef struct na_tag_finding {
  na_slice text; /* the title, the body, ... */
  na_tag_field field;
  size_t topic; /* of NA_TAG_TOPICS: which one */
  na_span span;
  uint32_t entity;
} na_tag_finding;

/* What is used anew for every story. All zero is valid and empty. */
typedef struct na_tag_work {
  na_spans spans;
  na_looks looks;
  na_tag_finding *findings;
  size_t count, capacity;
} na_tag_work;

void na_tag_work_free (na_tag_work *work);

/*
** Fills `work->findings` with what is found in the texts that `fields` names, in the order of na_tag_field, conditions
** heeded, the silent ones left out. Texts stay those of the story. Fails only for want of memory.
*/
na_status na_tag_find (const na_tagger *tagger, const na_story *story, unsigned fields, na_tag_work *work);

/*
** Whether an entity that was found in some other way may be in the story's context: it is not silent, and its conditions
** are met. Entities that the tagger does not know may. Fails only for want of memory.
*/
na_status na_tag_allows (const na_tagger *tagger, const na_story *story, na_slice name, na_tag_work *work,
                         bool *allows);

/* The canonical name of what was found. */
na_slice na_tag_name (const na_tagger *tagger, const na_tag_finding *finding);

/*
** Adds what is found to the story's context and follows redirects in what it had. `arena` is that of the story's report.
** *added counts the new names. Fails only for want of memory.
*/
na_status na_tag_story (const na_tagger *tagger, na_arena *arena, na_story *story, unsigned fields,
                        na_tag_work *work, size_t *added);

#endif
