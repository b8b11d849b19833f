#include "host/controller/stats/deviation_ratio.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/controller/stats/rounding.h"
#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Residuals {
  std::vector<double> first, second;
};

// Values that differ by rounding alone do not deviate.
void center(std::vector<double>& values) {
  const double middle = median(values);
  for (double& value : values) value = tied(value, middle) ? 0 : value - middle;
}

std::optional<Residuals> residuals_of(const std::vector<double>& first, const std::vector<double>& second,
                                      Design design) {
  Residuals residuals;
  if (design == Design::paired) {
    for (std::size_t s = 0; s < first.size(); ++s) {
      if (std::isnan(first[s]) || std::isnan(second[s])) continue;
      residuals.first.push_back(first[s]);
      residuals.second.push_back(second[s]);
    }
  } else {
    residuals = {without_failed(first), without_failed(second)};
  }
  if (residuals.first.size() < 2 || residuals.second.size() < 2) return std::nullopt;
  center(residuals.first);
  center(residuals.second);
  return residuals;
}

double ratio_of(double first, double second) {
  if (second == 0) return first == 0 ? 1 : infinity;
  return first / second;
}

/// The values of two groups in one order, so that whatever is exchanged, one walk meets the lower and the
/// upper half of each.
class Pool {
 public:
  Pool(const std::vector<double>& first, const std::vector<double>& second, Design design)
      : signs_{signs_of(first.size()), signs_of(second.size())} {
    const bool paired = design == Design::paired;
    for (std::size_t i = 0; i < first.size(); ++i) values_.push_back({first[i], i, !paired});
    for (std::size_t i = 0; i < second.size(); ++i)
      values_.push_back({second[i], paired ? i : first.size() + i, true});
    std::sort(values_.begin(), values_.end(),
              [](const Value& a, const Value& b) { return a.value < b.value; });
  }

  /// Of the mean deviations of the groups that a way of exchanging gives: the larger over the smaller, which
  /// rises with |ln ratio|.
  double size_of_ratio(const char* way) const {
    double sums[2] = {0, 0};
    const double* signs[2] = {signs_[0].data(), signs_[1].data()};
    for (const Value& value : values_) {
      const int group = static_cast<int>(value.flips) ^ way[value.flag];
      sums[group] += *signs[group]++ * value.value;
    }
    const double ratio = ratio_of(sums[0] / static_cast<double>(signs_[0].size()),
                                  sums[1] / static_cast<double>(signs_[1].size()));
    return ratio < 1 ? 1 / ratio : ratio;
  }

 private:
  struct Value {
    double value;
    std::size_t flag;  ///< of a way, that tells its group
    bool flips;        ///< the group is the second where the flag is not set
  };

  /// Around a median, the sum of deviations is that of the upper half less that of the lower half: by rank.
  static std::vector<double> signs_of(std::size_t size) {
    std::vector<double> signs(size, 0);
    for (std::size_t i = 0; i < size / 2; ++i) signs[i] = -1, signs[size - 1 - i] = 1;
    return signs;
  }

  std::vector<Value> values_;
  std::vector<double> signs_[2];
};

/// The test inverted, for residuals of one pair.
class Inversion {
 public:
  Inversion(double observed, const Residuals& residuals, const Exchanges& exchanges, double alpha)
      : observed_(observed), residuals_(residuals), exchanges_(exchanges), alpha_(alpha) {}

  /// The furthest ratio that is not rejected, in the direction of `step` from the observed one. p need not
  /// fall evenly on the way, so the search comes from afar: by factors of `step` until one is accepted, then
  /// more finely, and roughly first, since every ratio costs thousands of exchanges.
  double bound(double step) const {
    double outside = observed_ * std::pow(step, furthest);
    if (accepts(outside, true)) return step > 1 ? infinity : 0;
    int steps = furthest - 1;
    while (steps > 0 && !accepts(observed_ * std::pow(step, steps), true)) --steps;
    const double near =
        search(observed_ * std::pow(step, steps), observed_ * std::pow(step, steps + 1), true);
    const double margin = std::pow(step, 0.25);
    double far = near * margin;
    while (accepts(far, false)) far *= margin;
    const double back = near / margin;
    return search(step > 1 ? std::max(observed_, back) : std::min(observed_, back), far, false);
  }

