#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "host/controller/stats/exchange.h"
#include "host/controller/stats/interval.h"

namespace pebench::stats {

/// Mean absolute deviation from the median, mean |x - median|. `values` must not be empty.
double mean_deviation(const std::vector<double>& values);

/// How much one encoding deviates across seeds against another. One statistic, the ratio of their mean
/// |x - median|, gives direction, p and interval.
struct DeviationRatio {
  double ratio =
      1;  ///< of the first to the second; 0 or infinite where one of them does not deviate, 1 where neither
  double p = 1;  ///< two-sided, of a ratio of 1
  Interval
      interval;  ///< the ratios that the test does not reject; from 0 or to infinity where nothing bounds it
};

/// From each encoding its own median is taken, so that a gap of means does not look like deviation (with a
/// gap of 3 SD the size would be .16 instead of .05); then residuals change places between the two, within
/// seeds or, where they share none, across all, with medians taken again. p is the share of exchanges under
/// which |ln ratio| is at least the observed one. The interval inverts the test: a ratio r is in it when
/// residuals of the first divided by r and those of the second give p > 1 - `confidence`; it holds 1 exactly
/// when p does. `paired` uses the seeds that both have (NaN: none). Nothing for fewer than two values on a
/// side.
std::optional<DeviationRatio> compare_deviations(const std::vector<double>& first,
                                                 const std::vector<double>& second, Design design,
                                                 std::uint64_t seed, double confidence = 0.95);

/// The same without the interval, which costs most of the time.
std::optional<DeviationRatio> test_deviations(const std::vector<double>& first,
                                              const std::vector<double>& second, Design design,
                                              std::uint64_t seed);

}  // namespace pebench::stats
