#include "host/controller/stats/expected_best.h"

#include <algorithm>
#include <cmath>

namespace pebench::stats {

ExpectedBest expected_best(std::vector<double> values, std::size_t n) {
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size()), draws = static_cast<double>(n);
  // P(the largest <= the i-th smallest) = (i / N)^n
  double below = 0, mean = 0;
  std::vector<double> weights;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double up_to = std::pow(static_cast<double>(i + 1) / count, draws);
    weights.push_back(up_to - below);
    below = up_to;
    mean += weights.back() * values[i];
  }
  double variance = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    variance += weights[i] * (values[i] - mean) * (values[i] - mean);
  return {mean, std::sqrt(variance)};
}

}  // namespace pebench::stats
