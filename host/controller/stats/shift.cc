#include "host/controller/stats/shift.h"

#include <algorithm>
#include <cmath>

#include "host/controller/stats/summary.h"

namespace pebench::stats {

Shift shift(const std::vector<double>& values, const std::vector<double>& others, double confidence) {
  std::vector<double> differences;
  differences.reserve(values.size() * others.size());
  for (const double value : values)
    for (const double other : others) differences.push_back(value - other);
  std::sort(differences.begin(), differences.end());
  const auto n = static_cast<double>(values.size()), m = static_cast<double>(others.size());
  const double mean = n * m / 2, deviation = std::sqrt(n * m * (n + m + 1) / 12);
  // The smallest and largest shift that the test does not refuse: the k-th difference from either end.
  const double k = std::floor(mean - normal_two_sided(confidence) * deviation);
  const auto left_out = static_cast<std::size_t>(std::max(0.0, k - 1));
  return {quantile(differences, 0.5),
          {differences[left_out], differences[differences.size() - 1 - left_out]}};
}

}  // namespace pebench::stats
