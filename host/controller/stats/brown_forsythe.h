#pragma once

#include <optional>
#include <vector>

namespace pebench::stats {

struct FTest {
  double f = 0;
  double numerator_df = 0;
  double denominator_df = 0;
  double p = 1;
};

/// Brown & Forsythe's (1974) test of equal variances: one-way analysis of variance of |x - median| between
/// groups, which it takes to be independent (seeds are shared, so it only accompanies the deviation-ratio
/// test). Groups without failed trials. Nothing for fewer than two groups, a group of fewer than two, or no
/// variation of the deviations inside groups.
std::optional<FTest> brown_forsythe(const std::vector<std::vector<double>>& groups);

}  // namespace pebench::stats
