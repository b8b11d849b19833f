#include "host/controller/stats/normality.h"

#include <algorithm>
#include <boost/math/statistics/anderson_darling.hpp>

#include "host/controller/stats/rounding.h"
#include "host/controller/stats/summary.h"

namespace pebench::stats {

std::optional<bool> looks_normal(const std::vector<double>& values) {
  if (values.size() < 8) return std::nullopt;
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  if (tied(sorted.front(), sorted.back())) return std::nullopt;
  const double statistic = boost::math::statistics::anderson_darling_normality_statistic(
      sorted, mean(values), standard_deviation(values));
  const auto n = static_cast<double>(values.size());
  return statistic * (1 + 0.75 / n + 2.25 / (n * n)) <= 0.752;
}

}  // namespace pebench::stats
