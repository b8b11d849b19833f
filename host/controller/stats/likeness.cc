#include "host/controller/stats/likeness.h"

#include <cmath>

#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

/// Of a mean over pairs, if pairs were all that varies.
double variance_of_pairs(const PairMatrix& alike) {
  std::vector<double> pairs;
  for (std::size_t i = 0; i < alike.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) pairs.push_back(alike[i][j]);
  const double deviation = standard_deviation(pairs);
  return deviation * deviation / static_cast<double>(pairs.size());
}

}  // namespace

double mean_over_pairs(const PairMatrix& alike, const std::vector<std::size_t>& seeds) {
  double sum = 0;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < seeds.size(); ++i)
    for (std::size_t j = 0; j < i; ++j, ++pairs) sum += alike[seeds[i]][seeds[j]];
  return sum / static_cast<double>(pairs);
}

Jackknife likeness(const PairMatrix& alike) {
  const auto of_seeds = jackknife(
      alike.size(), [&](const std::vector<std::size_t>& seeds) { return mean_over_pairs(alike, seeds); });
  return with_error_of_at_least(std::sqrt(variance_of_pairs(alike)), of_seeds, alike.size());
}

Jackknife likeness_difference(const PairMatrix& first, const PairMatrix& second) {
  const auto of_seeds = jackknife(first.size(), [&](const std::vector<std::size_t>& seeds) {
    return mean_over_pairs(first, seeds) - mean_over_pairs(second, seeds);
  });
  return with_error_of_at_least(std::sqrt(variance_of_pairs(first) + variance_of_pairs(second)), of_seeds,
                                first.size());
}

std::string_view name_of(Likeness likeness) {
  switch (likeness) {
    case Likeness::more_alike:
      return "more alike";
    case Likeness::less_alike:
      return "less alike";
    default:
      return "undecided";
  }
}

Likeness likeness_verdict(double difference, double p, double alpha) {
  if (!(p <= alpha)) return Likeness::undecided;
  return difference > 0 ? Likeness::more_alike : Likeness::less_alike;
}

}  // namespace pebench::stats