 private:
  static constexpr int furthest =
      20;  // steps; a ratio a million times the observed one is as good as infinite
  static constexpr int grid = 8, bisections = 6;

  bool accepts(double ratio, bool roughly) const {
    std::vector<double> divided = residuals_.first;
    for (double& value : divided) value /= ratio;
    const Pool pool(divided, residuals_.second, exchanges_.design());
    const auto statistic = [&pool](const char* way) { return pool.size_of_ratio(way); };
    return roughly ? exchanges_.p_exceeds_roughly(alpha_, statistic)
                   : exchanges_.p_exceeds(alpha_, statistic);
  }

  /// The accepted ratio that is the next to `outside`: first on a grid, then by bisection.
  double search(double inside, double outside, bool roughly) const {
    const double step = std::pow(inside / outside, 1.0 / grid);
    double rejected = outside, accepted = inside;
    for (int i = 1; i < grid; ++i) {
      const double ratio = outside * std::pow(step, i);
      if (accepts(ratio, roughly)) {
        accepted = ratio;
        break;
      }
      rejected = ratio;
    }
    for (int i = 0; i < bisections; ++i) {
      const double middle = std::sqrt(accepted * rejected);
      (accepts(middle, roughly) ? accepted : rejected) = middle;
    }
    return accepted;
  }

  double observed_;
  const Residuals& residuals_;
  const Exchanges& exchanges_;
  double alpha_;
};

Interval inverted(const DeviationRatio& tested, const Residuals& residuals, const Exchanges& exchanges,
                  double alpha) {
  if (tested.ratio == 0 || std::isinf(tested.ratio)) {
    // Residuals of 0 stay 0 under any factor, so nothing tells one ratio from another.
    return {0, infinity};
  }
  const Inversion inversion(tested.ratio, residuals, exchanges, alpha);
  Interval interval = {inversion.bound(0.5), inversion.bound(2)};
  // The ends are found to a thousandth: p itself decides about 1.
  if (tested.p > alpha) return {std::min(interval.low, 1.0), std::max(interval.high, 1.0)};
  if (tested.ratio > 1) interval.low = std::max(interval.low, std::nextafter(1.0, 2.0));
  if (tested.ratio < 1) interval.high = std::min(interval.high, std::nextafter(1.0, 0.0));
  return interval;
}

std::optional<DeviationRatio> compared(const std::vector<double>& first, const std::vector<double>& second,
                                       Design design, std::uint64_t seed, std::optional<double> alpha) {
  const auto residuals = residuals_of(first, second, design);
  if (!residuals) return std::nullopt;
  const Exchanges exchanges(design, residuals->first.size(), residuals->second.size(), seed);
  DeviationRatio result;
  result.ratio = ratio_of(mean_deviation(residuals->first), mean_deviation(residuals->second));
  const Pool pool(residuals->first, residuals->second, design);
  result.p = exchanges.p([&pool](const char* way) { return pool.size_of_ratio(way); });
  result.interval = {0, infinity};
  if (alpha) result.interval = inverted(result, *residuals, exchanges, *alpha);
  return result;
}

}  // namespace

double mean_deviation(const std::vector<double>& values) {
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  // Around a median, the sum of deviations is that of the upper half less that of the lower half.
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size() / 2; ++i) sum += sorted[sorted.size() - 1 - i] - sorted[i];
  return sum / static_cast<double>(sorted.size());
}

std::optional<DeviationRatio> compare_deviations(const std::vector<double>& first,
                                                 const std::vector<double>& second, Design design,
                                                 std::uint64_t seed, double confidence) {
  return compared(first, second, design, seed, 1 - confidence);
}

std::optional<DeviationRatio> test_deviations(const std::vector<double>& first,
                                              const std::vector<double>& second, Design design,
                                              std::uint64_t seed) {
  return compared(first, second, design, seed, std::nullopt);
}

}  // namespace pebench::stats
