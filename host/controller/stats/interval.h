#pragma once

#include <optional>
#include <vector>

namespace pebench::stats {

struct Interval {
  double low = 0;
  double high = 0;
};

/// z such that a standard normal lies within +-z with probability `confidence`: 1.96 at .95.
double normal_two_sided(double confidence);

/// Student's interval on a mean, mean +- t(n-1) s / sqrt(n). Nothing for n < 2.
std::optional<Interval> t_interval(const std::vector<double>& values, double confidence = 0.95);

/// Two-sided p of the hypothesis that the mean is `expected`, by Student's t: small where `t_interval` leaves
/// it out. Nothing for n < 2; 1 or 0 when all values are equal, as they are `expected` or not.
std::optional<double> t_test(const std::vector<double>& values, double expected);

/// A share of trials and its interval.
struct Proportion {
  double value = 0;
  Interval interval;
};

/// Wilson's (1927) score interval on k/n:
/// (k + z^2/2 +- z sqrt(k (n-k)/n + z^2/4)) / (n + z^2). k may be fractional (a tie counts half). n >= 1.
Proportion wilson(double successes, std::size_t trials, double confidence = 0.95);

}  // namespace pebench::stats
