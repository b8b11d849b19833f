#include "host/controller/stats/likeness.h"

namespace pebench::stats {

double mean_over_pairs(const PairMatrix& alike, const std::vector<std::size_t>& seeds) {
  double sum = 0;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < seeds.size(); ++i)
    for (std::size_t j = 0; j < i; ++j, ++pairs) sum += alike[seeds[i]][seeds[j]];
  return sum / static_cast<double>(pairs);
}

Jackknife likeness(const PairMatrix& alike) {
  return jackknife(alike.size(),
                   [&](const std::vector<std::size_t>& seeds) { return mean_over_pairs(alike, seeds); });
}

Jackknife likeness_difference(const PairMatrix& first, const PairMatrix& second) {
  return jackknife(first.size(), [&](const std::vector<std::size_t>& seeds) {
    return mean_over_pairs(first, seeds) - mean_over_pairs(second, seeds);
  });
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
