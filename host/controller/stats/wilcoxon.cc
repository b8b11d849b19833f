#include "host/controller/stats/wilcoxon.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numeric>

#include "host/controller/stats/ranks.h"
#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

constexpr std::size_t most_exact = 50;

// P(W+ <= w) when each rank counts with probability 1/2. Ranks are doubled, so that shared ones are integers.
double probability_up_to(double w, const std::vector<double>& ranks) {
  const auto total =
      static_cast<std::size_t>(std::lround(2 * std::accumulate(ranks.begin(), ranks.end(), 0.0)));
  std::vector<double> probability(total + 1, 0.0);
  probability[0] = 1;
  for (const double rank : ranks) {
    const auto doubled = static_cast<std::size_t>(std::lround(2 * rank));
    for (std::size_t sum = total + 1; sum-- > 0;)
      probability[sum] = (probability[sum] + (sum >= doubled ? probability[sum - doubled] : 0)) / 2;
  }
  const auto end = static_cast<std::ptrdiff_t>(std::lround(2 * w)) + 1;
  return std::accumulate(probability.begin(), probability.begin() + end, 0.0);
}

// The variance of W+ is sum(rank^2) / 4, which has the usual correction for ties built in.
double normal_two_sided_p(double distance, const std::vector<double>& ranks) {
  const double squares = std::inner_product(ranks.begin(), ranks.end(), ranks.begin(), 0.0);
  const double z = std::max(0.0, distance - 0.5) / std::sqrt(squares / 4);
  return 2 * boost::math::cdf(boost::math::complement(boost::math::normal(), z));
}

}  // namespace

SignedRank wilcoxon_signed_rank(const std::vector<double>& differences) {
  std::vector<double> kept = without_failed(differences);
  kept.erase(std::remove(kept.begin(), kept.end(), 0.0), kept.end());
  if (kept.empty()) return {};

  std::vector<double> sizes(kept.size());
  std::transform(kept.begin(), kept.end(), sizes.begin(),
                 [](double difference) { return std::abs(difference); });
  const std::vector<double> ranks = ascending_ranks(sizes);

  SignedRank result;
  double total = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    total += ranks[i];
    if (kept[i] > 0) result.statistic += ranks[i];
  }
  result.exact = kept.size() <= most_exact;
  if (result.exact) {
    const double smaller = std::min(result.statistic, total - result.statistic);
    result.p = std::min(1.0, 2 * probability_up_to(smaller, ranks));
  } else {
    result.p = normal_two_sided_p(std::abs(result.statistic - total / 2), ranks);
  }
  return result;
}

}  // namespace pebench::stats
