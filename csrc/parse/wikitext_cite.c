/* csrc/parse/wikitext_cite.c -- {{cite ...}} and {{Webarchive}}: sources written as templates. */
#include "parse/wikitext_parser.h"
#include "text/language.h"

/* The plain text of the first of the arguments that is there. */
static na_status first_of (na_wt_parser *parser, const na_wt_arguments *arguments, const char *const *names,
                           na_slice *text) {
  *text = NA_NONE;
  for (; *names && !text->data; names++) {
    const na_wt_argument *argument = na_wt_argument_of(parser, arguments, na_slice_z(*names));
    if (argument) NA_TRY(na_wt_plain(parser, argument->from, argument->to, text));
  }
  return NA_OK;
}

/* An address as it stands, up to the first byte that no address has. */
static na_slice address_of (const na_wt_parser *parser, const na_wt_arguments *arguments, const char *name) {
  const na_wt_argument *argument = na_wt_argument_of(parser, arguments, na_slice_z(name));
  if (!argument) return NA_NONE;
  na_slice text = na_slice_part(parser->text, argument->from, argument->to);
  while (text.size && (text.data[0] == '[' || text.data[0] == '<')) text = na_slice_part(text, 1, text.size);
  size_t size = 0;
  while (size < text.size && !na_is_space(text.data[size]) && !strchr("[]<>{}\"", text.data[size])) size++;
  return size ? na_slice_part(text, 0, size) : NA_NONE;
}

static bool says (const na_wt_parser *parser, const na_wt_arguments *arguments, const char *name,
                  const char *value) {
  const na_wt_argument *argument = na_wt_argument_of(parser, arguments, na_slice_z(name));
  return argument &&
         na_slice_starts(na_slice_part(parser->text, argument->from, argument->to), na_slice_z(value));
}

static na_status names_of (na_wt_parser *parser, const na_wt_arguments *arguments, na_source *source) {
  static const char *const works[] = { "work",       "newspaper", "website",      "journal", "magazine",
                                       "periodical", "agency",    "encyclopedia", NULL };
  static const char *const publishers[] = { "publisher", "institution", "agency", NULL };
  static const char *const via[] = { "via", NULL };
  NA_TRY(first_of(parser, arguments, publishers, &source->publisher));
  NA_TRY(first_of(parser, arguments, works, &source->name));
  NA_TRY(first_of(parser, arguments, via, &source->via));
  if (!source->name.data) source->name = source->publisher;
  if (na_slice_equal(source->name, source->publisher)) source->publisher = NA_NONE;
  return NA_OK;
}

static na_status details_of (na_wt_parser *parser, const na_wt_arguments *arguments, na_source *source) {
  static const char *const titles[] = { "title", "script-title", "chapter", "1", NULL };
  static const char *const languages[] = { "language", "lang", NULL };
  na_slice language;
  NA_TRY(first_of(parser, arguments, titles, &source->title));
  if (na_slice_equal(source->title, NA_LITERAL("Archived copy")))
    source->title = NA_NONE; /* a robot's stand-in */
  NA_TRY(first_of(parser, arguments, languages, &language));
  source->language = language.data ? na_language_of(language) : NA_NONE;
  if (!source->language.data) source->language = language;
  source->dead = says(parser, arguments, "url-status", "dead") || says(parser, arguments, "deadurl", "y") ||
                 says(parser, arguments, "dead-url", "y");
  return NA_OK;
}

na_status na_wt_cite (na_wt_parser *parser, na_wt_text *out, const na_wt_arguments *arguments) {
  na_source source = { .url = address_of(parser, arguments, "url") };
  na_slice archive = address_of(parser, arguments, "archive-url");
  if (!archive.data) archive = address_of(parser, arguments, "archiveurl");
  if (parser->muted) return na_wt_problem(parser, "wikitext-nested-source", arguments->from, arguments->to);
  NA_TRY(names_of(parser, arguments, &source));
  NA_TRY(details_of(parser, arguments, &source));
  if (source.url.data && archive.data) NA_TRY(na_arena_copy(parser->arena, archive, &source.archive_url));
  if (!source.url.data) source.url = archive;
  if (!source.url.data) {
    NA_TRY(na_wt_problem(parser, "wikitext-cite-without-url", arguments->from, arguments->to));
    if (!source.title.data && !source.name.data) return NA_OK;
  }
  if (!parser->in_ref) na_wt_text_source(out, false, false);
  return na_wt_add_source(parser, source, parser->in_ref ? "ref-cite" : "cite");
}

na_status na_wt_archived (na_wt_parser *parser, na_wt_text *out, const na_wt_arguments *arguments) {
  na_slice archive = address_of(parser, arguments, "url");
  na_source *last = na_wt_last_source(parser);
  if (!archive.data || parser->muted)
    return na_wt_problem(parser, "wikitext-archive-without-source", arguments->from, arguments->to);
  if (last) return na_arena_copy(parser->arena, archive, &last->archive_url);
  if (!parser->in_ref) na_wt_text_source(out, false, false);
  return na_wt_add_source(parser, (na_source){ .url = archive }, parser->in_ref ? "ref-cite" : "cite");
}
