#include "parse/mediawiki_api.h"

#include <jansson.h>

#include "parse/mediawiki.h"

static na_slice slice_of (const json_t *value) {
  return json_is_string(value) ? na_slice_of(json_string_value(value), json_string_length(value)) : NA_NONE;
}

/* A text of formatversion 2, or of formatversion 1, which wraps texts into objects: {"*": text}. */
static na_slice text_of (const json_t *value) {
  return slice_of(json_is_object(value) ? json_object_get(value, "*") : value);
}

/* A mark of formatversion 2 (true) or 1 (an empty text). */
static bool is_marked (const json_t *object, const char *name) {
  const json_t *mark = json_object_get(object, name);
  return mark && !json_is_false(mark) && !json_is_null(mark);
}

/* ---- revisions ---- */

static const json_t *newest_of (const json_t *revisions) {
  const json_t *newest = NULL;
  size_t i;
  json_t *revision;
  json_array_foreach(revisions, i, revision) {
    na_slice time = slice_of(json_object_get(revision, "timestamp"));
    if (!newest || na_slice_compare(time, slice_of(json_object_get(newest, "timestamp"))) > 0)
      newest = revision;
  }
  return newest;
}

static na_status read_revision (na_wiki *wiki, na_slice title, const json_t *revision) {
  const json_t *slot = json_object_get(json_object_get(revision, "slots"), "main");
  if (!slot) slot = revision;
  if (is_marked(slot, "texthidden") || is_marked(revision, "texthidden"))
    return na_wiki_problem(wiki, title, "wiki-hidden", "the text was deleted or hidden by the wiki");
  na_slice model = slice_of(json_object_get(slot, "contentmodel"));
  if (model.data && !na_slice_equal(model, NA_LITERAL("wikitext")))
    return na_wiki_problem(wiki, title, "wiki-model", "the page holds no wikitext");
  na_slice text = text_of(json_object_get(slot, "content"));
  if (!text.data) text = text_of(slot);
  if (!text.data)
    return na_wiki_problem(wiki, title, "wiki-no-text",
                           "the answer has no text: ask for rvprop=content&rvslots=main");
  return na_wiki_take(wiki, title, text);
}

static na_status read_page (na_wiki *wiki, const json_t *page) {
  na_slice title = slice_of(json_object_get(page, "title"));
  if (!title.data) return na_wiki_problem(wiki, title, "wiki-shape", "a page without a title");
  bool wanted;
  NA_TRY(na_wiki_wants(wiki, title, &wanted));
  if (!wanted) return NA_OK;
  if (is_marked(page, "missing"))
    return na_wiki_problem(wiki, title, "wiki-missing", "the wiki has no such page");
  if (is_marked(page, "invalid"))
    return na_wiki_problem(wiki, title, "wiki-missing", "no title that a page can have");
  const json_t *revisions = json_object_get(page, "revisions");
  if (!json_is_array(revisions) || !json_array_size(revisions))
    return na_wiki_problem(wiki, title, "wiki-no-text", "the answer has no revision of the page");
  if (json_array_size(revisions) > 1)
    NA_TRY(na_wiki_problem(wiki, title, "wiki-revisions", "of several revisions the newest is taken"));
  return read_revision(wiki, title, newest_of(revisions));
}

static na_status read_query (na_wiki *wiki, json_t *query) {
  json_t *pages = json_object_get(query, "pages"), *page;
  size_t i;
  const char *id;
  if (json_is_array(pages)) {
    json_array_foreach(pages, i, page) NA_TRY(read_page(wiki, page));
    return NA_OK;
  }
  if (!json_is_object(pages)) return na_wiki_problem(wiki, NA_NONE, "wiki-shape", "the answer has no pages");
  json_object_foreach(pages, id, page) NA_TRY(read_page(wiki, page));
  return NA_OK;
}

static na_status read_parse (na_wiki *wiki, const json_t *parse) {
  na_slice title = slice_of(json_object_get(parse, "title")),
           text = text_of(json_object_get(parse, "wikitext"));
  if (!title.data) return na_wiki_problem(wiki, title, "wiki-shape", "a page without a title");
  bool wanted;
  NA_TRY(na_wiki_wants(wiki, title, &wanted));
  if (!wanted) return NA_OK;
  if (!text.data)
    return na_wiki_problem(wiki, title, "wiki-no-text", "the answer has no text: ask for prop=wikitext");
  return na_wiki_take(wiki, title, text);
}

