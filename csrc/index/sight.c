#include "index/sight.h"

#include "base/memory.h"

#define NO_NAME ((na_sight_place){ .tag = NA_CRF_OUT, .share = 9 })

void na_sight_free (na_sight *sight) {
  na_free(sight->pieces);
  na_free(sight->places);
  na_spans_free(&sight->spans);
  *sight = (na_sight){ 0 };
}

static uint64_t mix (uint64_t a, uint64_t b) {
  uint64_t mixed = (a ^ b) * 0x9E3779B97F4A7C15u;
  return mixed ^ mixed >> 29;
}

uint64_t na_sight_mark (na_day day, uint32_t name, unsigned kind) {
  return mix(mix((uint64_t)name << 2 | kind, (uint64_t)(uint32_t)day << 34), 0x6D61726Bu);
}

/* ---- looking ---- */

static na_status add_piece (na_sight *sight, const na_piece *piece) {
  void *pieces = sight->pieces, *places = sight->places;
  if (!na_grow(&pieces, &sight->piece_capacity, sight->count, sizeof *sight->pieces)) return NA_NOMEM;
  sight->pieces = pieces;
  if (!na_grow(&places, &sight->place_capacity, sight->count, sizeof *sight->places)) return NA_NOMEM;
  sight->places = places;
  sight->places[sight->count] = NO_NAME;
  sight->pieces[sight->count++] = *piece;
  return NA_OK;
}

