/* csrc/parse/wikitext_ref.c -- <ref>: notes that hold sources, and notes that are used again by their name. */
#include "base/map.h"
#include "base/memory.h"
#include "parse/wikitext_parser.h"

/* The sources of a note with a name. */
typedef struct na_wt_named {
  na_wt_source *sources;
  size_t count;
} na_wt_named;

/* The value of `name` in a tag; absent where there is none. */
static na_slice name_of (na_slice tag) {
  for (size_t at = 4; at + 5 < tag.size; at++) {
    if (memcmp(tag.data + at, "name", 4) != 0 || !na_is_space(tag.data[at - 1])) continue;
    at += 4;
    while (at < tag.size && na_is_space(tag.data[at])) at++;
    if (at == tag.size || tag.data[at] != '=') return NA_NONE;
    at++;
    while (at < tag.size && na_is_space(tag.data[at])) at++;
    char quote = at < tag.size && (tag.data[at] == '"' || tag.data[at] == '\'') ? tag.data[at++] : '\0';
    size_t from = at;
    while (at < tag.size && tag.data[at] != '>' &&
           (quote ? tag.data[at] != quote : !na_is_space(tag.data[at])))
      at++;
    if (!quote && at > from && tag.data[at - 1] == '/') at--;
    return na_slice_trim(na_slice_part(tag, from, at));
  }
  return NA_NONE;
}

/* Keeps the sources from `first` on under `name`; a name that is given twice keeps the first note. */
static na_status keep (na_wt_parser *parser, na_slice name, size_t first) {
  uint32_t *stored;
  bool fresh;
  size_t count = parser->source_count - first;
  if (!name.size || !count || na_map_get(parser->names, name) != NA_MAP_NONE) return NA_OK;
  void *named = parser->named;
  if (!na_grow(&named, &parser->named_capacity, parser->named_count, sizeof *parser->named)) return NA_NOMEM;
  parser->named = named;
  na_wt_named *kept = &parser->named[parser->named_count];
  *kept = (na_wt_named){ na_arena_alloc(parser->arena, count * sizeof *kept->sources), count };
  if (!kept->sources) return NA_NOMEM;
  memcpy(kept->sources, parser->sources + first, count * sizeof *kept->sources);
  NA_TRY(na_map_put(parser->names, name, (uint32_t)parser->named_count, &stored, &fresh));
  parser->named_count++;
  return NA_OK;
}

static na_status use_again (na_wt_parser *parser, na_slice name, const na_wt_mark *mark) {
  uint32_t found = name.size ? na_map_get(parser->names, name) : NA_MAP_NONE;
  if (found == NA_MAP_NONE)
    return na_wt_problem(parser, "wikitext-unknown-ref", mark->at, mark->at + mark->size);
  const na_wt_named *named = &parser->named[found];
  for (size_t i = 0; i < named->count; i++) {
    void *sources = parser->sources;
    if (!na_grow(&sources, &parser->source_capacity, parser->source_count, sizeof *parser->sources))
      return NA_NOMEM;
    parser->sources = sources;
    parser->sources[parser->source_count++] = named->sources[i];
  }
  return NA_OK;
}

na_status na_wt_ref (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to, size_t *at) {
  const na_wt_mark *open = &parser->marks.items[i];
  na_slice name = name_of(na_slice_part(parser->text, open->at, open->at + open->size));
  (void)out;
  (void)to;
  if (open->kind == NA_WT_REF_AGAIN) return parser->muted ? NA_OK : use_again(parser, name, open);
  const na_wt_mark *close = &parser->marks.items[open->match];
  size_t from = open->at + open->size, end = close->at, first = parser->source_count;
  *at = close->at + close->size;
  if (parser->muted) return na_wt_problem(parser, "wikitext-nested-source", open->at, *at);
  na_wt_text *text = na_wt_borrow(parser);
  if (!text) return NA_OK;
  na_slice rest = NA_NONE;
  parser->in_ref++;
  na_status status = na_wt_render(parser, text, from, end);
  if (status == NA_OK) status = na_wt_text_end(text, &rest);
  parser->in_ref--;
  bool nothing = parser->source_count == first && rest.size > 0;
  na_wt_give_back(parser);
  NA_TRY(status);
  if (nothing) NA_TRY(na_wt_problem(parser, "wikitext-ref-without-source", from, end));
  return keep(parser, name, first);
}
