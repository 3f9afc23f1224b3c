/*
** csrc/index/image.h -- the container of an archive: sections of bytes in one file, every block with a check.
**
** In the file, all numbers in the byte order of the machine that wrote it:
**   header    magic (8 bytes), u32 version, u32 byte order, u64 size of the file, u64 place of the table,
**             u32 number of sections, u32 0, u64 XXH3 of the table, u64 XXH3 of the 48 bytes before
**   sections  each at the next multiple of 64 bytes, with zeros between, in the order of the table
**   checks    at the next multiple of 64: of each section the XXH3 of every NA_IMAGE_BLOCK bytes or fewer
**   table     right behind, up to the end: of each section u32 number, u32 0, u64 place, u64 size,
**             u64 place of its checks, u64 XXH3 of its checks
** So every place follows from the sizes, and a file that says otherwise is refused: nothing overlaps.
*/
#ifndef NA_INDEX_IMAGE_H
#define NA_INDEX_IMAGE_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/file.h"
#include "index/sections.h"

#define NA_IMAGE_VERSION 2
#define NA_IMAGE_ALIGN   64
#define NA_IMAGE_BLOCK   65536 /* read from the disk as a whole; hashed in 3 us */

/*
** What is wrong with a file. `code` is one of "not-an-archive", "other-version", "foreign-archive" (the byte
** order of another machine), "truncated-archive", "damaged-archive".
*/
typedef struct na_image_fault {
  const char *code;
  char message[160]; /* English, without the path */
} na_image_fault;

/* ---- Reading ---- */

enum { NA_BLOCK_UNSEEN, NA_BLOCK_SOUND, NA_BLOCK_UNSOUND };

/* What was found out about blocks. Several threads may find the same out at once. */
typedef struct na_image_state {
  atomic_bool damaged;
  atomic_uchar blocks[]; /* NA_BLOCK_..., section after section */
} na_image_state;

typedef struct na_image_part {
  na_slice bytes; /* absent where the file has no such section */
  const char *checks;
  atomic_uchar *blocks; /* in the state; NULL where nothing is to be checked */
} na_image_part;

/* All zero is a valid image without sections. */
typedef struct na_image {
  na_slice bytes;
  na_image_state *state; /* NULL where the bytes are trusted */
  na_image_part parts[NA_SECTION_COUNT];
} na_image;

/*
** Opens `bytes`, which stay the caller's, begin at a multiple of 8 and outlive the image. Reads the header,
** the table and the checks, and of the sections nothing. Every section lies inside `bytes` then; what it
** holds is not to be believed before na_image_check.
** `trusted`: this process has just made the bytes, and no block is hashed until na_image_verify.
** NA_BAD fills *fault, NA_NOMEM does not; the image is empty then.
*/
na_status na_image_open (na_image *image, na_slice bytes, bool trusted, na_image_fault *fault);

/* Gives back what the image holds, not the bytes; the image is empty then. */
void na_image_close (na_image *image);

/* Whether the file has the section, which may be empty. Any number may be asked for. */
static inline bool na_image_has (const na_image *image, unsigned section) {
  return section < NA_SECTION_COUNT && image->parts[section].bytes.data;
}

/* The bytes of a section, unchecked, at a multiple of 64 of the file; empty, not absent, if there is none. */
static inline na_slice na_image_section (const na_image *image, unsigned section) {
  return na_image_has(image, section) ? image->parts[section].bytes : NA_LITERAL("");
}

/* Hashes one block of a section that has it, whatever is known of it, and remembers what came out. */
bool na_image_check_block (const na_image *image, unsigned section, size_t block);

/*
** Whether the bytes from `from` up to, not including, `to` of a section are as they were written. A block is
** hashed when it is first asked for. False for a range that is not in the section; no section counts as an
** empty one.
*/
static inline bool na_image_check (const na_image *image, unsigned section, size_t from, size_t to) {
  if (section >= NA_SECTION_COUNT) return false;
  const na_image_part *part = &image->parts[section];
  if (from > to || to > part->bytes.size) return false;
  if (from == to || !part->blocks) return true;
  for (size_t block = from / NA_IMAGE_BLOCK; block <= (to - 1) / NA_IMAGE_BLOCK; block++) {
    unsigned char seen = atomic_load_explicit(&part->blocks[block], memory_order_relaxed);
    if (seen == NA_BLOCK_UNSOUND) return false;
    if (seen == NA_BLOCK_UNSEEN && !na_image_check_block(image, section, block)) return false;
  }
  return true;
}

static inline bool na_image_check_all (const na_image *image, unsigned section) {
  return na_image_check(image, section, 0, na_image_section(image, section).size);
}

/* Whether anything was found unsound so far. */
static inline bool na_image_is_damaged (const na_image *image) {
  return image->state && atomic_load_explicit(&image->state->damaged, memory_order_relaxed);
}

/*
** Says that bytes which are as they were written make no sense, as in a file that was made to mislead. Nothing happens to
** trusted ones.
*/
static inline void na_image_spoil (const na_image *image) {
  if (image->state) atomic_store_explicit(&image->state->damaged, true, memory_order_relaxed);
}

/*
** Reads everything, also what is trusted or was seen: every block of every section, and the zeros between.
** NA_BAD fills *fault.
*/
na_status na_image_verify (const na_image *image, na_image_fault *fault);

/* ---- Writing ---- */

/* Of one section, as the table has it. */
typedef struct na_image_entry {
  uint32_t section, reserved;
  uint64_t offset, size;
  uint64_t checks; /* where they are */
  uint64_t check;  /* of the checks */
} na_image_entry;

/* The same sections in the same order give the same bytes. All zero is a writer that was never begun. */
typedef struct na_image_writer {
  na_buffer *memory; /* where it goes: one of the two */
  na_file_writer *file;
  uint64_t size;    /* bytes given away so far */
  char *block;      /* the last block of the section, */
  size_t held;      /* and how much of it there is */
  na_buffer checks; /* of all sections so far */
  unsigned count;   /* of sections that are done */
  na_image_entry entries[NA_SECTION_COUNT];
} na_image_writer;

/*
** Begin an image, into an empty buffer or a file that was just begun; both stay the caller's, who commits or
** abandons the file. NA_NOMEM; NA_IO with errno: ESPIPE for a pipe or a terminal, for the header comes last.
*/
na_status na_image_begin_memory (na_image_writer *writer, na_buffer *out);
na_status na_image_begin_file (na_image_writer *writer, na_file_writer *out);

/* Begins a section, after the end of the one before. NA_BAD for a number too high or used before. */
na_status na_image_section_begin (na_image_writer *writer, unsigned section);

/* Appends to the section. NA_NOMEM, NA_IO. */
na_status na_image_append (na_image_writer *writer, na_slice bytes);
na_status na_image_section_end (na_image_writer *writer);

/* Writes checks, table and header. NA_NOMEM, NA_IO. The writer is done with in any case. */
na_status na_image_finish (na_image_writer *writer);

/* Gives back what the writer holds. Leaves errno alone; fine twice, and after na_image_finish. */
void na_image_abandon (na_image_writer *writer);

#endif
