#include "index/save.h"

#include "index/facet.h"
#include "index/repeats.h"
#include "index/terms.h"

#define COPY_BYTES ((size_t)16 << 20) /* of a mapped file are held in memory at once */

static na_status copy_section (na_image_writer *out, const na_archive *archive, na_section section) {
  na_slice bytes = na_image_section(archive->image, section);
  NA_TRY(na_image_section_begin(out, section));
  for (size_t from = 0; from < bytes.size; from += COPY_BYTES) {
    size_t to = bytes.size - from < COPY_BYTES ? bytes.size : from + COPY_BYTES;
    if (!na_image_check(archive->image, section, from, to)) return NA_BAD;
    NA_TRY(na_image_append(out, na_slice_part(bytes, from, to)));
    na_archive_rest(archive);
  }
  return na_image_section_end(out);
}

/* Copies the sections [first, end) but for what the archive says of itself, which is written last. */
static na_status copy_sections (na_image_writer *out, const na_archive *archive, na_section first,
                                na_section end) {
  for (na_section section = first; section < end; section++)
    if (na_image_has(archive->image, section)) NA_TRY(copy_section(out, archive, section));
  return NA_OK;
}

static na_status read_average (const na_image *image, double *average) {
  na_rows meta;
  NA_TRY(na_rows_open(&meta, image, NA_SECTION_META));
  if (meta.count < NA_META_COUNT || na_rows_get(&meta, NA_META_LENGTH).size != sizeof *average) return NA_BAD;
  memcpy(average, na_rows_get(&meta, NA_META_LENGTH).data, sizeof *average);
  return NA_OK;
}

static na_status put_terms (na_image_writer *out, const na_archive *archive, double *average) {
  if (!na_image_has(archive->image, NA_SECTION_TERMS)) return na_terms_write(out, archive, average);
  NA_TRY(copy_sections(out, archive, NA_SECTION_FORMS, NA_SECTION_SOURCE_STORIES));
  return read_average(archive->image, average);
}

static na_status put_facets (na_image_writer *out, const na_archive *archive) {
  if (na_facets_stored(archive->image))
    return copy_sections(out, archive, NA_SECTION_SOURCE_STORIES, NA_SECTION_REPEATS);
  na_fold_table fold;
  if (!na_fold_open(&fold)) return NA_NOMEM;
  na_status status = na_facets_write(out, archive, &fold);
  na_fold_close(&fold);
  return status;
}

static na_status put_all (na_image_writer *out, na_file_writer *file, const na_archive *archive,
                          na_section_maker *more, void *context) {
  static const na_archive nothing = { 0 };
  static const na_image no_image = { 0 };
  na_archive empty = nothing;
  double average;
  if (!archive->image) { /* without stories: all sections are empty */
    empty.image = (na_image *)(uintptr_t)&no_image;
    memcpy(empty.language, archive->language, sizeof empty.language);
    archive = &empty;
  }
  NA_TRY(na_image_begin_file(out, file));
  NA_TRY(copy_sections(out, archive, NA_SECTION_DAYS, NA_SECTION_FORMS));
  NA_TRY(put_terms(out, archive, &average));
  NA_TRY(put_facets(out, archive));
  NA_TRY(na_repeats_write(out, archive));
  NA_TRY(more ? more(context, out) : copy_sections(out, archive, NA_SECTION_RELATIONS, NA_SECTION_COUNT));
  NA_TRY(na_meta_write(out, na_slice_z(archive->language), average));
  return na_image_finish(out);
}

na_status na_archive_save (const na_archive *archive, const char *path, na_section_maker *more,
                           void *context) {
  na_file_writer file = { 0 };
  na_image_writer out = { 0 };
  na_status status = na_file_begin(&file, path);
  if (status == NA_OK) status = put_all(&out, &file, archive, more, context);
  if (status == NA_OK) status = na_file_commit(&file);
  na_image_abandon(&out);
  na_file_abandon(&file);
  return status;
}
