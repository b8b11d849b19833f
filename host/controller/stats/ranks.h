#pragma once

#include <vector>

namespace pebench::stats {

/// Ranks from 1 for the smallest value; equal values share the mean of their ranks.
std::vector<double> ascending_ranks(const std::vector<double>& values);

}  // namespace pebench::stats
