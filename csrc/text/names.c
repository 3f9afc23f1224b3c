#include "text/names.h"

#include "base/memory.h"
#include "text/utf8.h"

void na_names_free (na_names *names) {
  na_fold_close(&names->fold);
  na_lookup_free(&names->heads);
  na_sieve_free(&names->sieve);
  na_free(names->items);
  na_buffer_free(&names->texts);
  *names = (na_names){ 0 };
}

void na_spans_free (na_spans *spans) {
  na_free(spans->items);
  *spans = (na_spans){ 0 };
}

const char *na_name_fault_code (na_name_fault fault) {
  static const char *const codes[] = { "name-fine",     "name-empty",   "name-long",   "name-parts",
                                       "name-encoding", "name-control", "name-crowded" };
  return codes[fault];
}

na_slice na_names_text (const na_names *names, uint32_t number) {
  const na_name *name = &names->items[number];
  return na_slice_of(names->texts.data + name->text, name->size);
}

size_t na_names_bytes (const na_names *names) {
  size_t sieve =
      names->sieve.words ? ((size_t)1 << (64 - names->sieve.shift)) * sizeof *names->sieve.words : 0;
  return names->heads.capacity * (sizeof *names->heads.keys + sizeof *names->heads.numbers) + sieve +
         names->capacity * sizeof *names->items + names->texts.capacity;
}

/* ---- a name in pieces ---- */

typedef struct name_parts {
  na_piece pieces[NA_NAME_PIECES];
  size_t count;
  size_t start, end,
      tail; /* bytes: the first piece, the end of the last, the end of the signs left off behind it */
} name_parts;

/* Signs at the end of a name that change what it is: "C" and "C++". */
static bool is_telling (na_slice text, const na_piece *piece) {
  return piece->kind != NA_PIECE_SIGN || memchr("+#%", text.data[piece->start], 3);
}

static na_name_fault split (const na_fold_table *fold, na_slice name, name_parts *parts) {
  na_piece piece = { .kind = NA_PIECE_END };
  parts->count = 0;
  for (;;) {
    na_piece_next(fold, name, piece.end, piece.kind, &piece);
    if (piece.kind == NA_PIECE_END) break;
    if (!parts->count && (piece.kind == NA_PIECE_SIGN || piece.kind == NA_PIECE_GAP)) continue;
    if (parts->count == NA_NAME_PIECES) return NA_NAME_PARTS;
    parts->pieces[parts->count++] = piece;
  }
  if (!parts->count) return NA_NAME_EMPTY;
  parts->start = parts->pieces[0].start;
  parts->tail = parts->pieces[parts->count - 1].end;
  while (!is_telling(name, &parts->pieces[parts->count - 1])) parts->count--;
  parts->end = parts->pieces[parts->count - 1].end;
  return NA_NAME_FINE;
}

static na_name_fault examine (na_slice name) {
  if (name.size > NA_NAME_BYTES) return NA_NAME_LONG;
  if (na_utf8_valid(name) != name.size) return NA_NAME_ENCODING;
  for (size_t i = 0; i < name.size; i++)
    if ((unsigned char)name.data[i] < ' ' || name.data[i] == 0x7F) return NA_NAME_CONTROL;
  return NA_NAME_FINE;
}

/* ---- names of the same pieces ---- */

/* What a name asks of the capitals of one piece; the more it asks the greater the number. */
static uint64_t demand (const na_names *names, na_slice text, const na_piece *piece, na_letters letters) {
  if (letters == NA_LETTERS_ANY || piece->kind != NA_PIECE_WORD) return 0;
  na_capitals capitals = na_piece_capitals(&names->fold, text, piece);
  if (letters == NA_LETTERS_EXACT) return capitals.bits + 3;
  return na_capitals_demand(capitals);
}

/* Orders two names of the same pieces: negative where `a` asks less than `b`, 0 where both ask the same. */
static int compare_demands (const na_names *names, na_slice a, na_letters a_letters, na_slice b,
                            na_letters b_letters) {
  na_piece x = { 0 }, y = { 0 };
  do {
    na_piece_next(&names->fold, a, x.end, x.kind, &x);
    na_piece_next(&names->fold, b, y.end, y.kind, &y);
    uint64_t asked = demand(names, a, &x, a_letters), wanted = demand(names, b, &y, b_letters);
    if (asked != wanted) return asked < wanted ? -1 : 1;
  } while (x.kind != NA_PIECE_END && y.kind != NA_PIECE_END);
  return 0;
}

