#pragma once

#include <cstddef>
#include <vector>

#include "host/controller/stats/expected_best.h"
#include "host/controller/tune/search.h"

namespace pebench::tune {

/// Best validation expected of 1, 2, ... all configurations of the first round, which are the ones drawn at
/// random (arXiv 1909.03004). One that failed counts as 0, the least a metric can be: it was paid for.
std::vector<stats::ExpectedBest> expected_curve(const Search& search, std::size_t encoding);

/// Best value after each round; NaN where all failed.
std::vector<double> best_after_rounds(const Search& search, std::size_t encoding);

/// A change of the lead between two encodings.
struct Turn {
  std::size_t before = 0, after = 0;  ///< indices of encodings: who leads up to there, and who from there on
  std::size_t at = 0;                 ///< index of the first budget that `after` leads at
};

/// Where the order of the encodings turns: `values` are [encoding][budget], budgets ascending. Equal values
/// leave the lead where it was; NaN is no value.
std::vector<Turn> turns(const std::vector<std::vector<double>>& values);

}  // namespace pebench::tune
