/* csrc/parse/wikitext_link.c -- [[links]]: what they lead to, what they show. */
#include "base/memory.h"
#include "parse/wikitext_parser.h"
#include "text/utf8.h"

#define PREFIX_BYTES_MAX 24 /* of a namespace or interwiki prefix; "wikispecies", "檔案" */

/* Where the parts of a link lie. */
typedef struct link {
  size_t from, to; /* inside the brackets */
  size_t pipe;     /* `to` where there is none */
  size_t target;   /* where the target begins, prefixes skipped */
  size_t hash;     /* of the section; `pipe` where there is none */
  bool colon, file, category;
  na_slice interwiki;
} link;

static const char *const file_names[] = { "file", "image", "media", "文件", "檔案",
                                          "档案", "图像",  "圖像",  "图片", "圖片" };
static const char *const category_names[] = { "category", "分类", "分類" };

/* Prefixes of sister projects. Those of other editions are codes of languages. */
static const char *const projects[] = {
  "b",           "c",          "commons",   "d",          "foundation", "m",          "meta",
  "mw",          "n",          "q",         "s",          "species",    "v",          "voy",
  "wikibooks",   "wikidata",   "wikimedia", "wikinews",   "wikiquote",  "wikisource", "wikispecies",
  "wikiversity", "wikivoyage", "wikt",      "wiktionary",
};
static const char *const editions[] = {
  "af",  "als", "ar", "arz", "ast", "az", "be",     "bg",         "bn",           "bs",  "ca",
  "ceb", "cs",  "cy", "da",  "de",  "el", "en",     "eo",         "es",           "et",  "eu",
  "fa",  "fi",  "fr", "gl",  "he",  "hi", "hr",     "hu",         "hy",           "id",  "is",
  "it",  "ja",  "ka", "kk",  "ko",  "la", "lt",     "lv",         "mk",           "ml",  "mr",
  "ms",  "my",  "nl", "nn",  "no",  "pl", "pt",     "ro",         "ru",           "sh",  "simple",
  "sk",  "sl",  "sq", "sr",  "sv",  "sw", "ta",     "te",         "th",           "tl",  "tr",
  "uk",  "ur",  "uz", "vi",  "yue", "zh", "zh-yue", "zh-min-nan", "zh-classical", "wuu",
};

static bool is_one_of (const char *name, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(name, names[i]) == 0) return true;
  return false;
}
#define IS_ONE_OF(name, names) is_one_of(name, names, sizeof(names) / sizeof *(names))

/* The prefix at the start of `text`, in lower case; gives the bytes up to and with its colon, 0 where there is none. */
static size_t prefix_at (na_slice text, char name[PREFIX_BYTES_MAX]) {
  size_t at = 0, size = 0;
  if (!text.size || !memchr(text.data, ':', text.size < PREFIX_BYTES_MAX ? text.size : PREFIX_BYTES_MAX))
    return 0;
  while (at < text.size && text.data[at] == ' ') at++;
  for (; at < text.size && size + 1 < PREFIX_BYTES_MAX; at++) {
    char c = text.data[at];
    if (c == ':') {
      while (size && name[size - 1] == ' ') size--;
      name[size] = '\0';
      return size ? at + 1 : 0;
    }
    if (strchr("|#[]{}<>", c)) return 0;
    name[size++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c == '_' ? ' ' : c);
  }
  return 0;
}

bool na_wt_is_file (na_slice target) {
  char name[PREFIX_BYTES_MAX];
  return prefix_at(target, name) && IS_ONE_OF(name, file_names);
}

/* Skips prefixes: a leading colon, files and categories, "w:" (which leads here), sister projects and other editions. */
static void take_prefixes (const na_wt_parser *parser, link *found) {
  char name[PREFIX_BYTES_MAX];
  size_t size, at = found->from;
  while (at < found->pipe && parser->text.data[at] == ' ') at++;
  if (at < found->pipe && parser->text.data[at] == ':') found->colon = true, at++;
  while ((size = prefix_at(na_slice_part(parser->text, at, found->pipe), name)) > 0) {
    found->file |= IS_ONE_OF(name, file_names);
    found->category |= IS_ONE_OF(name, category_names);
    bool here = strcmp(name, "w") == 0 || strcmp(name, "wikipedia") == 0;
    bool elsewhere = IS_ONE_OF(name, projects) || IS_ONE_OF(name, editions);
    if (found->interwiki.data || !(here || elsewhere)) break;
    if (strcmp(name, "wikipedia") == 0 && !found->colon) break; /* the project's own pages */
    if (elsewhere) found->interwiki = na_slice_trim(na_slice_part(parser->text, at, at + size - 1));
    at += size;
  }
  found->target = at;
}

/* ---- targets ---- */

