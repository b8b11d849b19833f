#include "host/controller/stats/sign_flip.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace pebench::stats {
namespace {

using Comparisons = std::vector<std::vector<double>>;

// A missing difference counts neither in the sum nor in the sum of squares, just as one that is 0. A seed
// that no comparison has is left out: its signs would be flipped for nothing.
Comparisons without_missing(const Comparisons& differences) {
  Comparisons present(differences.size());
  const std::size_t seeds = differences.empty() ? 0 : differences.front().size();
  for (std::size_t s = 0; s < seeds; ++s) {
    const bool any = std::any_of(differences.begin(), differences.end(),
                                 [s](const auto& comparison) { return !std::isnan(comparison[s]); });
    if (!any) continue;
    for (std::size_t h = 0; h < differences.size(); ++h)
      present[h].push_back(std::isnan(differences[h][s]) ? 0 : differences[h][s]);
  }
  return present;
}

Stratum stratum_of(Comparisons data) {
  Stratum stratum;
  stratum.hypotheses = data.size();
  stratum.seeds = data.empty() ? 0 : data.front().size();
  std::vector<double> squares;
  for (const auto& comparison : data) {
    assert(comparison.size() == stratum.seeds);
    double sum = 0;
    for (const double difference : comparison) sum += difference * difference;
    squares.push_back(sum);
  }
  stratum.evaluate = [data = std::move(data), squares = std::move(squares)](const std::vector<double>& signs,
                                                                            std::vector<double>& statistics) {
    for (std::size_t h = 0; h < data.size(); ++h) {
      double sum = 0;
      for (std::size_t s = 0; s < signs.size(); ++s) sum += signs[s] * data[h][s];
      statistics[h] = squares[h] > 0 ? sum * sum / squares[h] : 0;
    }
  };
  return stratum;
}

}  // namespace

std::vector<std::vector<TestResult>> sign_flip_test(
    const std::vector<std::vector<std::vector<double>>>& differences, std::uint64_t seed) {
  std::vector<Stratum> strata;
  for (const auto& comparisons : differences) strata.push_back(stratum_of(without_missing(comparisons)));
  return max_t_test(strata, base::Stream(seed, "statistics", "sign flip"));
}

double smallest_p(std::size_t seeds) { return seeds == 0 ? 1 : std::exp2(1 - static_cast<double>(seeds)); }

}  // namespace pebench::stats
