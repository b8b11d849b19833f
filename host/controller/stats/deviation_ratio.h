#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/controller/stats/max_t.h"

namespace pebench::stats {

/// Rows of a table of encodings, to be compared.
struct Pair {
  std::size_t first = 0;
  std::size_t second = 0;
};

/// Tests whether pairs of encodings deviate equally across seeds. `values` is [data set][encoding][seed], NaN
/// where a trial failed (a pair uses the seeds both finished, and needs two). From each encoding its own
/// median is taken, so that a gap of means does not look like deviation (with a gap of 3 SD the size would be
/// .16 instead of .05); then residuals swap between the two within seeds, one swap vector of a data set for
/// all pairs, with medians recomputed after each swap. The statistic is the larger mean |x - median| over the
/// smaller, >= 1 (infinite where only one of them is 0); its logarithm is the difference of ln(mean |x -
/// median|). Two-sided; exact up to 16 seeds, else from 100,000 swaps seeded with `seed`; adjusted by
/// step-down max-T over all data sets and pairs. Returns [data set][pair].
std::vector<std::vector<TestResult>> deviation_ratio_test(
    const std::vector<std::vector<std::vector<double>>>& values, const std::vector<Pair>& pairs,
    std::uint64_t seed);

/// Mean absolute deviation from the median, mean |x - median|. `values` must not be empty.
double mean_deviation(const std::vector<double>& values);

}  // namespace pebench::stats
