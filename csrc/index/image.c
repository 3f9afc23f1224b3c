#include "index/image.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <xxhash.h>

#include "base/memory.h"

/* A byte that is no ASCII, both line ends, the end of text of DOS: that the file was taken for text shows. */
static const char MAGIC[8] = { '\xAE', 'N', 'A', 'R', '\r', '\n', '\x1A', '\n' };
#define MAGIC_NAME     4 /* bytes of it that no transfer as text changes */
#define BYTE_ORDER     0x01020304u
#define FOREIGN_ORDER  0x04030201u
#define CHECK_BYTES    sizeof(uint64_t)
#define SECTIONS_BEGIN NA_IMAGE_ALIGN /* behind the header */

typedef struct header {
  char magic[sizeof MAGIC];
  uint32_t version, byte_order;
  uint64_t size, table;
  uint32_t sections, reserved;
  uint64_t table_check;
  uint64_t check; /* of all before */
} header;

_Static_assert(sizeof(header) == 56 && sizeof(header) <= SECTIONS_BEGIN, "the header has no holes");
_Static_assert(sizeof(na_image_entry) == 40, "an entry of the table has no holes");

static uint64_t header_check (const header *head) {
  return XXH3_64bits(head, offsetof(header, check));
}

/* How many zeros bring `size` to a multiple of NA_IMAGE_ALIGN. */
static size_t padding (uint64_t size) {
  return (size_t)(-size % NA_IMAGE_ALIGN);
}

static size_t count_blocks (size_t size) {
  return size / NA_IMAGE_BLOCK + (size % NA_IMAGE_BLOCK != 0);
}

