#include "relate/weights.h"

#define FIELD(name, least, most) \
  { #name, offsetof(na_weights, name), least, most }

const na_weight_field na_weight_fields[] = {
  FIELD(word, 0, 100),      FIELD(name, 0, 100),   FIELD(entity, 0, 100),    FIELD(number, 0, 100),
  FIELD(sharpness, 0, 8),   FIELD(emphasis, 0, 8), FIELD(collocation, 0, 1), FIELD(local, 0, 8),
  FIELD(window, 0, 100000), FIELD(decay, 0, 8),    { NULL, 0, 0, 0 },
};
