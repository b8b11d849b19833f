#include "host/stats/summary.h"

#include <cassert>
#include <cmath>
#include <numeric>

namespace pebench::stats {

double mean(const std::vector<double>& values) {
  assert(!values.empty());
  // Around the first value, so that equal values have exactly that mean.
  const double origin = values.front();
  const double sum = std::accumulate(values.begin(), values.end(), 0.0,
                                     [&](double total, double value) { return total + (value - origin); });
  return origin + sum / static_cast<double>(values.size());
}

double standard_deviation(const std::vector<double>& values) {
  assert(values.size() >= 2);
  const double center = mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - center) * (value - center);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace pebench::stats
