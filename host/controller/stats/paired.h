#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "host/controller/stats/interval.h"

namespace pebench::stats {

/// a[s] - b[s] per seed s; NaN where either trial failed. Both have the same seeds in the same order.
std::vector<double> paired_differences(const std::vector<double>& a, const std::vector<double>& b);

/// One encoding (A) against another (B) on the seeds that both finished.
struct PairedComparison {
  std::size_t seeds = 0;
  double mean = 0;    ///< of A - B
  Interval interval;  ///< Student's, on that mean
  std::optional<double>
      effect_size;         ///< d_z = mean / SD of the differences (Cohen 1988); nothing when that SD is 0
  Proportion superiority;  ///< P(A > B), a tie counting half, with Wilson's interval
};

/// Nothing when fewer than two seeds were finished by both.
std::optional<PairedComparison> compare_paired(const std::vector<double>& a, const std::vector<double>& b,
                                               double confidence = 0.95);

}  // namespace pebench::stats
