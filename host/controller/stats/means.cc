#include "host/controller/stats/means.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <limits>

#include "host/controller/stats/rounding.h"
#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

double squared_error(const std::vector<double>& values) {
  const double deviation = standard_deviation(values);
  return deviation * deviation / static_cast<double>(values.size());
}

/// Degrees of freedom of Welch and Satterthwaite.
double welch_degrees(double first_error, std::size_t first, double second_error, std::size_t second) {
  const double total = first_error + second_error;
  return total * total /
         (first_error * first_error / static_cast<double>(first - 1) +
          second_error * second_error / static_cast<double>(second - 1));
}

double welch_t(std::vector<double>& a, std::vector<double>& b) {
  const double difference = std::abs(mean(a) - mean(b));
  if (tied(mean(a), mean(b))) return 0;
  const double error = std::sqrt(squared_error(a) + squared_error(b));
  return error > 0 ? difference / error : std::numeric_limits<double>::infinity();
}

double superiority_of(const std::vector<double>& a, const std::vector<double>& b) {
  double wins = 0;
  for (const double first : a)
    for (const double second : b) wins += tied(first, second) ? 0.5 : first > second ? 1 : 0;
  return wins / static_cast<double>(a.size() * b.size());
}

}  // namespace

Design design_of(const std::vector<double>& a, const std::vector<double>& b) {
  std::size_t common = 0;
  for (std::size_t s = 0; s < a.size(); ++s) common += !std::isnan(a[s]) && !std::isnan(b[s]);
  return common >= 2 ? Design::paired : Design::unpaired;
}

std::vector<double> paired_differences(const std::vector<double>& a, const std::vector<double>& b) {
  assert(a.size() == b.size());
  std::vector<double> differences(a.size());
  for (std::size_t s = 0; s < a.size(); ++s) differences[s] = tied(a[s], b[s]) ? 0 : a[s] - b[s];
  return differences;
}

std::optional<MeanComparison> compare_paired(const std::vector<double>& a, const std::vector<double>& b,
                                             double confidence) {
  const std::vector<double> differences = without_failed(paired_differences(a, b));
  const std::optional<Interval> interval = t_interval(differences, confidence);
  if (!interval) return std::nullopt;

  MeanComparison result;
  result.seeds = differences.size();
  result.difference = mean(differences);
  result.interval = *interval;
  const double deviation = standard_deviation(differences);
  if (!tied(deviation, 0, std::abs(result.difference))) result.effect_size = result.difference / deviation;
  double wins = 0;
  for (const double difference : differences) wins += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
  const Proportion superiority = wilson(wins, differences.size(), confidence);
  result.superiority = superiority.value;
  result.superiority_interval = superiority.interval;
  return result;
}

std::optional<MeanComparison> compare_unpaired(const std::vector<double>& a, const std::vector<double>& b,
                                               double confidence) {
  const std::vector<double> first = without_failed(a), second = without_failed(b);
  if (first.size() < 2 || second.size() < 2) return std::nullopt;
  MeanComparison result;
  result.design = Design::unpaired;
  result.seeds = std::min(first.size(), second.size());
  result.difference = mean(first) - mean(second);
  result.interval = {result.difference, result.difference};
  const double first_error = squared_error(first), second_error = squared_error(second);
  if (first_error + second_error > 0) {
    const double degrees = welch_degrees(first_error, first.size(), second_error, second.size());
    const double t = boost::math::quantile(boost::math::students_t(degrees), 0.5 + confidence / 2);
    const double half = t * std::sqrt(first_error + second_error);
    result.interval = {result.difference - half, result.difference + half};
    const auto n = static_cast<double>(first.size()), m = static_cast<double>(second.size());
    result.effect_size =
        result.difference / std::sqrt((n * (n - 1) * first_error + m * (m - 1) * second_error) / (n + m - 2));
  }
  result.superiority = superiority_of(first, second);
  return result;
}

std::optional<double> permutation_test(const std::vector<double>& a, const std::vector<double>& b,
                                       std::uint64_t seed) {
  const std::vector<double> first = without_failed(a), second = without_failed(b);
  if (first.size() < 2 || second.size() < 2) return std::nullopt;
  return Exchanges(Design::unpaired, first.size(), second.size(), seed).p(first, second, welch_t);
}

}  // namespace pebench::stats
