/* csrc/parse/wikitext_parser.h -- what the files of the wikitext parser share. */
#ifndef NA_PARSE_WIKITEXT_PARSER_H
#define NA_PARSE_WIKITEXT_PARSER_H

#include "base/buffer.h"
#include "parse/wikitext.h"

#define NA_WT_NEST_MAX      ((size_t)40) /* constructs within constructs; real text nests 4 deep */
#define NA_WT_ARGUMENTS_MAX ((size_t)40) /* of a template; the citation with most has 20 */
#define NA_WT_GAP_BYTES     ((size_t)48) /* of separators around sources; more is taken for text */

/* ---- text: wikitext_text.c ---- */

/* How a character behaves beside a source that is cut out of the text. */
typedef enum na_wt_class {
  NA_WT_WORD,
  NA_WT_BLANK,
  NA_WT_COMMA,
  NA_WT_STOP,
  NA_WT_OPEN,
  NA_WT_CLOSE
} na_wt_class;

/*
** Plain text in the making. Blanks are collapsed as they come, and no two bytes are put side by side that would read as
** markup, so that what is in it is final but for its end. A "gap" is the place of one or several sources: the separators
** around them are held back until it is known whether text follows.
*/
typedef struct na_wt_text {
  na_buffer bytes;
  size_t fixed;           /* nothing before this is taken back: the end of the last link */
  size_t parens, counted; /* parentheses open in the first `counted` bytes */
  size_t resumed;         /* where text went on behind the last source; 0 where it did not */
  bool blank;             /* a blank is due before the next character */
  bool gap;
  bool gap_blank;  /* there was a blank before the gap */
  char openers[8]; /* brackets opened just before a source: '(' '<' and, opened inside a source's name, 'x' */
  size_t opener_count;
  char after[NA_WT_GAP_BYTES]; /* what came behind the last source */
  size_t after_size;
} na_wt_text;

void na_wt_text_reset (na_wt_text *text);

/* Each appends, and fails only for want of memory. na_wt_put takes any UTF-8; blanks in it collapse. */
na_status na_wt_put (na_wt_text *text, na_slice bytes);
na_status na_wt_put_char (na_wt_text *text, uint32_t c);
void na_wt_put_blank (na_wt_text *text);

/* Says that a link begins, whose first character is the one at the start of `next`: its label starts at bytes.size. */
na_status na_wt_text_begin (na_wt_text *text, na_slice next);

/* Says that a source stands here. `opened` and `closed`: its name has a parenthesis too much at that end. */
void na_wt_text_source (na_wt_text *text, bool opened, bool closed);

/* Whether a parenthesis was opened just before here; whether what is before here ends a sentence (or is nothing). */
bool na_wt_text_opened (const na_wt_text *text);
bool na_wt_text_stopped (const na_wt_text *text);

/* The text is complete: closes the gap and gives what there is. Valid until the next reset. */
na_status na_wt_text_end (na_wt_text *text, na_slice *all);

/* The class of the first character and its bytes (1 at least). */
na_wt_class na_wt_class_of (na_slice text, size_t *size);

/* Whether the first character is a Chinese, Japanese or Korean one, or full-width punctuation. */
bool na_wt_is_wide (na_slice text);
bool na_wt_ends_wide (na_slice text);

/* Whether the text ends a sentence: a full stop, perhaps with quotation marks behind. */
bool na_wt_ends_sentence (na_slice text);

/* ---- marks: wikitext_marks.c ---- */

typedef enum na_wt_mark_kind {
  NA_WT_LINK,     /* [[ */
  NA_WT_LINK_END, /* ]] */
  NA_WT_URL,      /* [http:// */
  NA_WT_URL_END,  /* ] */
  NA_WT_TEMPLATE, /* {{ */
  NA_WT_TEMPLATE_END,
  NA_WT_VARIANT, /* -{ */
  NA_WT_VARIANT_END,
  NA_WT_REF,       /* <ref ...> */
  NA_WT_REF_END,   /* </ref> */
  NA_WT_REF_AGAIN, /* <ref name=... /> */
  NA_WT_NEWLINE,
} na_wt_mark_kind;

#define NA_WT_UNMATCHED UINT32_MAX

/* Small, as a hostile page has one for every two bytes: places fit 32 bits, see NA_WIKITEXT_BYTES_MAX. */
typedef struct na_wt_mark {
  na_wt_mark_kind kind;
  uint32_t
      match; /* index of the other end, or NA_WT_UNMATCHED; of a single ']' the link that it may half close */
  uint32_t at, size;
} na_wt_mark;

