#pragma once

#include <algorithm>
#include <cmath>

namespace pebench::stats {

/// Whether two values differ by no more than the rounding of their last digits, so that they count as tied.
/// 1e-9 of the larger: a difference of two shares near 1 keeps seven digits behind its first at 1e-7 and
/// loses the rest, and no metric of fewer than a million users has steps that small.
inline bool tied(double first, double second, double scale) {
  return std::abs(first - second) <= 1e-9 * scale;
}
inline bool tied(double first, double second) {
  return tied(first, second, std::max(std::abs(first), std::abs(second)));
}

}  // namespace pebench::stats
