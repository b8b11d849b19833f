#pragma once

#include <vector>

namespace pebench::stats {

/// Arithmetic mean. `values` must not be empty.
double mean(const std::vector<double>& values);

/// Sample standard deviation sqrt(sum (x - mean)^2 / (n - 1)), in the unit of the values. n >= 2. Exactly 0
/// when all values are equal.
double standard_deviation(const std::vector<double>& values);

/// The middle value, or the mean of the two middle ones. `values` must not be empty.
double median(std::vector<double> values);

/// Mean without the floor(n p) smallest and the floor(n p) largest values, 0 <= p <= .5; at p = .5 the
/// median.
double trimmed_mean(std::vector<double> values, double p);

/// The p-quantile, 0 <= p <= 1, interpolated linearly between order statistics (Hyndman & Fan 1996, type 7,
/// as in R and NumPy). `values` must not be empty.
double quantile(std::vector<double> values, double p);

/// The values that are not NaN, in their order: NaN stands for a trial that failed.
std::vector<double> without_failed(const std::vector<double>& values);

}  // namespace pebench::stats