/* The brackets of a stretch of text, each with its partner: found in one pass, so that nothing is ever searched for again. */
typedef struct na_wt_marks {
  na_wt_mark *items;
  size_t count, capacity;
  size_t found;  /* index that was asked for last */
  bool too_deep; /* something nested deeper than NA_WT_NEST_MAX and was left as text */
} na_wt_marks;

/*
** Finds the marks of text[from, *to), or of its first lines: where a line ends and nothing is open that lines can be in,
** *to becomes that place. So marks are as many as one item has. Fails only for want of memory.
*/
na_status na_wt_marks_find (na_wt_marks *marks, na_slice text, size_t from, size_t *to);

/* Index of the first mark at or behind `at`. Takes the longer the farther that is from where it was found last. */
size_t na_wt_marks_index (na_wt_marks *marks, size_t at);

/* The place of the first `c` in [from, to) that is not inside a matched construct; `to` where there is none. */
size_t na_wt_find_outside (na_wt_marks *marks, na_slice text, char c, size_t from, size_t to);

/* Bytes of the scheme ("https://", "//", "mailto:") at the start of `text`; 0 where there is none. */
size_t na_wt_scheme (na_slice text);

/* ---- the parser ---- */

/* A mention whose texts still lie in the text in the making. */
typedef struct na_wt_mention {
  na_mention mention;
  size_t from, to; /* of the label */
  size_t same;     /* where the target is absent: it is the label's first `same` bytes */
} na_wt_mention;

typedef struct na_wt_source {
  na_source source;
  const char *style;
} na_wt_source;

/* Where bytes were taken out of the page before it was parsed. */
typedef struct na_wt_cut {
  size_t at, bytes, lines; /* place in the clean text; taken out up to here, in all */
} na_wt_cut;

typedef struct na_wt_parser {
  na_arena *arena;
  na_wikitext_page *page;
  const na_wikitext_options *options;
  const char *const *chain; /* Chinese variants in the order in which they are wanted */
  bool chinese;

  na_buffer clean; /* the page without comments */
  na_slice text;   /* the same, as a slice */
  na_wt_cut *cuts;
  size_t cut_count, cut_capacity, cut_at;

  na_wt_marks marks;
  size_t line, line_at; /* of the item in hand: its number (0 before the first), its place */
  size_t counted_to, newlines;
  bool full;       /* more items than NA_WIKITEXT_ITEMS_MAX */
  size_t odd_bold; /* place of three apostrophes that are one and italic, or NA_WIKITEXT_NONE */
  size_t ahead_to; /* what follows the sources up to here is known: */
  na_wt_class ahead;

  na_wt_text words; /* of the item in hand */
  na_wt_text scratch[NA_WT_NEST_MAX];
  size_t scratch_used;
  size_t muted;                /* inside a label or an argument: links are text, sources are none */
  size_t in_ref;               /* inside <ref> */
  size_t rendered, render_max; /* bytes and marks; patterns may show an argument more than once */
  na_wt_mention *mentions;
  size_t mention_count, mention_capacity;
  na_wt_source *sources;
  size_t source_count, source_capacity;
  na_slice next_language; /* of the source that comes next */
  struct na_wt_named *named;
  size_t named_count, named_capacity;
  struct na_map *names;

  na_day day;
  int year, month; /* of headings that say only the day; 0 where unknown */
  na_slice category;
  size_t open[NA_WIKITEXT_DEPTH_MAX + 1]; /* the open item of each depth */
  size_t problems;                        /* met, also those that were too many to keep */
} na_wt_parser;

/* The number of the line at `at` of the clean text; counted anew only where that is before where it was asked for last. */
size_t na_wt_line_at (na_wt_parser *parser, size_t at);

/* Notes a problem at the clean text's [from, to). Fails only for want of memory. */
na_status na_wt_problem (na_wt_parser *parser, const char *code, size_t from, size_t to);

/* Fills `clean` and `text` with the page without comments, nowiki and carriage returns: wikitext_clean.c */
na_status na_wt_clean (na_wt_parser *parser, na_slice raw);

/* Finds the wrapper, takes its date and blanks it out of the text: wikitext_wrapper.c */
na_status na_wt_unwrap (na_wt_parser *parser);

/* Reads the lines of the text into items: wikitext_lines.c */
na_status na_wt_read_lines (na_wt_parser *parser);

/* Appends text[from, to) to `out` as plain text; mentions and sources are noted beside: wikitext_inline.c */
na_status na_wt_render (na_wt_parser *parser, na_wt_text *out, size_t from, size_t to);

/*
** Where italic and bold are both left open in [from, to), one "'''" is an apostrophe and italic ("''[[Ted]]'''s"): its place,
** or NA_WIKITEXT_NONE. The rule is MediaWiki's.
*/
size_t na_wt_odd_bold (na_slice text, size_t from, size_t to);

