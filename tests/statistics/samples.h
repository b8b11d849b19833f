#pragma once

#include <string>
#include <vector>

#include "host/base/random.h"

namespace pebench {

/// A distribution of a metric over seeds, of median 0; its unit is about one SD of what does not collapse.
struct Shape {
  enum class Kind { normal, skewed, heavy, rounded, tied, collapsing };

  std::string name;
  Kind kind = Kind::normal;
  double collapse = 0;  ///< probability of a seed to fall to `chance_level`
};

/// Far below everything else, as chance is below an accuracy.
constexpr double chance_level = -20;

std::vector<Shape> all_shapes();

/// Two encodings on the same seeds.
struct Sample {
  std::vector<double> first, second;
};

/// Values of two encodings that are alike, whose seeds they share: half the variance of both is the seed's.
/// Whether a seed collapses is each encoding's own.
Sample draw(const Shape& shape, std::size_t seeds, base::Stream& stream);

}  // namespace pebench