/* ---- what the wiki says beside the pages ---- */

static const char *or_empty (na_slice text) {
  return text.data ? text.data : "";
}

static na_status note_error (na_wiki *wiki, const json_t *error) {
  na_slice code = slice_of(json_object_get(error, "code")), info = slice_of(json_object_get(error, "info"));
  if (!info.data) info = slice_of(json_object_get(error, "text"));
  return na_wiki_problem(wiki, NA_NONE, "wiki-error", "the wiki answers '%s': %s", or_empty(code),
                         or_empty(info));
}

static na_status note_warnings (na_wiki *wiki, json_t *warnings) {
  const char *module;
  json_t *warning;
  json_object_foreach(warnings, module, warning) {
    na_slice text = text_of(json_object_get(warning, "warnings"));
    if (!text.data) text = text_of(warning);
    NA_TRY(na_wiki_problem(wiki, NA_NONE, "wiki-warning", "the wiki warns (%s): %s", module, or_empty(text)));
  }
  return NA_OK;
}

static na_status note_errors (na_wiki *wiki, const json_t *errors) {
  size_t i;
  json_t *error;
  json_array_foreach(errors, i, error) NA_TRY(note_error(wiki, error));
  return NA_OK;
}

static na_status read_answer (na_wiki *wiki, const json_t *answer) {
  json_t *error = json_object_get(answer, "error"), *errors = json_object_get(answer, "errors");
  json_t *query = json_object_get(answer, "query"), *parse = json_object_get(answer, "parse");
  if (!error && !errors && !query && !parse)
    return na_wiki_problem(wiki, NA_NONE, "wiki-shape", "no answer to action=query or action=parse");
  if (error) NA_TRY(note_error(wiki, error));
  NA_TRY(note_errors(wiki, errors));
  NA_TRY(note_warnings(wiki, json_object_get(answer, "warnings")));
  if (query) NA_TRY(read_query(wiki, query));
  if (parse) NA_TRY(read_parse(wiki, parse));
  if (json_object_get(answer, "continue"))
    NA_TRY(na_wiki_problem(wiki, NA_NONE, "wiki-continue",
                           "the answer is one of several: there is more to fetch"));
  return NA_OK;
}

/* ---- the file ---- */

/* Notes an error at the last of the `used` bytes. */
static na_status note_syntax (na_wiki *wiki, na_slice text, size_t used, const char *message) {
  size_t line = 1, start = 0, last = used ? used - 1 : 0;
  for (size_t i; (i = na_slice_find(text, '\n', start)) < last; line++) start = i + 1;
  return na_report_problem(wiki->report, wiki->options.path, line, last - start + 1, "json-syntax", "%s",
                           message);
}

static na_status read_value (na_wiki *wiki, const json_t *value) {
  size_t i;
  json_t *answer;
  if (!json_is_array(value)) return read_answer(wiki, value);
  json_array_foreach(value, i, answer) NA_TRY(read_answer(wiki, answer));
  return NA_OK;
}

static na_status read_values (na_wiki *wiki, na_slice text) {
  size_t at = na_slice_starts(text, NA_LITERAL("\xEF\xBB\xBF")) ? 3 : 0;
  do {
    json_error_t error;
    json_t *value = json_loadb(text.data + at, text.size - at,
                               JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &error);
    size_t used = error.position > 0 ? (size_t)error.position : 0;
    if (!value && json_error_code(&error) == json_error_out_of_memory) return NA_NOMEM;
    if (!value) return note_syntax(wiki, text, at + used, error.text);
    na_status status = read_value(wiki, value);
    json_decref(value);
    NA_TRY(status);
    at += used;
    while (at < text.size && na_is_space(text.data[at])) at++;
  } while (at < text.size);
  return NA_OK;
}

na_status na_read_mediawiki_json (na_report *report, na_slice text, const na_read_options *options) {
  na_wiki wiki;
  na_wiki_start(&wiki, report, options);
  na_status status = text.size > NA_WIKI_API_BYTES ? na_wiki_problem(&wiki, NA_NONE, "wiki-answer-too-long",
                                                                     "more than %zu bytes", NA_WIKI_API_BYTES)
                                                   : read_values(&wiki, text);
  if (status == NA_OK) status = na_wiki_finish(&wiki);
  na_wiki_free(&wiki);
  return status;
}
