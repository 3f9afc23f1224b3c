/* csrc/index/sections.h -- the parts of an archive file, by number. */
#ifndef NA_INDEX_SECTIONS_H
#define NA_INDEX_SECTIONS_H

typedef enum na_section {
  NA_SECTION_META = 0,
  NA_SECTION_COUNT = 64 /* the most that a file may have */
} na_section;

#endif
