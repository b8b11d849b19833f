#include "host/controller/stats/jackknife.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <numeric>

#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

double p_of(const Jackknife& jackknife, std::size_t seeds) {
  if (!(jackknife.standard_error > 0)) return 1;
  const double t = std::abs(jackknife.estimate) / jackknife.standard_error;
  const boost::math::students_t distribution(static_cast<double>(seeds) - 1);
  return 2 * boost::math::cdf(boost::math::complement(distribution, t));
}

}  // namespace

Jackknife jackknife(std::size_t seeds,
                    const std::function<double(const std::vector<std::size_t>&)>& statistic) {
  assert(seeds >= 3);
  std::vector<std::size_t> all(seeds);
  std::iota(all.begin(), all.end(), std::size_t{0});
  Jackknife result;
  result.estimate = statistic(all);

  std::vector<double> without_one;
  for (std::size_t s = 0; s < seeds; ++s) {
    std::vector<std::size_t> others = all;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(s));
    without_one.push_back(statistic(others));
  }
  const bool finite =
      std::all_of(without_one.begin(), without_one.end(), [](double value) { return std::isfinite(value); });
  if (!finite || !std::isfinite(result.estimate)) return result;

  const auto n = static_cast<double>(seeds);
  result.standard_error = standard_deviation(without_one) * (n - 1) / std::sqrt(n);
  result.p = p_of(result, seeds);
  return result;
}

Jackknife with_error_of_at_least(double error, const Jackknife& jackknife, std::size_t seeds) {
  Jackknife result = jackknife;
  if (!(error > jackknife.standard_error)) return result;
  result.standard_error = error;
  result.p = p_of(result, seeds);
  return result;
}

Interval interval_of(const Jackknife& jackknife, std::size_t seeds, double confidence) {
  const boost::math::students_t distribution(static_cast<double>(seeds) - 1);
  const double half = boost::math::quantile(distribution, (1 + confidence) / 2) * jackknife.standard_error;
  return {jackknife.estimate - half, jackknife.estimate + half};
}

}  // namespace pebench::stats
