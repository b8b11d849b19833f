#include "host/controller/stats/deviation_ratio.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

// The residuals of two encodings on the seeds both finished.
struct Residuals {
  std::vector<std::size_t> seeds;
  std::vector<double> first, second;
};

void center(std::vector<double>& values) {
  const double middle = median(values);
  for (double& value : values) value -= middle;
}

Residuals residuals_of(const std::vector<double>& first, const std::vector<double>& second) {
  Residuals residuals;
  for (std::size_t s = 0; s < first.size(); ++s) {
    if (std::isnan(first[s]) || std::isnan(second[s])) continue;
    residuals.seeds.push_back(s);
    residuals.first.push_back(first[s]);
    residuals.second.push_back(second[s]);
  }
  if (residuals.seeds.size() < 2) return {};
  center(residuals.first);
  center(residuals.second);
  return residuals;
}

// Sorts `values`. Around a median, the sum of deviations is that of the upper half less that of the lower
// half.
double sum_of_deviations(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  double sum = 0;
  for (std::size_t low = 0, high = values.size() - 1; low < high; ++low, --high)
    sum += values[high] - values[low];
  return sum;
}

double ratio(double first, double second) {
  const auto [smaller, larger] = std::minmax(first, second);
  if (larger == 0) return 1;
  return smaller == 0 ? std::numeric_limits<double>::infinity() : larger / smaller;
}

double ratio_after_swaps(const Residuals& residuals, const std::vector<double>& signs) {
  if (residuals.seeds.empty()) return 1;
  std::vector<double> first = residuals.first, second = residuals.second;
  for (std::size_t i = 0; i < residuals.seeds.size(); ++i)
    if (signs[residuals.seeds[i]] < 0) std::swap(first[i], second[i]);
  return ratio(sum_of_deviations(first), sum_of_deviations(second));
}

}  // namespace

std::vector<std::vector<TestResult>> deviation_ratio_test(
    const std::vector<std::vector<std::vector<double>>>& values, const std::vector<Pair>& pairs,
    std::uint64_t seed) {
  std::vector<Stratum> strata;
  for (const auto& encodings : values) {
    std::vector<Residuals> residuals;
    for (const auto& [first, second] : pairs)
      residuals.push_back(residuals_of(encodings[first], encodings[second]));
    Stratum stratum;
    stratum.seeds = encodings.empty() ? 0 : encodings.front().size();
    stratum.hypotheses = pairs.size();
    stratum.evaluate = [residuals = std::move(residuals)](const std::vector<double>& signs,
                                                          std::vector<double>& statistics) {
      std::transform(residuals.begin(), residuals.end(), statistics.begin(),
                     [&](const Residuals& pair) { return ratio_after_swaps(pair, signs); });
    };
    strata.push_back(std::move(stratum));
  }
  MaxTOptions options;
  options.exact_up_to =
      16;  // sorting costs more than summing, and 2^16 sign vectors are as many as are drawn
  return max_t_test(strata, base::Stream(seed, "statistics", "deviation ratio"), options);
}

double mean_deviation(const std::vector<double>& values) {
  std::vector<double> sorted = values;
  return sum_of_deviations(sorted) / static_cast<double>(values.size());
}

}  // namespace pebench::stats
