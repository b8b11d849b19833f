#include "host/stats/deviation.h"

#include <cmath>

#include "host/stats/summary.h"

namespace pebench::stats {

Deviation deviation(const std::vector<double>& values, double chance) {
  Deviation result;
  if (values.size() < 2) return result;
  const double sd = standard_deviation(values), center = mean(values);
  result.sd = sd;
  if (center > 0) result.cv = sd / center;
  if (center > chance) result.relative_to_chance = sd / (center - chance);
  return result;
}

std::optional<Interval> bonett_interval(const std::vector<double>& values, double confidence) {
  if (values.size() < 5) return std::nullopt;
  const double s = standard_deviation(values);
  if (s == 0) return std::nullopt;

  const auto n = static_cast<double>(values.size());
  const double z = normal_two_sided(confidence);
  const double m = trimmed_mean(values, 1 / (2 * std::sqrt(n - 4)));
  double fourth_powers = 0;
  for (const double x : values) fourth_powers += std::pow(x - m, 4);
  const double squares = (n - 1) * s * s;
  const double g = n * fourth_powers / (squares * squares);
  const double c = n / (n - z);
  const double se = c * std::sqrt((g - (n - 3) / n) / (n - 1));
  const double center = std::log(c * s * s);
  return Interval{std::exp((center - z * se) / 2), std::exp((center + z * se) / 2)};
}

std::vector<double> failed_at_chance(std::vector<double> values, double chance) {
  for (double& value : values)
    if (std::isnan(value)) value = chance;
  return values;
}

}  // namespace pebench::stats
