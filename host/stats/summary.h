#pragma once

#include <vector>

namespace pebench::stats {

/// Arithmetic mean. `values` must not be empty.
double mean(const std::vector<double>& values);

/// Sample standard deviation sqrt(sum (x - mean)^2 / (n - 1)), in the unit of the values. n >= 2. Exactly 0 when all values
/// are equal.
double standard_deviation(const std::vector<double>& values);

}  // namespace pebench::stats
