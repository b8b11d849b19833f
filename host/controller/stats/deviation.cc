#include "host/controller/stats/deviation.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

// What Bonett's interval takes from the values.
struct Bonett {
  double n, variance, kurtosis;

  static std::optional<Bonett> of(const std::vector<double>& values) {
    if (values.size() < 5) return std::nullopt;
    const double s = standard_deviation(values);
    if (s == 0) return std::nullopt;
    const auto n = static_cast<double>(values.size());
    const double m = trimmed_mean(values, 1 / (2 * std::sqrt(n - 4)));
    double fourth_powers = 0;
    for (const double x : values) fourth_powers += std::pow(x - m, 4);
    const double squares = (n - 1) * s * s;
    return Bonett{n, s * s, n * fourth_powers / (squares * squares)};
  }

  Interval interval(double z) const {
    const double c = n / (n - z);
    const double se = c * std::sqrt((kurtosis - (n - 3) / n) / (n - 1));
    const double center = std::log(c * variance);
    return {std::exp((center - z * se) / 2), std::exp((center + z * se) / 2)};
  }
};

}  // namespace

Deviation deviation(const std::vector<double>& values, std::optional<double> chance) {
  Deviation result;
  if (values.size() < 2) return result;
  const double sd = standard_deviation(values), center = mean(values);
  result.sd = sd;
  if (center > 0) result.cv = sd / center;
  if (chance && center > *chance) result.relative_to_chance = sd / (center - *chance);
  return result;
}

std::optional<Interval> bonett_interval(const std::vector<double>& values, double confidence) {
  const auto bonett = Bonett::of(values);
  if (!bonett) return std::nullopt;
  return bonett->interval(normal_two_sided(confidence));
}

std::optional<double> bonett_test(const std::vector<double>& values, double expected) {
  const auto bonett = Bonett::of(values);
  if (!bonett) return std::nullopt;
  if (expected <= 0) return 0;
  const auto contains = [&](double z) {
    const Interval interval = bonett->interval(z);
    return interval.low <= expected && expected <= interval.high;
  };
  // The interval grows with z, which must stay below n.
  double low = 0, high = std::min(8.0, 0.999 * static_cast<double>(values.size()));
  for (int step = 0; step < 60; ++step) (contains((low + high) / 2) ? high : low) = (low + high) / 2;
  return 2 * boost::math::cdf(boost::math::complement(boost::math::normal(), low));
}

}  // namespace pebench::stats
