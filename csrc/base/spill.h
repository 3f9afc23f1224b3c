/* csrc/base/spill.h -- bytes that are written once and read once, in memory up to a limit and then in a file without a name. */
#ifndef NA_BASE_SPILL_H
#define NA_BASE_SPILL_H

#include <stdint.h>

#include "base/buffer.h"

/* So many bytes wait in memory; what is more goes to the file, which the system's folder of temporary files has. */
#define NA_SPILL_BYTES ((size_t)64 << 20)

/* All zero is valid and empty. */
typedef struct na_spill {
  na_buffer memory; /* what is not in the file yet */
  void *file;       /* a FILE, or NULL */
  uint64_t size;    /* of all bytes */
  na_slice mapped;  /* the file, where it is being read */
} na_spill;

/* Forgets all bytes and gives memory and file back. */
void na_spill_free (na_spill *spill);

/* Appends. NA_NOMEM; NA_IO with errno, and then the spill is as it was. */
na_status na_spill_append (na_spill *spill, na_slice bytes);

/* All bytes, valid until the next change. NA_IO with errno. */
na_status na_spill_read (na_spill *spill, na_slice *bytes);

#endif
