#pragma once

#include <optional>
#include <vector>

#include "host/controller/stats/interval.h"

namespace pebench::stats {

/// How much a metric deviates across seeds. Nothing where it is not defined.
struct Deviation {
  std::optional<double> sd;                  ///< n >= 2
  std::optional<double> cv;                  ///< SD / mean; the mean must be positive
  std::optional<double> relative_to_chance;  ///< SD / (mean - chance); the mean must exceed chance
};

/// `chance` is the metric of random ranking; nothing where it is not known.
Deviation deviation(const std::vector<double>& values, std::optional<double> chance);

/// Bonett's (2006, Computational Statistics & Data Analysis 50) interval on a standard deviation, sound for
/// non-normal data: sqrt(exp(ln(c s^2) +- z se)), c = n/(n - z), se = c sqrt((g - (n-3)/n)/(n-1)), g = n
/// sum((x-m)^4) / (sum((x-mean)^2))^2, m the mean trimmed by 1/(2 sqrt(n-4)) per tail. Nothing for n < 5 or s
/// = 0.
std::optional<Interval> bonett_interval(const std::vector<double>& values, double confidence = 0.95);

/// Two-sided p of the hypothesis that the standard deviation is `expected`: 1 - the confidence at which
/// Bonett's interval just reaches it. Nothing where there is no interval; 0 for an `expected` that is not
/// positive.
std::optional<double> bonett_test(const std::vector<double>& values, double expected);

}  // namespace pebench::stats
