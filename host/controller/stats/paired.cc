#include "host/controller/stats/paired.h"

#include <cassert>

#include "host/controller/stats/summary.h"

namespace pebench::stats {

std::vector<double> paired_differences(const std::vector<double>& a, const std::vector<double>& b) {
  assert(a.size() == b.size());
  std::vector<double> differences(a.size());
  for (std::size_t s = 0; s < a.size(); ++s) differences[s] = a[s] - b[s];
  return differences;
}

std::optional<PairedComparison> compare_paired(const std::vector<double>& a, const std::vector<double>& b,
                                               double confidence) {
  const std::vector<double> differences = without_failed(paired_differences(a, b));
  const std::optional<Interval> interval = t_interval(differences, confidence);
  if (!interval) return std::nullopt;

  PairedComparison result;
  result.seeds = differences.size();
  result.mean = mean(differences);
  result.interval = *interval;
  if (const double deviation = standard_deviation(differences); deviation > 0)
    result.effect_size = result.mean / deviation;
  double wins = 0;
  for (const double difference : differences) wins += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
  result.superiority = wilson(wins, differences.size(), confidence);
  return result;
}

}  // namespace pebench::stats
