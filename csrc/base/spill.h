/* csrc/base/spill.h -- bytes that are written once and read once, in memory up to a limit and then in a file without a name. */
#ifndef NA_BASE_SPILL_H
#define NA_BASE_SPILL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

/*
** So many bytes wait in memory; what is more goes to a file without a name (na_file_temporary), and from then on piece by
** piece.
*/
#define NA_SPILL_BYTES ((size_t)64 << 20)
#define NA_SPILL_PIECE ((size_t)1 << 20)

/* All zero is valid and empty. */
typedef struct na_spill {
  size_t limit;     /* bytes that wait in memory; 0 is NA_SPILL_BYTES */
  na_buffer memory; /* what is not in the file yet */
  int file;         /* open where `is_open` */
  bool is_open;
  uint64_t size;   /* of all bytes */
  na_slice mapped; /* the file, where it is being read */
} na_spill;

/* Forgets all bytes and gives memory and file back; the limit stays. */
void na_spill_free (na_spill *spill);

/* Appends. NA_NOMEM; NA_IO with errno, and then the spill is as it was. */
na_status na_spill_append (na_spill *spill, na_slice bytes);

/* All bytes, valid until the next change. NA_IO with errno. */
na_status na_spill_read (na_spill *spill, na_slice *bytes);

/* Says that what was read is not needed for now, as na_file_rest does. */
void na_spill_rest (const na_spill *spill);

#endif
