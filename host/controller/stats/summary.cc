#include "host/controller/stats/summary.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
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

double median(std::vector<double> values) {
  assert(!values.empty());
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

double trimmed_mean(std::vector<double> values, double p) {
  const auto cut = static_cast<std::size_t>(std::floor(static_cast<double>(values.size()) * p));
  if (2 * cut >= values.size()) return median(std::move(values));
  std::sort(values.begin(), values.end());
  const auto offset = static_cast<std::ptrdiff_t>(cut);
  return mean({values.begin() + offset, values.end() - offset});
}

double quantile(std::vector<double> values, double p) {
  assert(!values.empty() && p >= 0 && p <= 1);
  std::sort(values.begin(), values.end());
  const double place = p * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

std::vector<double> without_failed(const std::vector<double>& values) {
  std::vector<double> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept),
               [](double value) { return !std::isnan(value); });
  return kept;
}

}  // namespace pebench::stats
