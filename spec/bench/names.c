/* spec/bench/names.c -- how long a set of names takes to load, how fast it matches and what it holds, over the files whose
** names come on stdin. The names are the capitalised phrases of these files: the most frequent ones, any of them by lot, and
** for a million also phrases put together of their words. CPU seconds, median of ROUNDS, one core. */
#include "base/arena.h"
#include "base/map.h"
#include "measure.h"
#include "text/names.h"

#define FEW          10000
#define MANY         1000000
#define PHRASE_WORDS 4

/* A phrase and how often it occurs. */
typedef struct phrase {
  na_slice text;
  uint32_t count;
} phrase;

typedef struct phrases {
  phrase *items;
  size_t count, capacity;
  na_map map;
} phrases;

static void need (bool condition) {
  if (condition) return;
  fputs("names: out of memory\n", stderr);
  exit(EXIT_FAILURE);
}

/* A generator of its own, so that the names are the same everywhere. */
static size_t by_lot (uint64_t *state, size_t count) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (size_t)((*state >> 33) % count);
}

/* Appends all files; a form feed ends each. */
static void read_all (na_buffer *text) {
  char path[4096], block[1 << 16];
  while (fgets(path, sizeof path, stdin)) {
    path[strcspn(path, "\n")] = '\0';
    FILE *file = fopen(path, "rb");
    if (!file) continue;
    for (size_t size; (size = fread(block, 1, sizeof block, file)) > 0;)
      need(na_buffer_append(text, na_slice_of(block, size)) == NA_OK);
    need(na_buffer_byte(text, '\f') == NA_OK);
    fclose(file);
  }
}

static void add_phrase (phrases *list, na_slice text, uint32_t count) {
  uint32_t *number;
  bool fresh;
  need(na_map_put(&list->map, text, (uint32_t)list->count, &number, &fresh) == NA_OK);
  if (fresh) {
    void *items = list->items;
    need(na_grow(&items, &list->capacity, list->count, sizeof *list->items));
    list->items = items;
    list->items[list->count++] = (phrase){ text, 0 };
  }
  list->items[*number].count += count;
}

static bool is_upper (char c) {
  return c >= 'A' && c <= 'Z';
}

static bool is_letter (char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z');
}

/* Runs of up to PHRASE_WORDS capitalised words. */
static void find_phrases (na_slice text, phrases *list) {
  for (size_t at = 0; at < text.size;) {
    if (!is_upper(text.data[at])) {
      at++;
      continue;
    }
    size_t end = at;
    for (int words = 0; words < PHRASE_WORDS; words++) {
      while (end < text.size && is_letter(text.data[end])) end++;
      if (end + 1 >= text.size || text.data[end] != ' ' || !is_upper(text.data[end + 1]) ||
          words + 1 == PHRASE_WORDS)
        break;
      end++;
    }
    add_phrase(list, na_slice_part(text, at, end), 1);
    at = end;
  }
}

static int by_count (const void *a, const void *b) {
  const phrase *x = a, *y = b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return na_slice_compare(x->text, y->text);
}

/* Puts phrases together until there are `count` different ones. */
static void make_up (phrases *list, size_t count, na_arena *arena) {
  uint64_t state = 1;
  size_t real = list->count;
  for (size_t tries = 0; list->count < count && tries < 8 * count; tries++) {
    na_slice a = list->items[by_lot(&state, real)].text, b = list->items[by_lot(&state, real)].text;
    char *text = na_arena_alloc(arena, a.size + b.size + 1);
    need(text);
    memcpy(text, a.data, a.size);
    text[a.size] = ' ';
    memcpy(text + a.size + 1, b.data, b.size);
    add_phrase(list, na_slice_of(text, a.size + b.size + 1), 0);
  }
}

static void load (na_names *names, const phrase *items, size_t count) {
  const na_name_options options = { .letters = NA_LETTERS_SMART, .start = true, .plural = true };
  for (size_t i = 0; i < count; i++) {
    uint32_t number;
    bool fresh;
    na_name_fault fault;
    na_status status = na_names_add(names, items[i].text, (uint32_t)i, &options, &number, &fresh, &fault);
    need(status == NA_OK || status == NA_BAD);
  }
}

/* Matches file by file and gives how many names were found. */
static size_t match (const na_names *names, na_slice text) {
  na_spans spans = { 0 };
  size_t found = 0;
  for (size_t at = 0; at < text.size;) {
    size_t end = na_slice_find(text, '\f', at);
    spans.count = 0;
    need(na_names_match(names, na_slice_part(text, at, end), &spans) == NA_OK);
    found += spans.count;
    at = end + 1;
  }
  na_spans_free(&spans);
  return found;
}

static void measure_names (const char *title, na_slice text, const phrase *items, size_t count) {
  double loads[ROUNDS], matches[ROUNDS], start;
  size_t found = 0, held = 0, bytes = 0;
  for (size_t i = 0; i < ROUNDS; i++) {
    na_names names = { 0 };
    start = cpu_seconds();
    load(&names, items, count);
    loads[i] = cpu_seconds() - start;
    start = cpu_seconds();
    found = match(&names, text);
    matches[i] = cpu_seconds() - start;
    held = names.count, bytes = na_names_bytes(&names);
    na_names_free(&names);
  }
  printf("%-28s %8zu names, loaded in %6.3f s, %6.1f MB/s, %8zu found, %5.1f bytes a name\n", title, held,
         median(loads), (double)text.size / 1e6 / median(matches), found, (double)bytes / (double)held);
}

static void shuffle (phrase *items, size_t count) {
  uint64_t state = 2;
  for (size_t i = count; i > 1; i--) {
    size_t k = by_lot(&state, i);
    phrase kept = items[i - 1];
    items[i - 1] = items[k];
    items[k] = kept;
  }
}

int main (void) {
  na_buffer text = { 0 };
  na_arena arena = { 0 };
  phrases list = { 0 };
  read_all(&text);
  if (text.size == 0) return EXIT_FAILURE;
  find_phrases(na_buffer_slice(&text), &list);
  qsort(list.items, list.count, sizeof *list.items, by_count);
  measure_names("the most frequent phrases", na_buffer_slice(&text), list.items,
                list.count < FEW ? list.count : FEW);
  na_map_free(&list.map);
  for (size_t i = 0, count = list.count; i < count; i++) {
    uint32_t *number;
    bool fresh;
    need(na_map_put(&list.map, list.items[i].text, (uint32_t)i, &number, &fresh) == NA_OK);
  }
  make_up(&list, MANY, &arena);
  measure_names("a million", na_buffer_slice(&text), list.items, list.count);
  shuffle(list.items, list.count);
  measure_names("phrases drawn from these", na_buffer_slice(&text), list.items,
                list.count < FEW ? list.count : FEW);
  na_map_free(&list.map);
  na_free(list.items);
  na_arena_free(&arena);
  na_buffer_free(&text);
  return EXIT_SUCCESS;
}
