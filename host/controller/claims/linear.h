#pragma once

#include <map>
#include <optional>

#include "host/controller/claims/sentence.h"

namespace pebench::claims {

/// constant + sum of weight * quantity; no weight is 0.
struct Linear {
  double constant = 0;
  std::map<Quantity, double> weights;
};

/// left - right of a comparison as a linear form; nothing where quantities are multiplied or divided by each
/// other.
std::optional<Linear> linear_difference(const Comparison& comparison);

}  // namespace pebench::claims
