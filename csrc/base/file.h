/* csrc/base/file.h -- files of the operating system: read whole by mapping, replaced whole or not at all. */
#ifndef NA_BASE_FILE_H
#define NA_BASE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

/*
** The bytes of a regular file, read only, shared with every process that maps it; an empty file is an empty
** slice. NA_IO with errno otherwise: EISDIR for a folder, EINVAL for a device or a pipe, which is not
** waited for. Whoever replaces the file by na_file_commit leaves the mapping as it is; whoever shortens it
** in place kills its readers.
*/
na_status na_file_map (const char *path, na_slice *bytes);

/* Gives back what na_file_map gave. An absent or empty slice is fine. */
void na_file_unmap (na_slice bytes);

/*
** Says that mapped bytes are not needed for now: they count no longer as memory of this process, and come from the file again
** where they are read. An absent or empty slice is fine.
*/
void na_file_rest (na_slice bytes);

/*
** Opens a file without a name in the folder that TMPDIR says, else in the system's folder of temporary files: it is gone when
** it is closed, also by a kill. -1 with errno.
*/
int na_file_temporary (void);

/* Writes bytes from byte `offset` of an open file on. NA_IO with errno. */
na_status na_file_put (int file, uint64_t offset, na_slice bytes);

/* Maps an open file as na_file_map does; it may be closed then. NA_IO with errno. */
na_status na_file_map_open (int file, na_slice *bytes);

/*
** Writes a file beside the one it is to be. All zero is a writer that was never begun.
** The first failure stays: every later call gives it again, with its errno, and nothing is committed.
*/
typedef struct na_file_writer {
  char *path;   /* where the file goes, free of symbolic links in its last name */
  char *beside; /* where it is written; NULL where `path` is written to itself */
  char *buffer;
  size_t held; /* bytes in `buffer` */
  int file;
  int fault;                 /* errno of the first failure, or 0 */
  bool is_open, can_rewrite; /* can_rewrite: no pipe, no terminal */
} na_file_writer;

/*
** Begins a file that goes to `path`: beside it, in a file of its own named `path`.unfinished, which is locked
** (or .unfinished2, .unfinished3 ... where another process writes one; what a killed one left is removed). A
** symbolic link stays, what it leads to is replaced. What is there and is no regular file (/dev/null, /dev/stdout) is written
** to itself. NA_NOMEM, or NA_IO with errno; then there is nothing to abandon.
*/
na_status na_file_begin (na_file_writer *writer, const char *path);

/*
** Begins a file without a name (na_file_temporary), which na_file_commit_mapped ends. NA_NOMEM, or NA_IO with errno; then there
** is nothing to abandon.
*/
na_status na_file_begin_temporary (na_file_writer *writer);

/* Appends. NA_IO with errno. */
na_status na_file_write (na_file_writer *writer, na_slice bytes);

/* Writes over bytes that were written before, from byte `offset` on. NA_IO with errno: ESPIPE for a pipe. */
na_status na_file_rewrite (na_file_writer *writer, uint64_t offset, na_slice bytes);

/*
** Puts the file in its place, safe against a loss of power: a reader finds the old file or the new one. It
** keeps the permissions of the old file. NA_IO with errno: the old file is as it was, except where only the
** folder could not be synced. The writer is done with in any case.
*/
na_status na_file_commit (na_file_writer *writer);

/* The bytes of a file without a name, as na_file_map gives them. NA_IO with errno. The writer is done with in any case. */
na_status na_file_commit_mapped (na_file_writer *writer, na_slice *bytes);

/* Closes and removes what was written beside. Leaves errno alone; fine twice, and after na_file_commit. */
void na_file_abandon (na_file_writer *writer);

#endif
