#include "base/spill.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>

static void unmap (na_spill *spill) {
  if (spill->mapped.size) munmap((void *)(uintptr_t)spill->mapped.data, spill->mapped.size);
  spill->mapped = NA_NONE;
}

void na_spill_free (na_spill *spill) {
  unmap(spill);
  if (spill->file) fclose(spill->file);
  na_buffer_free(&spill->memory);
  *spill = (na_spill){ 0 };
}

/* Puts what waits in memory into the file. */
static na_status flush (na_spill *spill) {
  if (!spill->file) spill->file = tmpfile();
  if (!spill->file) return NA_IO;
  uint64_t written = spill->size - spill->memory.size;
  bool done = fseeko(spill->file, (off_t)written, SEEK_SET) == 0 &&
              fwrite(spill->memory.data, 1, spill->memory.size, spill->file) == spill->memory.size &&
              fflush(spill->file) == 0;
  if (done) {
    na_buffer_free(&spill->memory);
    return NA_OK;
  }
  if (!written) { /* all is in memory still, and read from there: a disk that is full costs what it has no room for */
    int why = errno;
    fclose(spill->file);
    spill->file = NULL;
    errno = why;
  }
  return NA_IO;
}

na_status na_spill_append (na_spill *spill, na_slice bytes) {
  unmap(spill);
  if (spill->memory.size && spill->memory.size + bytes.size > NA_SPILL_BYTES) NA_TRY(flush(spill));
  NA_TRY(na_buffer_append(&spill->memory, bytes));
  spill->size += bytes.size;
  return NA_OK;
}

na_status na_spill_read (na_spill *spill, na_slice *bytes) {
  *bytes = na_buffer_slice(&spill->memory);
  if (!spill->file) return NA_OK;
  if (spill->memory.size) NA_TRY(flush(spill));
  if (!spill->mapped.size) {
    if (spill->size > SIZE_MAX) return errno = EFBIG, NA_IO;
    void *place = mmap(NULL, (size_t)spill->size, PROT_READ, MAP_PRIVATE, fileno(spill->file), 0);
    if (place == MAP_FAILED) return NA_IO;
    spill->mapped = na_slice_of(place, (size_t)spill->size);
  }
  *bytes = spill->mapped;
  return NA_OK;
}
