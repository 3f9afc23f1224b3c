#include "parse/readers.h"

#include "parse/article.h"
#include "parse/context.h"
#include "parse/dayfile.h"
#include "parse/json.h"
#include "parse/mediawiki_api.h"
#include "parse/mediawiki_export.h"
#include "parse/wikitext.h"

static const struct {
  const char *name;
  na_reader *reader;
} readers[] = {
  { "context", na_read_context },
  { "dayfile", na_read_dayfile },
  { "jsonl", na_read_jsonl },
  { "markdown", na_read_markdown },
  { "mediawiki-json", na_read_mediawiki_json },
  { "mediawiki-xml", na_read_mediawiki_xml },
  { "wikitext", na_read_wikitext },
};

#define COUNT (sizeof readers / sizeof *readers)

na_reader *na_reader_of (na_slice name) {
  for (size_t i = 0; i < COUNT; i++)
    if (na_slice_equal(name, na_slice_z(readers[i].name))) return readers[i].reader;
  return NULL;
}

const char *na_reader_name (size_t i) {
  return i < COUNT ? readers[i].name : NULL;
}
