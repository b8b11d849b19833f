#pragma once

#include <cstdint>

#include "host/contract/settings.h"

namespace pebench::backbone {

/// What a backbone takes, counted from its settings alone: multiplications of a forward pass, activations and
/// norms included.
struct Cost {
  double profile_slot = 0;      ///< to encode one slot of a profile
  double training_target = 0;   ///< to score a target and what it is trained against
  double ranked_candidate = 0;  ///< to score a candidate when what depends on the item alone is known
  double parameters = 0;        ///< scalars, without those for item attributes and the encoding's own
};

/// What norms, dropout and activations of one value cost, in multiplications.
constexpr double elementwise = 60;

/// Of the settings' backbone over `items` items, for profiles of `length` events on average.
Cost cost(const contract::Settings& settings, std::int64_t items, double length);

}  // namespace pebench::backbone