/* Where a new name goes in the chain that begins at *link: the most demanding first. */
typedef struct name_chain {
  uint32_t *link, length, same; /* `same` asks for the same */
} name_chain;

static name_chain find_place (na_names *names, uint32_t *link, na_slice text, na_letters letters) {
  name_chain chain = { link, 0, NA_LOOKUP_NONE };
  for (uint32_t at = *link; at != NA_LOOKUP_NONE; at = names->items[at].next, chain.length++) {
    int order =
        compare_demands(names, text, letters, na_names_text(names, at), (na_letters)names->items[at].letters);
    if (order == 0) chain.same = at;
    if (order < 0) chain.link = &names->items[at].next;
  }
  return chain;
}

/* ---- what turns most words of a text away ---- */

/* Whether a text may have the first letter as a capital, or small. */
static bool may_be_upper (const na_name *name, const na_piece *first) {
  return name->letters != NA_LETTERS_EXACT || first->upper;
}

static bool may_be_lower (const na_name *name, const na_piece *first) {
  return name->letters == NA_LETTERS_ANY || !first->upper;
}

/* Marks the pairs of bytes with which a text may come to the name; texts beyond ASCII go another way. */
static void mark_pairs (na_names *names, const na_name *name, const na_piece *first, const char folded[2],
                        size_t size) {
  uint64_t seconds[2] = { 0 };
  for (unsigned c = 0; c < 0x80; c++) {
    bool word = na_is_digit((char)c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    char lower = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    if (size > 1 ? lower == folded[1] : !word) seconds[c / 64] |= (uint64_t)1 << c % 64;
  }
  unsigned small = (unsigned char)folded[0], capital = small >= 'a' && small <= 'z' ? small - 32 : small;
  for (size_t i = 0; i < 2; i++) {
    if (may_be_lower(name, first) || small == capital) names->pairs[small * 2 + i] |= seconds[i];
    if (may_be_upper(name, first)) names->pairs[capital * 2 + i] |= seconds[i];
  }
}

/* The first two bytes of a word as it is folded; gives how many there are. */
static size_t first_pair (const na_names *names, na_slice text, const na_piece *first, char pair[2]) {
  size_t size = 0;
  for (size_t at = first->start; at < first->end && size < 2;) {
    na_folded folded;
    na_fold(&names->fold, na_utf8_next(text, &at), &folded);
    for (size_t i = 0; i < folded.size && size < 2; i++) pair[size++] = folded.bytes[i];
  }
  return size;
}

/* Marks the name's one word, or the first of several. */
static void mark_first (na_names *names, const na_name *name, const na_piece *first, uint64_t hash,
                        bool ends) {
  uint64_t key = na_names_key(0, hash);
  for (unsigned upper = 0; upper < 2; upper++) {
    if (!(upper ? may_be_upper(name, first) : may_be_lower(name, first))) continue;
    if (ends)
      na_sieve_put_end(&names->sieve, na_names_first(key, upper));
    else
      na_sieve_put_prefix(&names->sieve, na_names_first(key, upper));
  }
}

/* Marks the plural forms of a name of one word: "s", then "es" behind it. */
static void mark_plurals (na_names *names, const na_name *name, na_slice text, const na_piece *word) {
  char plural[NA_NAME_BYTES + 2];
  size_t size = word->end - word->start;
  memcpy(plural, text.data + word->start, size);
  for (size_t i = 0; i < 2; i++) {
    na_piece piece;
    plural[size] = i ? 'e' : 's';
    plural[size + 1] = 's';
    na_piece_word(&names->fold, na_slice_of(plural, size + 1 + i), 0, &piece);
    mark_first(names, name, word, piece.hash, true);
  }
}

/* Marks all that a text must pass on its way to the name. */
static void mark_name (na_names *names, const na_name *name, na_slice text, const name_parts *parts) {
  const na_piece *first = &parts->pieces[0];
  char pair[2] = { 0 };
  size_t pair_size = first_pair(names, text, first, pair);
  if ((unsigned char)pair[0] < 0x80) mark_pairs(names, name, first, pair, pair_size);
  mark_first(names, name, first, first->hash, parts->count == 1);
  if (parts->count == 1 && name->plural && first->kind == NA_PIECE_WORD)
    mark_plurals(names, name, text, first);
  uint64_t key = na_names_key(0, first->hash);
  for (size_t i = 1; i < parts->count; i++) {
    key = na_names_key(key, parts->pieces[i].hash);
    if (i + 1 < parts->count)
      na_sieve_put_prefix(&names->sieve, key);
    else
      na_sieve_put_end(&names->sieve, key);
  }
}

/* Makes the sieve large enough for one name more. */
static na_status widen_sieve (na_names *names) {
  if (names->count < names->sieve.room) return NA_OK;
  na_sieve sieve;
  NA_TRY(na_sieve_open(&sieve, names->count * 2));
  na_sieve_free(&names->sieve);
  names->sieve = sieve;
  for (size_t i = 0; i < names->count; i++) {
    name_parts parts;
    na_slice text = na_names_text(names, (uint32_t)i);
    split(&names->fold, text, &parts);
    mark_name(names, &names->items[i], text, &parts);
  }
  return NA_OK;
}

/* ---- adding ---- */

static na_status make_room (na_names *names, na_slice text) {
  if (!names->fold.entries && !na_fold_open(&names->fold)) return NA_NOMEM;
  if (names->count >= NA_LOOKUP_NONE || names->texts.size > UINT32_MAX - text.size) return NA_LIMIT;
  void *items = names->items;
  if (!na_grow(&items, &names->capacity, names->count, sizeof *names->items)) return NA_NOMEM;
  names->items = items;
  NA_TRY(na_buffer_reserve(&names->texts, text.size));
  return widen_sieve(names);
}

/* A single word that has one capital, its first letter. */
static bool is_lone (const na_names *names, na_slice text, const name_parts *parts) {
  if (parts->count != 1 || parts->pieces[0].kind != NA_PIECE_WORD) return false;
  na_capitals capitals = na_piece_capitals(&names->fold, text, &parts->pieces[0]);
  return capitals.bits == 1 && capitals.upper == 1;
}

/* Whether a name with NA_LETTERS_SMART asks of no word more than a capital at its beginning. */
static bool is_modest (const na_names *names, na_slice text, const name_parts *parts) {
  for (size_t i = 0; i < parts->count; i++) {
    const na_piece *piece = &parts->pieces[i];
    char second = piece->end - piece->start > 1 ? text.data[piece->start + 1] : 'A';
    bool small = second >= 'a' && second <= 'z'; /* as of nearly all words: the whole need not be looked at */
    if (!small && demand(names, text, piece, NA_LETTERS_SMART) > 1) return false;
  }
  return true;
}

na_status na_names_add (na_names *names, na_slice text, uint32_t entity, const na_name_options *options,
                        uint32_t *number, bool *fresh, na_name_fault *fault) {
  *fault = examine(text);
  if (*fault != NA_NAME_FINE) return NA_BAD;
  NA_TRY(make_room(names, text));
  name_parts parts;
  *fault = split(&names->fold, text, &parts);
  if (*fault != NA_NAME_FINE) return NA_BAD;
  na_slice kept = na_slice_part(text, parts.start, parts.tail);
  uint64_t key = 0;
  for (size_t i = 0; i < parts.count; i++) key = na_names_key(key, parts.pieces[i].hash);
  uint32_t *head;
  NA_TRY(na_lookup_put(&names->heads, key, &head));
  name_chain chain = find_place(names, head, kept, options->letters);
  *fresh = chain.same == NA_LOOKUP_NONE;
  *number = chain.same;
  if (!*fresh) return NA_OK;
  if (chain.length == NA_NAME_FORMS) {
    *fault = NA_NAME_CROWDED;
    return NA_BAD;
  }
  na_name *name = &names->items[names->count];
  *name = (na_name){
    .text = (uint32_t)names->texts.size,
    .entity = entity,
    .next = *chain.link,
    .size = (uint32_t)kept.size & 1023,
    .tail = (uint32_t)(parts.tail - parts.end) & 1023,
    .letters = options->letters & 3u,
    .start = options->start,
    .plural = options->plural,
    .modest = options->letters == NA_LETTERS_SMART && is_modest(names, text, &parts),
    .lone = options->letters == NA_LETTERS_SMART && is_lone(names, text, &parts),
  };
  *number = (uint32_t)names->count++;
  *chain.link = *number;
  mark_name(names, name, text, &parts);
  return na_buffer_append(&names->texts, kept); /* there is room */
}
