#include "parse/mediawiki_export.h"

#include <expat.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "parse/mediawiki.h"
#include "parse/wikitext.h"

#define TITLE_BYTES     1024 /* MediaWiki stores at most 255 */
#define TIMESTAMP_BYTES 32   /* "2007-09-01T10:30:00Z" */
#define MODEL_BYTES     64   /* "wikitext" */

/* Elements by their depth, the root's being 1. */
enum { ROOT_DEPTH = 1, PAGE_DEPTH, PART_DEPTH, REVISION_PART_DEPTH };

typedef struct page_revision {
  na_buffer text, timestamp, model;
  bool has_text, hidden, too_long;
} page_revision; /* has_text: there is a text, if an empty one */

struct na_export {
  XML_Parser parser;
  na_wiki wiki;
  na_arena arena; /* owns the texts of the options */
  na_wikitext_options wikitext;
  na_status status;
  bool ended, finished;
  char *
      room; /* expat's own buffer, NULL where it must be asked for; `filled` bytes of it are not parsed yet */
  size_t filled;
  int64_t fed; /* bytes that expat has got */
  size_t depth;
  na_buffer title;
  page_revision current, newest; /* of the page that is open */
  bool in_page, in_revision, wanted, has_revision;
  na_buffer *field; /* where character data goes, NULL where it is of no use */
  size_t field_depth, field_bytes;
};

/* ---- ending before the end ---- */

static void end_with (na_export *export, na_status status) {
  export->status = status;
  export->ended = true;
  XML_StopParser(export->parser, XML_FALSE);
}

/* Notes a problem at the place that expat has come to, and reads no further. */
static void end_at_place (na_export *export, const char *code, const char *message) {
  if (export->ended) return;
  end_with(export,
           na_report_problem(export->wiki.report, export->wiki.options.path,
                             (size_t)XML_GetCurrentLineNumber(export->parser),
                             (size_t)XML_GetCurrentColumnNumber(export->parser) + 1, code, "%s", message));
}

static void check (na_export *export, na_status status) {
  if (status != NA_OK && !export->ended) end_with(export, status);
}

/* ---- pages and revisions ---- */

static void clear_revision (page_revision *revision) {
  revision->text.size = revision->timestamp.size = revision->model.size = 0;
  revision->has_text = revision->hidden = revision->too_long = false;
}

static void free_revision (page_revision *revision) {
  na_buffer_free(&revision->text);
  na_buffer_free(&revision->timestamp);
  na_buffer_free(&revision->model);
}

static void collect (na_export *export, na_buffer *field, size_t bytes) {
  field->size = 0;
  export->field = field;
  export->field_depth = export->depth;
  export->field_bytes = bytes;
}

/* Keeps the revision that ends where it is the newest yet: histories go from old to new. */
static void end_revision (na_export *export) {
  export->in_revision = false;
  na_slice time = na_buffer_slice(&export->current.timestamp),
           newest = na_buffer_slice(&export->newest.timestamp);
  if (!export->has_revision || na_slice_compare(time, newest) >= 0) {
    page_revision swapped = export->newest;
    export->newest = export->current;
    export->current = swapped;
  }
  export->has_revision = true;
}

static na_status end_page (na_export *export) {
  na_wiki *wiki = &export->wiki;
  const page_revision *newest = &export->newest;
  na_slice title = na_buffer_slice(&export->title), model = na_buffer_slice(&newest->model);
  export->in_page = false;
  if (!export->title.size) return na_wiki_problem(wiki, NA_NONE, "wiki-shape", "a page without a title");
  if (!export->wanted) return NA_OK;
  if (export->has_revision && newest->hidden)
    return na_wiki_problem(wiki, title, "wiki-hidden", "the text was deleted or hidden by the wiki");
  if (!export->has_revision || !newest->has_text)
    return na_wiki_problem(wiki, title, "wiki-no-text", "the export has no text of the page");
  if (model.size && !na_slice_equal(model, NA_LITERAL("wikitext")))
    return na_wiki_problem(wiki, title, "wiki-model", "the page holds no wikitext");
  if (newest->too_long)
    return na_wiki_problem(wiki, title, "wiki-page-too-long", "more than %zu bytes", NA_WIKI_TEXT_BYTES);
  return na_wiki_take(wiki, title, na_buffer_slice(&newest->text));
}

/* ---- expat's callbacks ---- */

