#pragma once

#include <cstddef>
#include <vector>

namespace pebench::stats {

/// The best of several random configurations.
struct ExpectedBest {
  double mean = 0;
  double deviation = 0;  ///< SD
};

/// The largest of `n` values drawn with replacement from `values`: what so many random configurations are
/// worth, going by those that were tried (arXiv 1909.03004, section 3.1). `values` are not empty; n >= 1.
/// Close to as many draws as values it is somewhat too low (arXiv 2004.13705).
ExpectedBest expected_best(std::vector<double> values, std::size_t n);

}  // namespace pebench::stats
