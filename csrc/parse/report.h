/* csrc/parse/report.h -- what reading gave: stories, and the problems with their places. */
#ifndef NA_PARSE_REPORT_H
#define NA_PARSE_REPORT_H

#include "parse/story.h"

/* Something that a reader could not use. Lines and columns count from 1; 0 where they are not known. */
typedef struct na_problem {
  na_slice path;
  size_t line, column; /* columns count bytes */
  const char *code;    /* stable, lower case, words joined by '-': "yaml-syntax"; always a constant */
  na_slice message;
} na_problem;

/*
** Stories and problems in the order of the input. All zero is a valid empty report.
** Every item of the input is counted once: items = stories - events + headings + media + rejected.
** `events` are stories of event lists, which the counts of items leave out.
*/
typedef struct na_report {
  na_arena arena; /* owns every text below */
  na_story **stories;
  size_t story_count, story_capacity;
  na_problem *problems;
  size_t problem_count, problem_capacity;
  size_t files, items, headings, media, rejected, events;
} na_report;

void na_report_free (na_report *report);

/*
** Appends a cleared story and gives its address, which stays valid as long as the report; NULL where memory ran out.
** Its texts must be put into `report->arena`.
*/
na_story *na_report_story (na_report *report);

/* Takes the last story back: its memory stays in the arena. */
void na_report_drop (na_report *report);

/*
** Takes out the drafts, where `drafts` says so, and the stories after day `last` (NA_DAY_NONE: none is), as if they had
** not been read. Gives how many. The memory stays in the arena.
*/
size_t na_report_withhold (na_report *report, bool drafts, na_day last);

/* Notes a problem; the message is formatted as by printf and cut at 500 bytes. Fails only for want of memory. */
na_status na_report_problem (na_report *report, na_slice path, size_t line, size_t column, const char *code,
                             const char *format, ...) __attribute__((format(printf, 6, 7)));

/* What every reader is told beside the text. */
typedef struct na_read_options {
  na_slice path;     /* as it goes into origins and problems */
  na_slice language; /* BCP 47: of stories that do not say */
  na_slice date;     /* "2007-09-01": of stories that do not say; absent where nothing tells */
  size_t lines;      /* of the file before the text, where a reader of lines gets it in parts */
  const struct na_wikitext_options *wikitext; /* what readers of wikitext are told besides, or NULL */
} na_read_options;

/*
** A reader: appends the stories of `text` to the report, and its problems. What cannot be used is a problem, never
** a failure. Fails only for want of memory, and then the report holds what was read before.
*/
typedef na_status na_reader (na_report *report, na_slice text, const na_read_options *options);

/*
** For readers whose text must be UTF-8: notes where *text is not ("encoding"), and puts a copy with U+FFFD for what is
** no character in its place. Fails only for want of memory.
*/
na_status na_report_mended (na_report *report, const na_read_options *options, na_slice *text);

#endif