static const char *attribute_of (const XML_Char **attributes, const char *name) {
  for (; *attributes; attributes += 2)
    if (strcmp(attributes[0], name) == 0) return attributes[1];
  return NULL;
}

static bool is_called (const XML_Char *name, const char *wanted) {
  return strcmp(name, wanted) == 0;
}

static void start_page (na_export *export) {
  export->in_page = true;
  export->has_revision = export->wanted = false;
  export->title.size = 0;
}

/* A dump without texts ("stub") says how long a text is, and leaves it out. */
static void start_text (na_export *export, const XML_Char **attributes) {
  const char *bytes = attribute_of(attributes, "bytes");
  export->current.hidden = attribute_of(attributes, "deleted") != NULL;
  export->current.has_text = bytes && strcmp(bytes, "0") == 0;
  if (export->wanted) collect(export, &export->current.text, NA_WIKI_TEXT_BYTES);
}

static void start_page_part (na_export *export, const XML_Char *name) {
  if (is_called(name, "title")) {
    collect(export, &export->title, TITLE_BYTES);
  } else if (is_called(name, "revision")) {
    clear_revision(&export->current);
    export->in_revision = true;
  }
}

static void start_revision_part (na_export *export, const XML_Char *name, const XML_Char **attributes) {
  if (is_called(name, "text"))
    start_text(export, attributes);
  else if (is_called(name, "timestamp"))
    collect(export, &export->current.timestamp, TIMESTAMP_BYTES);
  else if (is_called(name, "model"))
    collect(export, &export->current.model, MODEL_BYTES);
}

static void XMLCALL start_element (void *user, const XML_Char *name, const XML_Char **attributes) {
  na_export *export = user;
  size_t depth = ++export->depth;
  if (depth == ROOT_DEPTH && !is_called(name, "mediawiki"))
    end_at_place(export, "wiki-shape", "no export of a MediaWiki: <mediawiki> expected");
  else if (depth > NA_EXPORT_DEPTH_MAX)
    end_at_place(export, "xml-depth", "elements nest too deep for an export");
  else if (depth == PAGE_DEPTH && is_called(name, "page"))
    start_page(export);
  else if (depth == PART_DEPTH && export->in_page)
    start_page_part(export, name);
  else if (depth == REVISION_PART_DEPTH && export->in_revision)
    start_revision_part(export, name, attributes);
}

static void XMLCALL end_element (void *user, const XML_Char *name) {
  na_export *export = user;
  size_t depth = export->depth--;
  if (export->ended) return; /* expat finishes the tag that it is in */
  if (export->field && depth == export->field_depth) {
    if (export->field == &export->title)
      check(export, na_wiki_wants(&export->wiki, na_buffer_slice(&export->title), &export->wanted));
    export->field = NULL;
  }
  if (depth == PART_DEPTH && export->in_revision && is_called(name, "revision")) end_revision(export);
  if (depth == PAGE_DEPTH && export->in_page) check(export, end_page(export));
}

/* What passes a field's limit is left out. */
static void XMLCALL character_data (void *user, const XML_Char *data, int size) {
  na_export *export = user;
  na_buffer *field = export->field;
  if (export->ended || !field || export->depth != export->field_depth) return;
  size_t room = export->field_bytes - field->size, part = (size_t)size < room ? (size_t)size : room;
  check(export, na_buffer_append(field, na_slice_of(data, part)));
  if (field != &export->current.text) return;
  export->current.has_text = true;
  if (part < (size_t)size) export->current.too_long = true;
}

static const char entities_message[] = "only the five entities of XML itself are known in an export";

static void XMLCALL entity_declared (void *user, const XML_Char *name, int is_parameter,
                                     const XML_Char *value, int size, const XML_Char *base,
                                     const XML_Char *system, const XML_Char *public,
                                     const XML_Char *notation) {
  (void)name, (void)is_parameter, (void)value, (void)size, (void)base, (void)system, (void)public,
      (void)notation;
  end_at_place(user, "xml-entity", entities_message);
}

static void XMLCALL entity_skipped (void *user, const XML_Char *name, int is_parameter) {
  (void)name, (void)is_parameter;
  end_at_place(user, "xml-entity", entities_message);
}

/* ---- feeding ---- */

