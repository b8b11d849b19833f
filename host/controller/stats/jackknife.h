#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "host/controller/stats/interval.h"

namespace pebench::stats {

struct Jackknife {
  double estimate = 0;        ///< from all seeds
  double standard_error = 0;  ///< sqrt((n-1)/n sum (x_i - mean of x_i)^2), x_i the estimate without seed i
  double p = 1;  ///< two-sided, of the hypothesis that it is 0: Student's t, n - 1 degrees of freedom
};

/// Tukey's (1958) jackknife over n >= 3 seeds of any smooth statistic; an approximation (at 5 %, differences
/// of SDs and CVs of 10 or 20 seeds reject .05 for normal values, .08 for exponential ones). `statistic` gets
/// the seeds to use, as indices below n. Where any of its values is not finite, p is 1.
Jackknife jackknife(std::size_t seeds,
                    const std::function<double(const std::vector<std::size_t>&)>& statistic);

/// The same with another error and its p, where that of the seeds is below `error`.
Jackknife with_error_of_at_least(double error, const Jackknife& jackknife, std::size_t seeds);

/// estimate +- t(seeds - 1) standard errors.
Interval interval_of(const Jackknife& jackknife, std::size_t seeds, double confidence = 0.95);

}  // namespace pebench::stats
