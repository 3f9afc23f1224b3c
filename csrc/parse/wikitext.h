/* csrc/parse/wikitext.h -- a day page of Wikipedia's Current Events portal, as a tree of stories and topics. */
#ifndef NA_PARSE_WIKITEXT_H
#define NA_PARSE_WIKITEXT_H

#include "parse/report.h"

/* Limits of one page. What passes one is reported as "wikitext-limit"; real pages stay far below all of them. */
#define NA_WIKITEXT_DEPTH_MAX    ((size_t)16)       /* markers of an item that count; real lists end at 5 */
#define NA_WIKITEXT_ITEMS_MAX    ((size_t)200000)   /* a year of days has some 10,000 */
#define NA_WIKITEXT_PROBLEMS_MAX ((size_t)1000)     /* then one that says that there are more */
#define NA_WIKITEXT_PATH_MAX     ((size_t)32)       /* names that a topic path adds to one story's context */
#define NA_WIKITEXT_BYTES_MAX    ((size_t)64 << 20) /* of a page */

/*
** How one template is shown. Patterns are plain text in which
**   {1} {name}   is an argument, positional or named; {lt|1} the first of several that is not empty,
**   [ ... ]      is left out where every argument within is empty.
** All patterns absent: nothing is shown.
*/
typedef struct na_wikitext_template {
  na_slice name;          /* lower case, blanks for underscores */
  na_slice text;          /* pattern of what is shown */
  na_slice link;          /* pattern of a page's title: what is shown is a link to it */
  na_slice interlanguage; /* pattern of the page in another edition, "it:Titolo": the link is missing here */
  na_slice like;          /* name of a built-in template that this one is another name for */
} na_wikitext_template;

/* What a heading is called when it is written in its usual form: "sport" is "Sports". */
typedef struct na_wikitext_category {
  na_slice heading; /* lower case (ASCII) */
  na_slice name;
} na_wikitext_category;

/* All zero is a valid set of options. */
typedef struct na_wikitext_options {
  na_slice title;    /* of the page: "Portal:Current events/2005 January 8" */
  na_slice date;     /* ISO 8601, where somebody else knows it */
  na_slice language; /* BCP 47; absent is "en" */
  na_slice variant;  /* of Chinese: "zh-tw"; absent is what the language says, else "zh-cn" */
  const na_wikitext_template *templates; /* sorted by name; they come before the built-in ones */
  size_t template_count;
  const na_wikitext_category *categories; /* sorted by heading */
  size_t category_count;
} na_wikitext_options;

typedef enum na_wikitext_wrapper {
  NA_WIKITEXT_BARE,     /* no template around the news */
  NA_WIKITEXT_CONTENT,  /* {{Current events|...|content= ... }} */
  NA_WIKITEXT_SANDWICH, /* {{Current events|...|top=yes}} ... {{Current events|...|bottom=yes}} */
  NA_WIKITEXT_HEADER,   /* {{Current events header|...}} ... {{Current events footer}} or |} */
} na_wikitext_wrapper;

typedef enum na_wikitext_role {
  NA_WIKITEXT_EVENT,     /* a story */
  NA_WIKITEXT_CONTAINER, /* a story that other items stand under */
  NA_WIKITEXT_STUB,      /* a story of links alone, without a source */
  NA_WIKITEXT_TOPIC,     /* no story: a heading of the items under it */
} na_wikitext_role;

#define NA_WIKITEXT_NONE SIZE_MAX

/* One item of the list: a story or a topic. */
typedef struct na_wikitext_item {
  na_wikitext_role role;
  size_t line, depth; /* from 1; a line without marker is of depth 1 */
  size_t parent;      /* index of the item that this one stands under, or NA_WIKITEXT_NONE */
  na_day day;         /* or NA_DAY_NONE */
  na_slice category;  /* as written, without markup; absent before the first heading */
  na_slice text, lead;
  na_records mentions; /* na_mention, in the order of the text */
  na_records sources;  /* na_source, in the order of the page */
  const char **styles; /* of each source: how it was written */
  bool has_children, links_only;
  size_t label_end; /* bytes of the text up to the end of its last link */
} na_wikitext_item;

typedef struct na_wikitext_media {
  size_t line;
  na_slice raw;
} na_wikitext_media;

/* Line and column as in na_problem; `raw` is the beginning of what was met. */
typedef struct na_wikitext_problem {
  size_t line, column;
  const char *code;
  na_slice raw;
} na_wikitext_problem;

/*
** What a page says. All zero is a valid empty page; its texts live in the arena that na_wikitext_parse was given.
** Every item of the page is counted once: seen = stories + topics + media + rejected.
*/
typedef struct na_wikitext_page {
  na_day day; /* of the wrapper, else of the title, else of the options; or NA_DAY_NONE */
  na_wikitext_wrapper wrapper;
  na_wikitext_item *items;
  size_t item_count, item_capacity;
  na_wikitext_media *media;
  size_t media_count, media_capacity;
  na_wikitext_problem *problems;
  size_t problem_count, problem_capacity;
  size_t seen, rejected;
} na_wikitext_page;

/*
** Reads a page. Any bytes are a page: what cannot be used is among its problems. Takes time linear in the text.
** Fails only for want of memory; the page holds what was read before and must be freed in any case.
*/
na_status na_wikitext_parse (na_arena *arena, na_slice text, const na_wikitext_options *options,
                             na_wikitext_page *page);

/* Gives back the lists of a page; its texts stay in the arena. */
void na_wikitext_page_free (na_wikitext_page *page);

/* "event", "container", "stub" or "topic"; "content", "sandwich", "header" or "bare". */
const char *na_wikitext_role_name (na_wikitext_role role);
const char *na_wikitext_wrapper_name (na_wikitext_wrapper wrapper);

/* What the code of a problem means, in words. */
const char *na_wikitext_explain (const char *code);

/* The usual form of a heading: what the options' categories say, else the heading itself. */
na_slice na_wikitext_category_of (const na_wikitext_options *options, na_slice heading);

/*
** Reads a page into a report: `options` gives path and date as to every reader, `wanted` the rest. A date in `options` and
** one in the wrapper that disagree are a problem; so are the wrapper's and that of wanted->title.
*/
na_status na_wikitext_read (na_report *report, na_slice text, const na_read_options *options,
                            const na_wikitext_options *wanted);

/* The same, with options->wikitext, or the built-in templates and headings as they are written. A na_reader. */
na_status na_read_wikitext (na_report *report, na_slice text, const na_read_options *options);

#endif