static na_status new_parser (na_export *export) {
  static const XML_Memory_Handling_Suite memory = { na_malloc, na_realloc, na_free };
  export->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
  if (!export->parser) return NA_NOMEM;
  XML_SetUserData(export->parser, export);
  XML_SetElementHandler(export->parser, start_element, end_element);
  XML_SetCharacterDataHandler(export->parser, character_data);
  XML_SetEntityDeclHandler(export->parser, entity_declared);
  XML_SetSkippedEntityHandler(export->parser, entity_skipped);
  return NA_OK;
}

static na_status copy_options (na_export *export, na_read_options *options) {
  na_arena *arena = &export->arena;
  NA_TRY(na_arena_copy(arena, options->path, &options->path));
  NA_TRY(na_arena_copy(arena, options->language, &options->language));
  NA_TRY(na_arena_copy(arena, options->date, &options->date));
  if (!options->wikitext) return NA_OK;
  export->wikitext = *options->wikitext;
  options->wikitext = &export->wikitext;
  return na_arena_copy(arena, export->wikitext.variant, &export->wikitext.variant);
}

na_status na_export_new (na_export **made, na_report *report, const na_read_options *options) {
  *made = NULL;
  na_export *export = na_malloc(sizeof *export);
  if (!export) return NA_NOMEM;
  *export = (na_export){ 0 };
  na_read_options copied = *options;
  na_status status = copy_options(export, &copied);
  if (status == NA_OK) status = new_parser(export);
  if (status != NA_OK) {
    na_export_free(export);
    return status;
  }
  na_wiki_start(&export->wiki, report, &copied);
  *made = export;
  return NA_OK;
}

void na_export_free (na_export *export) {
  if (!export) return;
  if (export->parser) XML_ParserFree(export->parser);
  na_wiki_free(&export->wiki);
  na_buffer_free(&export->title);
  free_revision(&export->current);
  free_revision(&export->newest);
  na_arena_free(&export->arena);
  na_free(export);
}

/* Notes what expat found wrong; nothing where one of the callbacks has ended the export. */
static na_status note_error (na_export *export) {
  enum XML_Error error = XML_GetErrorCode(export->parser);
  if (!export->ended && error == XML_ERROR_NO_MEMORY)
    export->status = NA_NOMEM;
  else
    end_at_place(export, error == XML_ERROR_UNDEFINED_ENTITY ? "xml-entity" : "xml-syntax",
                 XML_ErrorString(error));
  export->ended = true;
  return export->status;
}

/* Hands what is filled to expat. */
static na_status parse (na_export *export, bool is_final) {
  size_t size = export->filled;
  export->room = NULL;
  export->filled = 0;
  export->fed += (int64_t)size;
  if (XML_ParseBuffer(export->parser, (int)size, is_final) != XML_STATUS_OK) return note_error(export);
  if (export->fed - (int64_t)XML_GetCurrentByteIndex(export->parser) > (int64_t)NA_EXPORT_TOKEN_BYTES &&
      !is_final)
    end_at_place(export, "xml-token", "a tag or comment is too long for an export");
  return export->status;
}

static na_status open_room (na_export *export) {
  if (export->room) return NA_OK;
  export->room = XML_GetBuffer(export->parser, (int)NA_EXPORT_BLOCK_BYTES);
  if (export->room) return NA_OK;
  export->ended = true;
  return export->status = NA_NOMEM;
}

na_status na_export_feed (na_export *export, na_slice chunk) {
  while (chunk.size && !export->ended) {
    NA_TRY(open_room(export));
    size_t part = NA_EXPORT_BLOCK_BYTES - export->filled;
    if (part > chunk.size) part = chunk.size;
    memcpy(export->room + export->filled, chunk.data, part);
    export->filled += part;
    chunk = na_slice_part(chunk, part, chunk.size);
    if (export->filled == NA_EXPORT_BLOCK_BYTES) NA_TRY(parse(export, false));
  }
  return export->status;
}

na_status na_export_finish (na_export *export) {
  if (!export->finished) {
    export->finished = true;
    if (!export->ended) NA_TRY(open_room(export));
    if (!export->ended) NA_TRY(parse(export, true));
    export->ended = true;
    NA_TRY(na_wiki_finish(&export->wiki));
  }
  return export->status;
}

bool na_export_ended (const na_export *export) {
  return export->ended;
}

na_status na_read_mediawiki_xml (na_report *report, na_slice text, const na_read_options *options) {
  na_export *export;
  NA_TRY(na_export_new(&export, report, options));
  na_status status = na_export_feed(export, text);
  if (status == NA_OK) status = na_export_finish(export);
  na_export_free(export);
  return status;
}