/* The plain text of [from, to), muted, as a copy in the arena; absent where nothing is left. */
na_status na_wt_plain (na_wt_parser *parser, size_t from, size_t to, na_slice *plain);

/* A cleared text for a while, or NULL where too many are in use; given back in reverse order. */
na_wt_text *na_wt_borrow (na_wt_parser *parser);
void na_wt_give_back (na_wt_parser *parser);

/* Each handles the mark `i` and moves *at behind its construct. */
na_status na_wt_link (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to,
                      size_t *at); /* wikitext_link.c */
na_status na_wt_template (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to,
                          size_t *at); /* wikitext_template.c */
na_status na_wt_variant (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to,
                         size_t *at); /* wikitext_variant.c */
na_status na_wt_url (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to,
                     size_t *at); /* wikitext_source.c */
na_status na_wt_ref (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to,
                     size_t *at); /* wikitext_ref.c */

/* A template that is never closed: what of it would not be shown is skipped up to the next mark. */
na_status na_wt_unclosed_template (na_wt_parser *parser, size_t i, size_t to, size_t *at);

/* Adds a mention: label [from, to) of `out`; an absent target is the label's first `same` bytes. */
na_status na_wt_add_mention (na_wt_parser *parser, na_wt_text *out, na_mention mention, size_t from,
                             size_t same);

/* The order of variants wanted: for "zh-tw" and the like; what is unknown is as "zh-cn". */
const char *const *na_wt_variant_chain (na_slice variant);

/* Whether [from, to) opens with the name of files ("File:", "檔案:"). */
bool na_wt_is_file (na_slice link);

/* ---- sources: wikitext_source.c ---- */

/* A bare address at `from`: notes it as a source and moves *at behind it. */
na_status na_wt_bare_url (na_wt_parser *parser, na_wt_text *out, size_t from, size_t to, size_t *at);

/* Appends a source of the item in hand; takes a Wayback address apart. */
na_status na_wt_add_source (na_wt_parser *parser, na_source source, const char *style);

/* The last source of the item in hand, or NULL. */
na_source *na_wt_last_source (na_wt_parser *parser);

/* ---- templates: wikitext_template.c, wikitext_cite.c, wikitext_rules.c ---- */

/* An argument: its name or number, and where its value lies. */
typedef struct na_wt_argument {
  na_slice name; /* absent for positional ones */
  size_t number, from, to;
} na_wt_argument;

typedef struct na_wt_arguments {
  na_wt_argument items[NA_WT_ARGUMENTS_MAX];
  size_t count;
  size_t from, to; /* of the whole template, braces included */
} na_wt_arguments;

/* The argument called `name` (digits for a positional one), or NULL where it is absent or blank. The last one counts. */
const na_wt_argument *na_wt_argument_of (const na_wt_parser *parser, const na_wt_arguments *arguments,
                                         na_slice name);

typedef enum na_wt_action {
  NA_WT_SHOW, /* by its patterns */
  NA_WT_DROP,
  NA_WT_CONVERT, /* a number and its unit */
  NA_WT_CITE,
  NA_WT_DEAD,
  NA_WT_ARCHIVED,
  NA_WT_LANGUAGE, /* of a source: {{in lang|es}}, {{es icon}} */
  NA_WT_WIKINEWS,
} na_wt_action;

typedef struct na_wt_rule {
  const char *name;
  na_wt_action action;
  const char *text, *link, *interlanguage;
} na_wt_rule;

/* The built-in rule for a template's name (lower case), or NULL. */
const na_wt_rule *na_wt_rule_of (na_slice name);

/* {{cite ...}}, {{Webarchive}}: wikitext_cite.c */
na_status na_wt_cite (na_wt_parser *parser, na_wt_text *out, const na_wt_arguments *arguments);
na_status na_wt_archived (na_wt_parser *parser, na_wt_text *out, const na_wt_arguments *arguments);

/* ---- dates: wikitext_date.c ---- */

/* A date that may lack its year or its day; 0 where it says none. */
typedef struct na_wt_date {
  int year, month, day;
} na_wt_date;

/*
** Reads a date in English or Chinese words or in ISO 8601: "2005 January 8", "January 8, 2005 (Saturday)", "2019年3月3日",
** "9月", "September 2007". `whole`: nothing else may stand there. False where there is no month.
*/
bool na_wt_date_read (na_slice text, bool whole, na_wt_date *date);

/* The month's number of a name or of digits; 0 where it is none. */
int na_wt_month_of (na_slice text);

#endif