static int hex (char c) {
  return na_is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* "%E2%80%93" as the bytes it stands for, '_' as a blank. Kept as written where that would be no UTF-8 or no title. */
static na_status decode (na_arena *arena, na_slice text, na_slice *decoded) {
  char *bytes = na_arena_alloc(arena, text.size + 1);
  if (!bytes) return NA_NOMEM;
  size_t size = 0;
  bool good = true;
  for (size_t i = 0; i < text.size; i++) {
    int high = -1, low = -1;
    if (text.data[i] == '%' && i + 2 < text.size) high = hex(text.data[i + 1]), low = hex(text.data[i + 2]);
    char c = text.data[i] == '_' ? ' ' : text.data[i];
    if (high >= 0 && low >= 0) {
      c = (char)(high << 4 | low);
      good &= !strchr("[]{}|<>'", c) && (unsigned char)c >= 0x20;
      i += 2;
    }
    bytes[size++] = c;
  }
  good &= na_utf8_valid(na_slice_of(bytes, size)) == size;
  for (size_t i = 0; !good && i < text.size; i++) bytes[i] = text.data[i] == '_' ? ' ' : text.data[i];
  if (!good) size = text.size;
  *decoded = na_slice_trim(na_slice_of(bytes, size));
  return NA_OK;
}

/* Whether the bytes are a title as they stand: no markup, no references, no odd blanks. */
static bool is_plain (na_slice text) {
  static const bool odd[256] = {
    [0 ... 0x1F] = true, ['&'] = true,  ['<'] = true,  ['>'] = true,  ['%'] = true,  ['_'] = true,
    ['['] = true,        [']'] = true,  ['{'] = true,  ['}'] = true,  ['\''] = true, ['|'] = true,
    ['-'] = true,        [0xC2] = true, [0xE2] = true, [0xE3] = true, [0xEF] = true,
  };
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c == '\'' || c == '-') { /* one is a letter like others */
      if (i + 1 < text.size && (text.data[i + 1] == '\'' || text.data[i + 1] == '{')) return false;
    } else if (c == 0xE2) { /* dashes and quotation marks are plain */
      if (i + 2 >= text.size || (unsigned char)text.data[i + 1] != 0x80) return false;
      unsigned char last = (unsigned char)text.data[i + 2];
      if (last < 0x90 || last > 0xA7) return false;
      i += 2;
    } else if (odd[c] || (c == ' ' && i + 1 < text.size && text.data[i + 1] == ' ')) {
      return false;
    }
  }
  return true;
}

static na_status title_of (na_wt_parser *parser, size_t from, size_t to, na_slice *title) {
  na_slice raw = na_slice_trim(na_slice_part(parser->text, from, to));
  *title = NA_NONE;
  if (!raw.size) return NA_OK;
  if (is_plain(raw)) return na_arena_copy(parser->arena, raw, title);
  na_slice plain;
  NA_TRY(na_wt_plain(parser, from, to, &plain));
  if (!plain.data) return NA_OK;
  NA_TRY(decode(parser->arena, plain, &plain));
  /* decoding may have made blanks and quotes that are not to be */
  na_wt_text *text = na_wt_borrow(parser);
  na_status status = NA_OK;
  if (text) {
    status = na_wt_put(text, plain);
    if (status == NA_OK) status = na_wt_text_end(text, &plain);
    if (status == NA_OK && plain.size) status = na_arena_copy(parser->arena, plain, title);
    na_wt_give_back(parser);
  }
  return status;
}

static bool is_title (na_slice title) {
  for (size_t i = 0; i < title.size; i++)
    if (strchr("[]{}|<>", title.data[i])) return false;
  return true;
}

/* ---- what is shown ---- */

/* Shows the label, or what stands for it; `*from` is where it begins in `out`. */
static na_status show (na_wt_parser *parser, na_wt_text *out, const link *found, na_slice title,
                       size_t *from) {
  size_t label = found->pipe < found->to ? found->pipe + 1 : found->from + found->colon;
  na_slice next = na_slice_trim(na_slice_part(parser->text, label, found->to));
  NA_TRY(na_wt_text_begin(out, next));
  *from = out->bytes.size;
  parser->muted++;
  na_status status = NA_OK;
  if (found->pipe == found->to && title.data && found->target == found->from && found->hash == found->to)
    status = na_wt_put(out, title);
  else
    status = na_wt_render(parser, out, label, found->to);
  parser->muted--;
  if (status == NA_OK && out->bytes.size == *from && title.data) status = na_wt_put(out, title);
  return status;
}

/* "[[Israel]]i": letters right behind belong to the label. Chinese has no such letters. */
static na_status trail (na_wt_parser *parser, na_wt_text *out, size_t limit, size_t *at) {
  size_t from = *at;
  if (parser->chinese) return NA_OK;
  while (*at < limit && parser->text.data[*at] >= 'a' && parser->text.data[*at] <= 'z') ++*at;
  return na_wt_put(out, na_slice_part(parser->text, from, *at));
}

