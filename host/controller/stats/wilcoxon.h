#pragma once

#include <vector>

namespace pebench::stats {

struct SignedRank {
  double statistic = 0;  ///< W+, the sum of ranks of positive differences
  double p = 1;          ///< two-sided
  bool exact = true;
};

/// Wilcoxon's (1945) signed-rank test of paired differences (NaN for failed); a reference beside the
/// sign-flip test. Zeros are left out; ties have the mean of their ranks. Exact up to 50 differences, ties
/// included: the distribution of W+ over all sign vectors given these ranks. Beyond, normal with corrections
/// for ties and continuity.
SignedRank wilcoxon_signed_rank(const std::vector<double>& differences);

}  // namespace pebench::stats
