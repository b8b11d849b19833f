#include "host/controller/stats/critical_difference.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <numeric>

#include "host/controller/stats/ranks.h"
#include "host/controller/stats/studentized_range.h"

namespace pebench::stats {
namespace {

std::vector<std::vector<std::size_t>> groups_within(double difference,
                                                    const std::vector<double>& mean_ranks) {
  std::vector<std::size_t> order(mean_ranks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return mean_ranks[a] < mean_ranks[b]; });
  std::vector<std::vector<std::size_t>> groups;
  std::ptrdiff_t covered = 0;
  for (auto begin = order.begin(); begin != order.end(); ++begin) {
    const auto end = std::find_if(begin, order.end(), [&](std::size_t encoding) {
      return mean_ranks[encoding] - mean_ranks[*begin] > difference;
    });
    // One that ends where an earlier one did is a part of it.
    if (end - order.begin() > covered && end - begin >= 2) groups.emplace_back(begin, end);
    covered = std::max(covered, end - order.begin());
  }
  return groups;
}

}  // namespace

std::vector<std::vector<double>> ranks_by_dataset(const std::vector<std::vector<double>>& values) {
  std::vector<std::vector<double>> ranks;
  for (std::vector<double> dataset : values) {
    for (double& value : dataset) value = -value;
    ranks.push_back(ascending_ranks(dataset));
  }
  return ranks;
}

std::optional<CriticalDifference> critical_difference(const std::vector<std::vector<double>>& values,
                                                      double alpha) {
  if (values.size() < fewest_datasets || values.front().size() < 2) return std::nullopt;
  const std::size_t encodings = values.front().size();
  const auto n = static_cast<double>(values.size()), k = static_cast<double>(encodings);

  CriticalDifference result;
  result.mean_ranks.assign(encodings, 0.0);
  double squared_ranks = 0;
  for (const auto& ranks : ranks_by_dataset(values)) {
    for (std::size_t e = 0; e < encodings; ++e) {
      result.mean_ranks[e] += ranks[e] / n;
      squared_ranks += ranks[e] * ranks[e];
    }
  }

  // Rank sums around their mean over the ranks' own variance, which ties lessen (Conover 1999, section 5.8).
  double between = 0;
  for (const double rank : result.mean_ranks) between += std::pow(n * (rank - (k + 1) / 2), 2);
  const double variance = squared_ranks - n * k * (k + 1) * (k + 1) / 4;
  if (variance > 0) {
    result.friedman = (k - 1) * between / variance;
    result.p = boost::math::cdf(boost::math::complement(boost::math::chi_squared(k - 1), result.friedman));
  }
  const double q = studentized_range_quantile(1 - alpha, static_cast<int>(encodings));
  result.difference = q / std::sqrt(2.0) * std::sqrt(k * (k + 1) / (6 * n));
  result.groups = groups_within(result.difference, result.mean_ranks);
  return result;
}

}  // namespace pebench::stats