static na_status bad (na_image_fault *fault, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static na_status bad (na_image_fault *fault, const char *code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fault->code = code;
  vsnprintf(fault->message, sizeof fault->message, format, arguments);
  va_end(arguments);
  return NA_BAD;
}

static na_status damaged (na_image_fault *fault, const char *what) {
  return bad(fault, "damaged-archive", "the archive is damaged: %s", what);
}

/* ---- Opening ---- */

static na_status read_header (na_slice bytes, header *head, na_image_fault *fault) {
  na_slice magic = na_slice_of(MAGIC, sizeof MAGIC), name = na_slice_of(MAGIC, MAGIC_NAME);
  if (!na_slice_starts(bytes, name)) return bad(fault, "not-an-archive", "not an archive of newsarchive");
  if (bytes.size < SECTIONS_BEGIN) {
    return bad(fault, "truncated-archive", "the archive ends within its header, after %zu bytes", bytes.size);
  }
  if (!na_slice_starts(bytes, magic))
    return damaged(fault, "it was copied as text, or its first bytes changed");
  memcpy(head, bytes.data, sizeof *head);
  if (head->byte_order == FOREIGN_ORDER) {
    return bad(fault, "foreign-archive", "the archive has the byte order of another machine: make it again");
  }
  if (head->byte_order != BYTE_ORDER) return damaged(fault, "its byte order is none");
  if (head->version != NA_IMAGE_VERSION) {
    return bad(fault, "other-version", "an archive of version %" PRIu32 ", not %d: make it again",
               head->version, NA_IMAGE_VERSION);
  }
  if (head->check != header_check(head)) return damaged(fault, "its header has changed");
  if (head->size > bytes.size) {
    return bad(fault, "truncated-archive", "the archive has %zu of its %" PRIu64 " bytes", bytes.size,
               head->size);
  }
  if (head->size < bytes.size) return damaged(fault, "bytes follow its end");
  if (head->reserved || head->sections > NA_SECTION_COUNT) return damaged(fault, "its header is none");
  return NA_OK;
}

/* The table lies at the end, behind the checks, which are whole numbers of 8 bytes from a multiple of 64. */
static na_status read_table (na_slice bytes, const header *head, na_image_entry *entries,
                             na_image_fault *fault) {
  size_t size = head->sections * sizeof *entries;
  if (size > bytes.size - SECTIONS_BEGIN || head->table != bytes.size - size) {
    return damaged(fault, "its table is out of place");
  }
  na_slice table = na_slice_part(bytes, (size_t)head->table, bytes.size);
  if (head->table_check != XXH3_64bits(table.data, table.size))
    return damaged(fault, "its table has changed");
  if (size) memcpy(entries, table.data, size);
  return NA_OK;
}

/* The sections lie one behind the other from SECTIONS_BEGIN on; *at becomes where they end. */
static na_status place_sections (na_image *image, const na_image_entry *entries, size_t count, size_t *at,
                                 na_image_fault *fault) {
  size_t end = image->bytes.size;
  *at = SECTIONS_BEGIN;
  for (size_t i = 0; i < count; i++) {
    const na_image_entry *entry = &entries[i];
    if (entry->section >= NA_SECTION_COUNT || entry->reserved || na_image_has(image, entry->section)) {
      return damaged(fault, "its table is none");
    }
    if (entry->offset != *at || entry->size > end - *at) return damaged(fault, "a section is out of place");
    size_t size = (size_t)entry->size;
    image->parts[entry->section].bytes = na_slice_part(image->bytes, *at, *at + size);
    *at += size;
    if (padding(*at) > end - *at) return damaged(fault, "a section is out of place");
    *at += padding(*at);
  }
  return NA_OK;
}

/* The checks lie one behind the other from `at` on, up to the table. */
static na_status place_checks (na_image *image, const na_image_entry *entries, size_t count, size_t at,
                               size_t table, na_image_fault *fault) {
  if (at > table) return damaged(fault, "its table is out of place");
  for (size_t i = 0; i < count; i++) {
    na_image_part *part = &image->parts[entries[i].section];
    size_t size = count_blocks(part->bytes.size) * CHECK_BYTES;
    if (entries[i].checks != at || size > table - at) return damaged(fault, "checks are out of place");
    part->checks = image->bytes.data + at;
    if (entries[i].check != XXH3_64bits(part->checks, size)) return damaged(fault, "checks have changed");
    at += size;
  }
  return at == table ? NA_OK : damaged(fault, "its table is out of place");
}

/* Gives every block its byte of state. */
static na_status make_state (na_image *image) {
  size_t count = 0;
  for (unsigned i = 0; i < NA_SECTION_COUNT; i++) count += count_blocks(image->parts[i].bytes.size);
  image->state = na_malloc(sizeof *image->state + count);
  if (!image->state) return NA_NOMEM;
  atomic_init(&image->state->damaged, false);
  for (size_t i = 0; i < count; i++) atomic_init(&image->state->blocks[i], NA_BLOCK_UNSEEN);
  atomic_uchar *next = image->state->blocks;
  for (unsigned i = 0; i < NA_SECTION_COUNT; i++) {
    image->parts[i].blocks = next;
    next += count_blocks(image->parts[i].bytes.size);
  }
  return NA_OK;
}

static na_status open_image (na_image *image, na_image_fault *fault) {
  header head = { 0 };
  na_image_entry entries[NA_SECTION_COUNT] = { 0 };
  size_t at = 0;
  NA_TRY(read_header(image->bytes, &head, fault));
  NA_TRY(read_table(image->bytes, &head, entries, fault));
  NA_TRY(place_sections(image, entries, head.sections, &at, fault));
  return place_checks(image, entries, head.sections, at, (size_t)head.table, fault);
}

na_status na_image_open (na_image *image, na_slice bytes, bool trusted, na_image_fault *fault) {
  *image = (na_image){ .bytes = bytes };
  na_status status = open_image(image, fault);
  if (status == NA_OK && !trusted) status = make_state(image);
  if (status != NA_OK) na_image_close(image);
  return status;
}

void na_image_close (na_image *image) {
  na_free(image->state);
  *image = (na_image){ 0 };
}

/* ---- Checking ---- */

bool na_image_check_block (const na_image *image, unsigned section, size_t block) {
  const na_image_part *part = &image->parts[section];
  size_t from = block * NA_IMAGE_BLOCK, rest = part->bytes.size - from;
  uint64_t check;
  memcpy(&check, part->checks + block * CHECK_BYTES, sizeof check);
  bool sound = check == XXH3_64bits(part->bytes.data + from, rest < NA_IMAGE_BLOCK ? rest : NA_IMAGE_BLOCK);
  if (!part->blocks) return sound;
  atomic_store_explicit(&part->blocks[block], sound ? NA_BLOCK_SOUND : NA_BLOCK_UNSOUND,
                        memory_order_relaxed);
  if (!sound) atomic_store_explicit(&image->state->damaged, true, memory_order_relaxed);
  return sound;
}

static bool are_zeros (na_slice bytes) {
  for (size_t i = 0; i < bytes.size; i++)
    if (bytes.data[i]) return false;
  return true;
}

na_status na_image_verify (const na_image *image, na_image_fault *fault) {
  if (!image->bytes.size) return NA_OK;
  if (!are_zeros(na_slice_part(image->bytes, sizeof(header), SECTIONS_BEGIN))) {
    return damaged(fault, "bytes between its parts have changed");
  }
  for (unsigned i = 0; i < NA_SECTION_COUNT; i++) {
    na_slice bytes = image->parts[i].bytes;
    size_t begin = na_image_has(image, i) ? (size_t)(bytes.data - image->bytes.data) : 0;
    for (size_t block = 0; block < count_blocks(bytes.size); block++) {
      if (na_image_check_block(image, i, block)) continue;
      return bad(fault, "damaged-archive",
                 "the archive is damaged: section %u has changed, at or after byte %zu", i,
                 begin + block * NA_IMAGE_BLOCK);
    }
    size_t end = begin + bytes.size;
    if (!are_zeros(na_slice_part(image->bytes, end, end + padding(end)))) {
      return damaged(fault, "bytes between its parts have changed");
    }
  }
  return NA_OK;
}

/* ---- Writing ---- */

static na_status put (na_image_writer *writer, na_slice bytes) {
  writer->size += bytes.size;
  return writer->file ? na_file_write(writer->file, bytes) : na_buffer_append(writer->memory, bytes);
}

static na_status pad (na_image_writer *writer) {
  static const char zeros[NA_IMAGE_ALIGN];
  return put(writer, na_slice_of(zeros, padding(writer->size)));
}

static na_status begin (na_image_writer *writer) {
  static const char room[SECTIONS_BEGIN];
  writer->block = na_malloc(NA_IMAGE_BLOCK);
  na_status status = writer->block ? put(writer, na_slice_of(room, sizeof room)) : NA_NOMEM;
  if (status != NA_OK) na_image_abandon(writer);
  return status;
}

na_status na_image_begin_memory (na_image_writer *writer, na_buffer *out) {
  *writer = (na_image_writer){ .memory = out };
  return begin(writer);
}

na_status na_image_begin_file (na_image_writer *writer, na_file_writer *out) {
  *writer = (na_image_writer){ .file = out };
  if (out->can_rewrite) return begin(writer);
  errno = ESPIPE;
  return NA_IO;
}

void na_image_abandon (na_image_writer *writer) {
  int why = errno;
  na_free(writer->block);
  na_buffer_free(&writer->checks);
  *writer = (na_image_writer){ 0 };
  errno = why;
}

na_status na_image_section_begin (na_image_writer *writer, unsigned section) {
  if (section >= NA_SECTION_COUNT) return NA_BAD;
  for (unsigned i = 0; i < writer->count; i++)
    if (writer->entries[i].section == section) return NA_BAD;
  /* The checks come after the last section: until then, their place is counted from the first of them. */
  writer->entries[writer->count] =
      (na_image_entry){ .section = section, .offset = writer->size, .checks = writer->checks.size };
  return NA_OK;
}

/* Gives a block away, and keeps its check. */
static na_status put_block (na_image_writer *writer, na_slice block) {
  uint64_t check = XXH3_64bits(block.data, block.size);
  NA_TRY(na_buffer_append(&writer->checks, na_slice_of((const char *)&check, sizeof check)));
  return put(writer, block);
}

na_status na_image_append (na_image_writer *writer, na_slice bytes) {
  while (bytes.size) {
    size_t room = NA_IMAGE_BLOCK - writer->held, size = bytes.size < room ? bytes.size : room;
    if (size == NA_IMAGE_BLOCK) {
      NA_TRY(put_block(writer, na_slice_part(bytes, 0, size)));
    } else {
      memcpy(writer->block + writer->held, bytes.data, size);
      writer->held += size;
    }
    if (writer->held == NA_IMAGE_BLOCK) {
      NA_TRY(put_block(writer, na_slice_of(writer->block, writer->held)));
      writer->held = 0;
    }
    bytes = na_slice_part(bytes, size, bytes.size);
  }
  return NA_OK;
}

na_status na_image_section_end (na_image_writer *writer) {
  if (writer->held) NA_TRY(put_block(writer, na_slice_of(writer->block, writer->held)));
  na_image_entry *entry = &writer->entries[writer->count++];
  na_slice checks = na_buffer_slice(&writer->checks);
  checks = na_slice_part(checks, (size_t)entry->checks, checks.size);
  entry->check = XXH3_64bits(checks.data, checks.size);
  entry->size = writer->size - entry->offset;
  writer->held = 0;
  return pad(writer);
}

static na_status put_header (na_image_writer *writer, const header *head) {
  na_slice bytes = na_slice_of((const char *)head, sizeof *head);
  if (writer->file) return na_file_rewrite(writer->file, 0, bytes);
  memcpy(writer->memory->data, bytes.data, bytes.size);
  return NA_OK;
}

static na_status finish (na_image_writer *writer) {
  for (unsigned i = 0; i < writer->count; i++) writer->entries[i].checks += writer->size;
  NA_TRY(put(writer, na_buffer_slice(&writer->checks)));
  na_slice table = na_slice_of((const char *)writer->entries, writer->count * sizeof *writer->entries);
  header head = { .version = NA_IMAGE_VERSION, .byte_order = BYTE_ORDER };
  memcpy(head.magic, MAGIC, sizeof MAGIC);
  head.table = writer->size;
  head.sections = writer->count;
  head.table_check = XXH3_64bits(table.data, table.size);
  NA_TRY(put(writer, table));
  head.size = writer->size;
  head.check = header_check(&head);
  return put_header(writer, &head);
}

na_status na_image_finish (na_image_writer *writer) {
  na_status status = finish(writer);
  na_image_abandon(writer);
  return status;
}
