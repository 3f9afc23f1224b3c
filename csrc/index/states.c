#include "index/states.h"

static const char states[] =
    "Alabama|Alaska|Alberta|Arizona|Arkansas|British Columbia|California|Colorado|Connecticut|Delaware|"
    "Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Manitoba|"
    "Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|"
    "New Brunswick|New Hampshire|New Jersey|New Mexico|New South Wales|New York|"
    "Newfoundland and Labrador|North Carolina|North Dakota|Northern Territory|Northwest Territories|"
    "Nova Scotia|Nunavut|Ohio|Oklahoma|Ontario|Oregon|Pennsylvania|Prince Edward Island|Quebec|"
    "Queensland|Rhode Island|Saskatchewan|South Australia|South Carolina|South Dakota|Tasmania|Tennessee|"
    "Texas|Utah|Vermont|Victoria|Virginia|Washington|West Virginia|Western Australia|Wisconsin|Wyoming|"
    "Yukon";

bool na_is_state (na_slice name) {
  na_slice all = na_slice_z(states);
  for (size_t start = 0, end; start < all.size; start = end + 1) {
    end = na_slice_find(all, '|', start);
    if (na_slice_equal(na_slice_part(all, start, end), name)) return true;
  }
  return false;
}

static bool is_letter (char c) {
  return (unsigned)(c | 0x20) - 'a' < 26;
}

#define STATE_WORDS 3 /* "Newfoundland and Labrador" */

na_slice na_state_behind (na_slice text, size_t at) {
  na_slice state = { 0 };
  if (!na_slice_starts(na_slice_part(text, at, text.size), NA_LITERAL(", "))) return state;
  size_t end = at + 2, words = 0;
  for (; words < STATE_WORDS && end < text.size; words++, end++) {
    while (end < text.size && is_letter(text.data[end])) end++;
    na_slice name = na_slice_part(text, at + 2, end);
    if (na_is_state(name)) state = name;
    if (end == text.size || text.data[end] != ' ') break;
  }
  size_t behind = at + 2 + state.size;
  bool goes_on =
      behind + 1 < text.size && text.data[behind] == ' ' && (unsigned)text.data[behind + 1] - 'A' < 26;
  if (goes_on) state.size = 0;
  return state;
}
