/* csrc/parse/wikitext_template.c -- {{templates}} inside text: their arguments, and what is shown in their place. */
#include <stdlib.h>

#include "parse/wikitext_parser.h"
#include "text/language.h"

#define NAME_BYTES 64 /* of a template's name; longer ones are unknown anyway */

/* ---- arguments ---- */

static na_slice trimmed (const na_wt_parser *parser, size_t from, size_t to) {
  return na_slice_trim(na_slice_part(parser->text, from, to));
}

/* Where `text`, a part of the page, begins. */
static size_t place_of (const na_wt_parser *parser, na_slice text) {
  return (size_t)(text.data - parser->text.data);
}

/* Splits the inside of a template, behind its name. */
static void split_arguments (na_wt_parser *parser, size_t from, size_t to, na_wt_arguments *arguments) {
  size_t number = 1;
  arguments->count = 0;
  while (from < to && arguments->count < NA_WT_ARGUMENTS_MAX) {
    size_t end = na_wt_find_outside(&parser->marks, parser->text, '|', ++from, to);
    size_t equals = na_wt_find_outside(&parser->marks, parser->text, '=', from, end);
    na_wt_argument *argument = &arguments->items[arguments->count++];
    *argument = (na_wt_argument){ .number = equals == end ? number++ : 0 };
    if (equals < end) argument->name = trimmed(parser, from, equals);
    na_slice value = trimmed(parser, equals < end ? equals + 1 : from, end);
    argument->from = place_of(parser, value);
    argument->to = argument->from + value.size;
    from = end;
  }
}

const na_wt_argument *na_wt_argument_of (const na_wt_parser *parser, const na_wt_arguments *arguments,
                                         na_slice name) {
  size_t number = name.size == 1 && na_is_digit(name.data[0]) ? (size_t)(name.data[0] - '0') : 0;
  const na_wt_argument *found = NULL;
  (void)parser;
  for (size_t i = 0; i < arguments->count; i++) {
    const na_wt_argument *argument = &arguments->items[i];
    bool same =
        argument->name.data ? na_slice_equal(argument->name, name) : number && argument->number == number;
    if (same && argument->to > argument->from) found = argument;
  }
  return found;
}

/* ---- patterns ---- */

/* The argument of a slot "{lt|1}", given what is between its braces. */
static const na_wt_argument *slot_of (const na_wt_parser *parser, const na_wt_arguments *arguments,
                                      na_slice names) {
  const na_wt_argument *found = NULL;
  for (size_t at = 0; !found && at <= names.size;) {
    size_t end = na_slice_find(names, '|', at);
    found = na_wt_argument_of(parser, arguments, na_slice_part(names, at, end));
    at = end + 1;
  }
  return found;
}

/* Whether a slot of the optional part has something to show. */
static bool has_argument (const na_wt_parser *parser, const na_wt_arguments *arguments, na_slice part) {
  for (size_t at = 0; (at = na_slice_find(part, '{', at)) < part.size; at++) {
    size_t end = na_slice_find(part, '}', at);
    if (slot_of(parser, arguments, na_slice_part(part, at + 1, end))) return true;
  }
  return false;
}

static na_status show_pattern (na_wt_parser *parser, na_wt_text *out, const na_wt_arguments *arguments,
                               na_slice pattern) {
  for (size_t at = 0; at < pattern.size;) {
    char c = pattern.data[at];
    if (c == '{') {
      size_t end = na_slice_find(pattern, '}', at);
      const na_wt_argument *argument = slot_of(parser, arguments, na_slice_part(pattern, at + 1, end));
      if (argument) NA_TRY(na_wt_render(parser, out, argument->from, argument->to));
      at = end + 1;
    } else if (c == '[') {
      size_t end = na_slice_find(pattern, ']', at);
      if (has_argument(parser, arguments, na_slice_part(pattern, at + 1, end)))
        at++;
      else
        at = end + 1;
    } else if (c == ']') {
      at++;
    } else {
      size_t end = at;
      while (end < pattern.size && !strchr("{[]", pattern.data[end])) end++;
      NA_TRY(na_wt_put(out, na_slice_part(pattern, at, end)));
      at = end;
    }
  }
  return NA_OK;
}

/* A pattern's text as a copy in the arena; absent where it shows nothing. */
static na_status pattern_text (na_wt_parser *parser, const na_wt_arguments *arguments, na_slice pattern,
                               na_slice *copy) {
  *copy = NA_NONE;
  na_wt_text *text = pattern.data ? na_wt_borrow(parser) : NULL;
  if (!text) return NA_OK;
  na_slice all = NA_NONE;
  parser->muted++;
  na_status status = show_pattern(parser, text, arguments, pattern);
  if (status == NA_OK) status = na_wt_text_end(text, &all);
  parser->muted--;
  na_wt_give_back(parser);
  return status == NA_OK && all.size ? na_arena_copy(parser->arena, all, copy) : status;
}

