#include "host/controller/stats/interval.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>

#include "host/controller/stats/summary.h"

namespace pebench::stats {

double normal_two_sided(double confidence) {
  return boost::math::quantile(boost::math::normal(), (1 + confidence) / 2);
}

std::optional<Interval> t_interval(const std::vector<double>& values, double confidence) {
  if (values.size() < 2) return std::nullopt;
  const auto n = static_cast<double>(values.size());
  const double t = boost::math::quantile(boost::math::students_t(n - 1), (1 + confidence) / 2);
  const double center = mean(values);
  const double half = t * standard_deviation(values) / std::sqrt(n);
  return Interval{center - half, center + half};
}

std::optional<double> t_test(const std::vector<double>& values, double expected) {
  if (values.size() < 2) return std::nullopt;
  const auto n = static_cast<double>(values.size());
  const double distance = std::abs(mean(values) - expected);
  if (distance == 0) return 1;
  const double error = standard_deviation(values) / std::sqrt(n);
  if (error == 0) return 0;
  const boost::math::students_t distribution(n - 1);
  return 2 * boost::math::cdf(boost::math::complement(distribution, distance / error));
}

Proportion wilson(double successes, std::size_t trials, double confidence) {
  assert(trials >= 1 && successes >= 0 && successes <= static_cast<double>(trials));
  const auto n = static_cast<double>(trials);
  const double z = normal_two_sided(confidence);
  const double center = successes + z * z / 2;
  const double half = z * std::sqrt(successes * (n - successes) / n + z * z / 4);
  // At k = 0 and k = n the bound is the share itself; rounding must not leave [0, 1].
  return {successes / n,
          {std::max(0.0, (center - half) / (n + z * z)), std::min(1.0, (center + half) / (n + z * z))}};
}

}  // namespace pebench::stats
