#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "host/controller/stats/exchange.h"
#include "host/controller/stats/interval.h"

namespace pebench::stats {

/// Paired where two seeds or more are in both (NaN: no value), else unpaired. Both have the same seeds in the
/// same order.
Design design_of(const std::vector<double>& a, const std::vector<double>& b);

/// a[s] - b[s] per seed s; 0 where they differ by rounding alone, NaN where either has no value. Both have
/// the same seeds in the same order.
std::vector<double> paired_differences(const std::vector<double>& a, const std::vector<double>& b);

/// The mean of one encoding (A) against that of another (B).
struct MeanComparison {
  Design design = Design::paired;
  std::size_t seeds = 0;  ///< that both have; unpaired: that the one with fewer has
  double difference = 0;  ///< mean of A - mean of B
  Interval interval;      ///< on it: Student's; unpaired: Welch's (1947)
  /// d_z = mean / SD of the differences (Cohen 1988); unpaired: d = difference / pooled SD; nothing when that
  /// SD is 0
  std::optional<double> effect_size;
  double superiority = 0;  ///< share of seeds, unpaired of pairs of them, with A > B, a tie counting half
  std::optional<Interval> superiority_interval;  ///< paired: Wilson's
};

/// On the seeds that both have. Nothing when these are fewer than two.
std::optional<MeanComparison> compare_paired(const std::vector<double>& a, const std::vector<double>& b,
                                             double confidence = 0.95);

/// On all values of either, as drawn independently. Nothing when one has fewer than two.
std::optional<MeanComparison> compare_unpaired(const std::vector<double>& a, const std::vector<double>& b,
                                               double confidence = 0.95);

/// Two-sided p of equal means of independent samples: Welch's t, studentised in each choice of labels anew,
/// so that unequal deviations do not look like a difference (Janssen 1997). Nothing when one has fewer than
/// two values.
std::optional<double> permutation_test(const std::vector<double>& a, const std::vector<double>& b,
                                       std::uint64_t seed);

}  // namespace pebench::stats
