#pragma once

#include <vector>

namespace pebench::stats {

/// Ranks from 1 for the smallest value; values that differ by rounding alone
/// (relative to the largest) share the mean of their ranks.
std::vector<double> ascending_ranks(const std::vector<double>& values);

}  // namespace pebench::stats
