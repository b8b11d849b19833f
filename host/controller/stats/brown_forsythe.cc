#include "host/controller/stats/brown_forsythe.h"

#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>

#include "host/controller/stats/summary.h"

namespace pebench::stats {

std::optional<FTest> brown_forsythe(const std::vector<std::vector<double>>& groups) {
  if (groups.size() < 2) return std::nullopt;
  std::vector<std::vector<double>> deviations = groups;
  std::vector<double> all;
  for (auto& group : deviations) {
    if (group.size() < 2) return std::nullopt;
    const double middle = median(group);
    for (double& value : group) value = std::abs(value - middle);
    all.insert(all.end(), group.begin(), group.end());
  }

  const double grand_mean = mean(all);
  double between = 0, within = 0;
  for (const auto& group : deviations) {
    const double center = mean(group);
    between += static_cast<double>(group.size()) * (center - grand_mean) * (center - grand_mean);
    for (const double value : group) within += (value - center) * (value - center);
  }
  if (within == 0) return std::nullopt;

  FTest test;
  test.numerator_df = static_cast<double>(groups.size() - 1);
  test.denominator_df = static_cast<double>(all.size() - groups.size());
  test.f = (between / test.numerator_df) / (within / test.denominator_df);
  const boost::math::fisher_f distribution(test.numerator_df, test.denominator_df);
  test.p = boost::math::cdf(boost::math::complement(distribution, test.f));
  return test;
}

}  // namespace pebench::stats