static bool is_wikinews (na_slice interwiki) {
  return interwiki.data &&
         (interwiki.size == 1 ? (interwiki.data[0] | 32) == 'n'
                              : interwiki.size == 8 && memcmp(interwiki.data + 1, "ikinews", 7) == 0);
}

/* A link to Wikinews whose label is that name, or stands in parentheses, is a source without an address. */
static na_status wikinews (na_wt_parser *parser, na_wt_text *out, const link *found, na_slice title,
                           bool *taken) {
  static const na_slice names[] = { { "Wikinews", 8 }, { "維基新聞", 12 }, { "维基新闻", 12 } };
  na_slice label = NA_NONE;
  *taken = false;
  if (found->pipe == found->to) return NA_OK;
  NA_TRY(na_wt_plain(parser, found->pipe + 1, found->to, &label));
  if (!label.data) return NA_OK;
  bool enclosed = label.size > 2 && label.data[0] == '(' && label.data[label.size - 1] == ')';
  if (enclosed) label = na_slice_trim(na_slice_part(label, 1, label.size - 1));
  if (!label.size) label = NA_NONE; /* "( )" */
  for (size_t i = 0; i < 3; i++) *taken |= na_slice_starts(label, names[i]);
  *taken |= enclosed;
  if (!*taken) return NA_OK;
  na_wt_text_source(out, false, false);
  return na_wt_add_source(parser, (na_source){ .name = label, .title = title }, "interwiki");
}

static na_status media (na_wt_parser *parser, const na_wt_mark *open, size_t end) {
  na_wikitext_page *page = parser->page;
  void *items = page->media;
  if (!na_grow(&items, &page->media_capacity, page->media_count, sizeof *page->media)) return NA_NOMEM;
  page->media = items;
  na_wikitext_media *item = &page->media[page->media_count++];
  *item = (na_wikitext_media){ .line = parser->line };
  page->seen++;
  return na_arena_copy(parser->arena, na_slice_part(parser->text, open->at, end), &item->raw);
}

/* "[[[[A|b]]|c]]": a link cannot begin with a link. The outer brackets are dropped. */
static bool begins_with_link (na_wt_parser *parser, const link *found) {
  size_t i = na_wt_marks_index(&parser->marks, found->from);
  for (; i < parser->marks.count && parser->marks.items[i].at < found->pipe; i++)
    if (parser->marks.items[i].kind == NA_WT_LINK || parser->marks.items[i].kind == NA_WT_URL) return true;
  return false;
}

static na_status mention (na_wt_parser *parser, na_wt_text *out, const link *found, na_slice title,
                          size_t limit, size_t *at) {
  size_t from;
  na_mention said = { .target = title };
  if (found->hash < found->pipe) NA_TRY(title_of(parser, found->hash + 1, found->pipe, &said.section));
  if (found->interwiki.data) NA_TRY(na_arena_copy(parser->arena, found->interwiki, &said.interwiki));
  NA_TRY(show(parser, out, found, title, &from));
  NA_TRY(trail(parser, out, limit, at));
  if (parser->muted || parser->in_ref) return NA_OK;
  if (!said.target.data && !said.section.data) return NA_OK;
  return na_wt_add_mention(parser, out, said, from, 0);
}

na_status na_wt_link (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to, size_t *at) {
  const na_wt_mark *open = &parser->marks.items[i], *close = &parser->marks.items[open->match];
  link found = { .from = open->at + 2, .to = close->at };
  found.pipe = na_wt_find_outside(&parser->marks, parser->text, '|', found.from, found.to);
  *at = close->at + 2;
  take_prefixes(parser, &found);
  if (found.file && !found.colon) return parser->muted ? NA_OK : media(parser, open, *at);
  if (found.category && !found.colon) return na_wt_problem(parser, "wikitext-category", open->at, *at);
  if (begins_with_link(parser, &found)) {
    NA_TRY(na_wt_problem(parser, "wikitext-extra-brackets", open->at, *at));
    return na_wt_render(parser, out, found.from, found.to);
  }
  if (parser->muted || parser->in_ref) NA_TRY(na_wt_problem(parser, "wikitext-nested-link", open->at, *at));
  found.hash = na_slice_find(na_slice_part(parser->text, 0, found.pipe), '#', found.target);
  na_slice title;
  NA_TRY(title_of(parser, found.target, found.hash, &title));
  if (!is_title(title) || (!title.data && found.hash == found.pipe)) {
    NA_TRY(na_wt_problem(parser, "wikitext-bad-target", open->at, *at));
    return na_wt_render(parser, out, found.pipe < found.to ? found.pipe + 1 : found.from, found.to);
  }
  if (is_wikinews(found.interwiki) && !parser->muted) {
    bool taken;
    NA_TRY(wikinews(parser, out, &found, title, &taken));
    if (taken) return NA_OK;
  }
  return mention(parser, out, &found, title, to, at);
}
