#include "base/spill.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"

static void unmap (na_spill *spill) {
  na_file_unmap(spill->mapped);
  spill->mapped = NA_NONE;
}

static void close_file (na_spill *spill) {
  if (spill->is_open) close(spill->file);
  spill->is_open = false;
}

void na_spill_free (na_spill *spill) {
  unmap(spill);
  close_file(spill);
  na_buffer_free(&spill->memory);
  *spill = (na_spill){ .limit = spill->limit };
}

/* Puts what waits in memory into the file. */
static na_status flush (na_spill *spill) {
  if (!spill->is_open) spill->file = na_file_temporary();
  if (spill->file < 0) return NA_IO;
  spill->is_open = true;
  uint64_t written = spill->size - spill->memory.size;
  if (na_file_put(spill->file, written, na_buffer_slice(&spill->memory)) == NA_OK) {
    if (spill->memory.capacity > 2 * NA_SPILL_PIECE) na_buffer_free(&spill->memory);
    spill->memory.size = 0;
    return NA_OK;
  }
  if (!written) { /* all is in memory still, and read from there: a disk that is full costs what it has no room for */
    int why = errno;
    close_file(spill);
    errno = why;
  }
  return NA_IO;
}

na_status na_spill_append (na_spill *spill, na_slice bytes) {
  size_t limit = spill->limit ? spill->limit : NA_SPILL_BYTES;
  if (spill->is_open && limit > NA_SPILL_PIECE) limit = NA_SPILL_PIECE;
  unmap(spill);
  if (spill->memory.size && spill->memory.size + bytes.size > limit) NA_TRY(flush(spill));
  NA_TRY(na_buffer_append(&spill->memory, bytes));
  spill->size += bytes.size;
  return NA_OK;
}

na_status na_spill_read (na_spill *spill, na_slice *bytes) {
  *bytes = na_buffer_slice(&spill->memory);
  if (!spill->is_open) return NA_OK;
  if (spill->memory.size) NA_TRY(flush(spill));
  if (!spill->mapped.size) NA_TRY(na_file_map_open(spill->file, &spill->mapped));
  *bytes = spill->mapped;
  return NA_OK;
}

void na_spill_rest (const na_spill *spill) {
  na_file_rest(spill->mapped);
}