/* A link made by a template. */
static na_status show_link (na_wt_parser *parser, na_wt_text *out, const na_wt_arguments *arguments,
                            na_slice text, na_slice link, na_slice interlanguage) {
  na_mention mention = { 0 };
  NA_TRY(pattern_text(parser, arguments, link, &mention.target));
  NA_TRY(pattern_text(parser, arguments, interlanguage, &mention.interlanguage));
  mention.missing = interlanguage.data != NULL;
  NA_TRY(na_wt_text_begin(out, mention.target));
  size_t from = out->bytes.size;
  parser->muted++;
  na_status status = show_pattern(parser, out, arguments, text.data ? text : link);
  parser->muted--;
  NA_TRY(status);
  if (out->bytes.size == from && mention.target.data) NA_TRY(na_wt_put(out, mention.target));
  if (parser->muted || parser->in_ref || !mention.target.data) return NA_OK;
  return na_wt_add_mention(parser, out, mention, from, 0);
}

/* ---- what templates do ---- */

static bool is_range_word (na_slice text) {
  static const char *const words[] = { "-",  "–",       "to", "and",    "or",   "x",
                                       "by", "&ndash;", "×",  "and(-)", "to(-)" };
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (na_slice_equal(text, na_slice_z(words[i]))) return true;
  return false;
}

/* {{convert|28.3|ft|m}}, {{convert|10|-|20|km}}: the measure as it was given, without the conversion. */
static na_status convert (na_wt_parser *parser, na_wt_text *out, const na_wt_arguments *arguments) {
  na_slice before = NA_NONE;
  for (size_t i = 0, shown = 0; i < arguments->count && shown < 6; i++) {
    const na_wt_argument *argument = &arguments->items[i];
    if (argument->name.data) continue;
    na_slice text = na_slice_part(parser->text, argument->from, argument->to);
    bool range = is_range_word(text),
         dash = range && (text.data[0] == '-' || (unsigned char)text.data[0] == 0xE2);
    bool after_dash = before.data && is_range_word(before) &&
                      (before.data[0] == '-' || (unsigned char)before.data[0] == 0xE2);
    if (shown && !dash && !after_dash) na_wt_put_blank(out);
    if (dash)
      NA_TRY(na_wt_put(out, NA_LITERAL("–")));
    else
      NA_TRY(na_wt_render(parser, out, argument->from, argument->to));
    if (shown && !range && !is_range_word(before)) break; /* that was the unit */
    before = text;
    shown++;
  }
  return NA_OK;
}

/* The language of the source beside: of the one before where it stands close, else of the next. */
static na_status language (na_wt_parser *parser, const na_wt_text *out, const na_wt_arguments *arguments,
                           na_slice name) {
  const na_wt_argument *argument = na_wt_argument_of(parser, arguments, NA_LITERAL("1"));
  if (na_slice_ends(name, NA_LITERAL(" icon"))) name.size -= 5;
  if (argument) name = na_slice_part(parser->text, argument->from, argument->to);
  na_slice code = na_language_of(name);
  na_source *last = na_wt_last_source(parser);
  if (!code.data || parser->muted) return NA_OK;
  if (last && !last->language.data && (out->gap || parser->in_ref))
    last->language = code;
  else
    parser->next_language = code;
  return NA_OK;
}

static na_status wikinews (na_wt_parser *parser, na_wt_text *out, const na_wt_arguments *arguments) {
  const na_wt_argument *argument = na_wt_argument_of(parser, arguments, NA_LITERAL("1"));
  na_source source = { .name = NA_LITERAL("Wikinews") };
  if (argument) NA_TRY(na_wt_plain(parser, argument->from, argument->to, &source.title));
  na_wt_text_source(out, false, false);
  return na_wt_add_source(parser, source, "interwiki");
}

/* What is dropped is reported where it held a link: no link is lost silently. */
static na_status drop (na_wt_parser *parser, const na_wt_arguments *arguments) {
  size_t i = na_wt_marks_index(&parser->marks, arguments->from + 2);
  for (; i < parser->marks.count && parser->marks.items[i].at < arguments->to; i++)
    if (parser->marks.items[i].kind == NA_WT_LINK || parser->marks.items[i].kind == NA_WT_URL)
      return na_wt_problem(parser, "wikitext-dropped-template", arguments->from, arguments->to);
  return NA_OK;
}

static na_status dead (na_wt_parser *parser, const na_wt_arguments *arguments) {
  na_source *last = na_wt_last_source(parser);
  if (!last)
    return na_wt_problem(parser, "wikitext-dead-link-without-source", arguments->from, arguments->to);
  last->dead = true;
  return NA_OK;
}

static na_status obey (na_wt_parser *parser, na_wt_text *out, const na_wt_arguments *arguments,
                       const na_wt_rule *rule, na_slice name) {
  switch (rule->action) {
  case NA_WT_SHOW:
    if (rule->link)
      return show_link(parser, out, arguments, na_slice_z(rule->text), na_slice_z(rule->link),
                       na_slice_z(rule->interlanguage));
    return show_pattern(parser, out, arguments, na_slice_z(rule->text));
  case NA_WT_CONVERT: return convert(parser, out, arguments);
  case NA_WT_CITE: return na_wt_cite(parser, out, arguments);
  case NA_WT_DEAD: return parser->muted ? NA_OK : dead(parser, arguments);
  case NA_WT_ARCHIVED: return na_wt_archived(parser, out, arguments);
  case NA_WT_LANGUAGE: return language(parser, out, arguments, name);
  case NA_WT_WIKINEWS: return parser->muted ? NA_OK : wikinews(parser, out, arguments);
  case NA_WT_DROP: break;
  }
  return drop(parser, arguments);
}

