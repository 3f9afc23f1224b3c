/* csrc/parse/pagetitle.h -- the day that the title of a portal's page names. */
#ifndef NA_PARSE_PAGETITLE_H
#define NA_PARSE_PAGETITLE_H

#include "base/date.h"
#include "base/slice.h"

/* MediaWiki stores at most 255; twice that for titles written with prefixes. */
#define NA_PAGE_TITLE_BYTES 512

/* A page of the Current Events portal that holds one day. */
typedef struct na_page_title {
  na_day day;
  const char *language; /* BCP 47, of the wiki that has a portal of this name; a constant */
} na_page_title;

/*
** Whether `title` is the title of a day's page of the portal, and which: "Portal:Current events/2007
** September 1", "Portal:新闻动态/2019年3月3日". Underscores, colons and slashes count as blanks, so that a file
** named after a page is understood too. Months, archives, talk and other subpages are no days.
*/
bool na_page_title_read (na_slice title, na_page_title *read);

/*
** The day that `text` wholly is, as people write days: "2007 September 1", "September 1, 2007", "1 Sept
** 2007", "2007-09-01", "2019年3月3日", "二〇一九年三月三日". Digits may be full-width or have leading zeros. NA_DAY_NONE
** where a part is missing or the order of the numbers could be read in two ways ("9/1/2007").
*/
na_day na_day_written (na_slice text);

#endif
