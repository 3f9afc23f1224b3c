#include "parse/mediawiki.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buffer.h"
#include "parse/pagetitle.h"
#include "parse/wikitext.h"

#define MESSAGE_BYTES 500 /* as long as a problem's message may be */

void na_wiki_start (na_wiki *wiki, na_report *report, const na_read_options *options) {
  *wiki = (na_wiki){ .report = report, .options = *options };
  report->files++;
}

void na_wiki_free (na_wiki *wiki) {
  na_map_free(&wiki->titles);
  na_arena_free(&wiki->arena);
}

na_status na_wiki_wants (na_wiki *wiki, na_slice title, bool *wanted) {
  na_page_title read;
  *wanted = na_page_title_read(title, &read);
  if (*wanted || wiki->others++) return NA_OK;
  return na_arena_copy(&wiki->arena, title, &wiki->other);
}

na_status na_wiki_problem (na_wiki *wiki, na_slice title, const char *code, const char *format, ...) {
  char message[MESSAGE_BYTES];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  return na_report_problem(wiki->report, wiki->options.path, 0, 0, code, "%.*s%s%s", (int)title.size,
                           title.data ? title.data : "", title.data ? ": " : "", message);
}

na_status na_wiki_finish (na_wiki *wiki) {
  if (!wiki->others) return NA_OK;
  return na_wiki_problem(wiki, NA_NONE, "wiki-other-pages", "%zu %s of the portal; the first is '%.*s'",
                         wiki->others, wiki->others == 1 ? "page is no day" : "pages are no days",
                         (int)wiki->other.size, wiki->other.data ? wiki->other.data : "");
}

/* ---- one page ---- */

/* "#REDIRECT [[...]]", which MediaWiki knows in the words of the wiki's language too. */
static bool is_redirect (na_slice text) {
  static const na_slice words[] = { { "#redirect", 9 },
                                    { "#\xE9\x87\x8D\xE5\xAE\x9A\xE5\x90\x91", 10 }, /* 重定向 */
                                    { "#\xE9\x87\x8D\xE6\x96\xB0\xE5\xB0\x8E\xE5\x90\x91",
                                      13 } }; /* 重新導向 */
  text = na_slice_trim(text);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t same = 0;
    while (same < words[i].size && same < text.size) {
      char c = text.data[same];
      if ((c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c) != words[i].data[same]) break;
      same++;
    }
    if (same == words[i].size) return true;
  }
  return false;
}

/* Whether two BCP 47 tags name the same language, whatever the script or region. */
static bool same_language (na_slice tag, na_slice other) {
  return na_slice_equal(na_slice_part(tag, 0, na_slice_find(tag, '-', 0)),
                        na_slice_part(other, 0, na_slice_find(other, '-', 0)));
}

/* Puts the title before the messages of the problems from `first` on. */
static na_status name_problems (na_wiki *wiki, na_slice title, size_t first) {
  na_buffer message = { 0 };
  na_status status = NA_OK;
  for (size_t i = first; i < wiki->report->problem_count && status == NA_OK; i++) {
    na_slice *old = &wiki->report->problems[i].message;
    message.size = 0;
    status = na_buffer_append(&message, title);
    if (status == NA_OK) status = na_buffer_append(&message, NA_LITERAL(": "));
    if (status == NA_OK) status = na_buffer_append(&message, *old);
    if (status == NA_OK) status = na_arena_copy(&wiki->report->arena, na_buffer_slice(&message), old);
  }
  na_buffer_free(&message);
  return status;
}

static na_status read_day (na_wiki *wiki, na_slice title, na_slice text, const na_page_title *page) {
  char date[NA_DATE_BYTES];
  na_day_format(page->day, date);
  na_read_options options = wiki->options;
  options.date = na_slice_of(date, NA_DATE_BYTES - 1);
  na_slice language = na_slice_z(page->language);
  if (!options.language.data || !same_language(options.language, language)) options.language = language;
  na_wikitext_options wanted = { 0 };
  if (options.wikitext) wanted = *options.wikitext;
  wanted.language = options.language;
  size_t files = wiki->report->files, problems = wiki->report->problem_count;
  na_status status = na_wikitext_read(wiki->report, text, &options, &wanted);
  wiki->report->files = files; /* the file is the one that holds the page */
  return status == NA_OK ? name_problems(wiki, title, problems) : status;
}

na_status na_wiki_take (na_wiki *wiki, na_slice title, na_slice text) {
  na_page_title page;
  if (!na_page_title_read(title, &page)) return NA_OK;
  if (is_redirect(text))
    return na_wiki_problem(wiki, title, "wiki-redirect", "the page only leads to another one");
  if (text.size > NA_WIKI_TEXT_BYTES)
    return na_wiki_problem(wiki, title, "wiki-page-too-long", "more than %zu bytes", NA_WIKI_TEXT_BYTES);
  uint32_t *number;
  bool fresh;
  na_slice key;
  NA_TRY(na_arena_copy(&wiki->arena, title, &key));
  NA_TRY(na_map_put(&wiki->titles, key, 0, &number, &fresh));
  if (!fresh)
    return na_wiki_problem(wiki, title, "wiki-duplicate", "the page comes twice; the first is taken");
  return read_day(wiki, title, text, &page);
}
