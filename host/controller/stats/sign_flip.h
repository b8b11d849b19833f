#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/controller/stats/max_t.h"

namespace pebench::stats {

/// Tests whether means of paired differences are 0, by flipping the sign of whole seeds: without a difference
/// between two encodings, each seed's difference is as likely with either sign. `differences` is [data
/// set][comparison][seed], NaN where a trial failed; the comparisons of a data set share its seeds. The
/// statistic (sum s d)^2 / sum d^2 rises with the squared one-sample t; it is 0, and p = 1, where all d are 0
/// or missing. Two-sided; p values exact up to 20 seeds, else from 100,000 flips seeded with `seed`; adjusted
/// by step-down max-T over all data sets and comparisons.
std::vector<std::vector<TestResult>> sign_flip_test(
    const std::vector<std::vector<std::vector<double>>>& differences, std::uint64_t seed);

/// The smallest two-sided p that n seeds can give, 2^(1-n); 1 for n = 0.
double smallest_p(std::size_t seeds);

}  // namespace pebench::stats