size_t na_sight_piece (const na_sight *sight, size_t start) {
  size_t low = 0, high = sight->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (sight->pieces[middle].start < start)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* 1 where the stories of the day that is left out say so of the name, and so it must be subtracted. */
static uint32_t said (const na_sight_day *day, uint32_t name, unsigned kind) {
  return day && na_lookup_find(day->marks, na_sight_mark(day->day, name, kind)) != NA_LOOKUP_NONE;
}

static uint8_t step_of (double value, const double *bounds, uint8_t count) {
  uint8_t step = 0;
  while (step < count && value >= bounds[step]) step++;
  return step;
}

static void place_name (const na_scout *scout, const na_sight_day *day, uint32_t number, size_t first,
                        size_t last, na_sight *sight) {
  static const double shares[] = { .05, .15, .3, .45, .6, .75, .9 }, weights[] = { 2, 5, 20 };
  const na_scout_name *name = &scout->items[number];
  uint32_t seen = name->seen - said(day, number, 1), linked = name->linked - said(day, number, 2);
  size_t pieces = last - first + 1;
  na_sight_place place = {
    .share = seen ? step_of((double)linked / seen, shares, 7) : 9,
    .weight = step_of(seen, weights, 3),
    .pieces = (uint8_t)(pieces < 6 ? pieces : 6),
  };
  for (size_t i = first; i <= last; i++) {
    place.tag = first == last ? NA_CRF_SINGLE
                : i == first  ? NA_CRF_BEGIN
                : i == last   ? NA_CRF_END
                              : NA_CRF_INSIDE;
    place.starts = sight->places[i].starts;
    place.ends = sight->places[i].ends;
    sight->places[i] = place;
  }
}

na_status na_sight_look (const na_scout *scout, na_slice text, const na_sight_day *day, na_sight *sight) {
  sight->text = text;
  sight->count = 0;
  sight->spans.count = 0;
  for (na_piece piece = { 0 };;) {
    na_piece_next(&scout->fold, text, piece.end, (na_piece_kind)piece.kind, &piece);
    if (piece.kind == NA_PIECE_END) break;
    NA_TRY(add_piece(sight, &piece));
  }
  NA_TRY(na_names_match_all(&scout->names, text, &sight->spans));
  size_t behind = 0; /* the last known name */
  for (size_t i = 0; i < sight->spans.count;) {
    size_t start = sight->spans.items[i].first, first = na_sight_piece(sight, start), last = 0;
    uint32_t longest = NA_LOOKUP_NONE;
    for (; i < sight->spans.count && sight->spans.items[i].first == start; i++) {
      uint32_t number = scout->names.items[sight->spans.items[i].name].entity;
      if (scout->items[number].days <= said(day, number, 0)) continue;
      longest = number;
      last = na_sight_piece(sight, sight->spans.items[i].end) - 1;
      sight->places[first].starts = sight->places[last].ends = true;
    }
    if (longest == NA_LOOKUP_NONE || first < behind) continue;
    place_name(scout, day, longest, first, last, sight);
    behind = last + 1;
  }
  return NA_OK;
}

/* ---- features ---- */

/* Before the first piece and behind the last one stand these. */
#define BEFORE 11u
#define BEHIND 12u

static uint64_t hash_at (const na_sight *sight, size_t i, int distance) {
  if (distance < 0 && i < (size_t)-distance) return BEFORE;
  size_t at = i + (size_t)distance;
  return at < sight->count ? sight->pieces[at].hash : BEHIND;
}

/* What sort of piece: a number, a capitalised word, another word, a sign, ... */
static uint64_t sort_at (const na_sight *sight, size_t i, int distance) {
  if (distance < 0 && i < (size_t)-distance) return 8;
  size_t at = i + (size_t)distance;
  if (at >= sight->count) return 9;
  const na_piece *piece = &sight->pieces[at];
  if (piece->kind != NA_PIECE_WORD)
    return piece->kind == NA_PIECE_CHAR ? 1 : piece->kind == NA_PIECE_SIGN ? 5 : 6;
  return na_is_digit(sight->text.data[piece->start]) ? 2 : piece->upper ? 3 : 4;
}

static na_sight_place place_at (const na_sight *sight, size_t i, int distance) {
  bool outside = distance < 0 ? i < (size_t)-distance : i + (size_t)distance >= sight->count;
  return outside ? NO_NAME : sight->places[i + (size_t)distance];
}

void na_sight_features (const na_sight *sight, size_t i, uint64_t keys[NA_CRF_WIDTH]) {
  uint64_t h[7], *c = h + 3; /* the pieces from three before to three behind */
  for (int d = -3; d <= 3; d++) c[d] = hash_at(sight, i, d);
  na_sight_place here = place_at(sight, i, 0), before = place_at(sight, i, -1),
                 behind = place_at(sight, i, 1);
  uint64_t level = here.tag * 16u + here.share;
  const uint64_t values[NA_CRF_WIDTH] = {
    /* the pieces around, alone and in twos and threes */
    c[0],
    c[-1],
    c[1],
    c[-2],
    c[2],
    c[-3],
    c[3],
    mix(c[-1], c[0]),
    mix(c[0], c[1]),
    mix(c[-2], c[-1]),
    mix(c[1], c[2]),
    mix(c[-1], c[1]),
    mix(mix(c[-1], c[0]), c[1]),
    mix(mix(c[-2], c[-1]), c[0]),
    mix(mix(c[0], c[1]), c[2]),
    mix(mix(c[1], c[2]), c[3]),
    mix(mix(c[-3], c[-2]), c[-1]),
    /* what sort they are, and how near the beginning */
    sort_at(sight, i, -1) * 256 + sort_at(sight, i, 0) * 16 + sort_at(sight, i, 1),
    i < 3 ? i : 3,
    /* known names */
    here.tag,
    level * 8 + here.weight,
    level * 8 + here.pieces,
    here.starts * 2u + here.ends,
    before.tag * 64u + here.tag * 8u + behind.tag,
    (before.tag * 16u + before.share) * 8u + before.weight,
    (behind.tag * 16u + behind.share) * 8u + behind.weight,
    /* both */
    mix(level, c[0]),
    mix(here.tag * 7u + 1, c[-1]),
    mix(here.tag * 7u + 1, c[1]),
  };
  for (size_t k = 0; k < NA_CRF_WIDTH; k++) {
    uint64_t key = mix(mix(0x1234567 + k, values[k]), k + 1) * 0xFF51AFD7ED558CCDu;
    keys[k] = key ^ key >> 32;
  }
}