/* ---- finding the rule ---- */

static int compare_names (const void *key, const void *item) {
  return na_slice_compare(*(const na_slice *)key, ((const na_wikitext_template *)item)->name);
}

/* The template's name in lower case, underscores as blanks; absent where it is too long to be known. */
static na_slice name_of (na_slice raw, char name[NAME_BYTES]) {
  raw = na_slice_trim(raw);
  if (na_slice_starts(raw, NA_LITERAL("Template:")) || na_slice_starts(raw, NA_LITERAL("template:")))
    raw = na_slice_trim(na_slice_part(raw, 9, raw.size));
  if (raw.size > NAME_BYTES) return NA_NONE;
  for (size_t i = 0; i < raw.size; i++) {
    char c = raw.data[i] == '_' ? ' ' : raw.data[i];
    name[i] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
  }
  return na_slice_of(name, raw.size);
}

/* A code behind "lang-" or before " icon", or alone: {{es}}, {{es icon}}. */
static bool is_language_mark (na_slice name) {
  if (na_slice_ends(name, NA_LITERAL(" icon"))) name.size -= 5;
  return name.size >= 2 && name.size <= 3 && na_language_of(name).data;
}

static const na_wt_rule *built_in (na_slice name) {
  static const na_wt_rule mark = { .action = NA_WT_LANGUAGE },
                          first = { .action = NA_WT_SHOW, .text = "{1}" };
  static const na_wt_rule link = {
    .action = NA_WT_SHOW, .link = "{1}", .text = "{3|1}", .interlanguage = "{2}"
  };
  const na_wt_rule *rule = name.data ? na_wt_rule_of(name) : NULL;
  if (rule || !name.data) return rule;
  if (na_slice_starts(name, NA_LITERAL("cite "))) return na_wt_rule_of(NA_LITERAL("cite web"));
  if (na_slice_starts(name, NA_LITERAL("lang-"))) return &first;
  if (na_slice_starts(name, NA_LITERAL("link-"))) return &link;
  return is_language_mark(name) ? &mark : NULL;
}

static const na_wikitext_template *own_rule (const na_wikitext_options *options, na_slice name) {
  if (!name.data || !options->template_count) return NULL;
  return bsearch(&name, options->templates, options->template_count, sizeof *options->templates,
                 compare_names);
}

na_status na_wt_template (na_wt_parser *parser, na_wt_text *out, size_t i, size_t to, size_t *at) {
  const na_wt_mark *open = &parser->marks.items[i], *close = &parser->marks.items[open->match];
  na_wt_arguments arguments = { .from = open->at, .to = close->at + close->size };
  char bytes[NAME_BYTES];
  (void)to;
  *at = arguments.to;
  size_t pipe = na_wt_find_outside(&parser->marks, parser->text, '|', open->at + 2, close->at);
  na_slice name = name_of(na_slice_part(parser->text, open->at + 2, pipe), bytes);
  split_arguments(parser, pipe, close->at, &arguments);
  const na_wikitext_template *own = own_rule(parser->options, name);
  if (own && own->like.data) {
    name = own->like;
  } else if (own) {
    if (own->link.data) return show_link(parser, out, &arguments, own->text, own->link, own->interlanguage);
    return own->text.data ? show_pattern(parser, out, &arguments, own->text) : drop(parser, &arguments);
  }
  const na_wt_rule *rule = built_in(name);
  if (!rule) return na_wt_problem(parser, "wikitext-template", open->at, *at);
  return obey(parser, out, &arguments, rule, name);
}

na_status na_wt_unclosed_template (na_wt_parser *parser, size_t i, size_t to, size_t *at) {
  const na_wt_marks *marks = &parser->marks;
  size_t from = marks->items[i].at + marks->items[i].size,
         end = i + 1 < marks->count && marks->items[i + 1].at < to ? marks->items[i + 1].at : to;
  size_t pipe = na_slice_find(na_slice_part(parser->text, 0, end), '|', from);
  char bytes[NAME_BYTES];
  NA_TRY(na_wt_problem(parser, "wikitext-unclosed-template", marks->items[i].at, end));
  const na_wt_rule *rule = built_in(name_of(na_slice_part(parser->text, from, pipe), bytes));
  *at = rule && rule->action != NA_WT_SHOW && rule->action != NA_WT_CONVERT ? end
        : pipe < end                                                        ? pipe + 1
                                                                            : from;
  na_source *last = na_wt_last_source(parser);
  if (rule && rule->action == NA_WT_DEAD && last && !parser->muted) last->dead = true;
  return NA_OK;
}
