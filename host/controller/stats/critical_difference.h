#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace pebench::stats {

/// Ranks of encodings within each data set, 1 for the highest value, ties sharing the mean rank. `values` is
/// [data set][encoding], a metric where more is better, without NaN. This is what the rank heatmap shows.
std::vector<std::vector<double>> ranks_by_dataset(const std::vector<std::vector<double>>& values);

/// Encodings ranked over data sets (Demsar 2006).
struct CriticalDifference {
  std::vector<double> mean_ranks;  ///< [encodings]
  double friedman = 0;             ///< Friedman's chi-squared, corrected for ties
  double p = 1;                    ///< of it, k - 1 degrees of freedom
  double difference =
      0;  ///< Nemenyi: mean ranks further apart differ, q(alpha, k, inf)/sqrt 2 * sqrt(k(k+1)/(6N))
  /// Largest sets of encodings whose mean ranks lie within `difference`, of two or more, by mean rank: the
  /// diagram's bars.
  std::vector<std::vector<std::size_t>> groups;
};

constexpr std::size_t fewest_datasets = 5;

/// N is the number of data sets, never of seeds. Nothing for fewer than five data sets or two encodings.
std::optional<CriticalDifference> critical_difference(const std::vector<std::vector<double>>& values,
                                                      double alpha = 0.05);

}  // namespace pebench::stats
