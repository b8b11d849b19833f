#include "host/controller/stats/agreement.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>

#include "host/base/random.h"
#include "host/controller/stats/kendall.h"

namespace pebench::stats {
namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
using Sums = std::vector<double>;  // [encoding], over seeds: in the order of their means

constexpr std::size_t most_halvings = 4096, random_halvings = 10000;
constexpr double rounding = 1e-9;  // of a tau

double or_no_order(std::optional<double> tau) { return tau.value_or(0); }

void sum_over(const std::vector<std::size_t>& seeds, const SettingValues& setting, Sums& sums) {
  sums.assign(setting.values.size(), 0.0);
  for (std::size_t e = 0; e < sums.size(); ++e)
    for (const std::size_t s : seeds) sums[e] += setting.values[e][s];
}

Sums sums_over(const std::vector<std::size_t>& seeds, const SettingValues& setting) {
  Sums sums;
  sum_over(seeds, setting, sums);
  return sums;
}

std::vector<std::size_t> all_seeds(const SettingValues& setting) {
  std::vector<std::size_t> seeds(setting.seeds());
  std::iota(seeds.begin(), seeds.end(), std::size_t{0});
  return seeds;
}

std::optional<double> mean_tau(const std::vector<Sums>& sums, const Pairs& pairs, bool without_order) {
  double total = 0;
  for (const auto& [first, second] : pairs) {
    const std::optional<double> tau = kendall_tau(sums[first], sums[second]);
    if (!tau && !without_order) return std::nullopt;
    total += or_no_order(tau);
  }
  return total / static_cast<double>(pairs.size());
}

/// How often each value was drawn: tau has few, so that this is small.
class Drawn {
 public:
  void add(double value) {
    ++counts_[value];
    ++total_;
  }
  std::size_t at_most(double bound) const {
    std::size_t count = 0;
    for (const auto& [value, times] : counts_) count += value <= bound + rounding ? times : 0;
    return count;
  }
  std::size_t at_least(double bound) const {
    std::size_t count = 0;
    for (const auto& [value, times] : counts_) count += value >= bound - rounding ? times : 0;
    return count;
  }
  /// The k-th smallest and the k-th largest, k >= 1.
  Interval between(std::size_t k) const { return {kth(counts_.begin(), k), kth(counts_.rbegin(), k)}; }
  std::size_t total() const { return total_; }

 private:
  template <class Iterator>
  static double kth(Iterator from, std::size_t k) {
    for (std::size_t passed = from->second; passed < k; passed += from->second) ++from;
    return from->first;
  }

  std::map<double, std::size_t> counts_;
  std::size_t total_ = 0;
};

Drawn bootstrap(const std::vector<SettingValues>& settings, const Pairs& pairs,
                const AgreementOptions& options) {
  base::Stream stream(options.seed, "statistics", "agreement");
  std::map<std::size_t, std::vector<std::size_t>> chosen;  // by sample
  for (const SettingValues& setting : settings) chosen[setting.sample].resize(setting.seeds());
  std::vector<Sums> sums(settings.size());
  Drawn drawn;
  for (std::size_t resample = 0; resample < options.resamples; ++resample) {
    for (auto& [sample, seeds] : chosen)
      for (std::size_t& seed : seeds) seed = stream.below(seeds.size());
    for (std::size_t i = 0; i < settings.size(); ++i)
      sum_over(chosen.at(settings[i].sample), settings[i], sums[i]);
    drawn.add(*mean_tau(sums, pairs, true));
  }
  return drawn;
}

/// What a share of resamples is as a tail of Student's t, of which the bootstrap of n values draws the normal
/// with a variance (n - 1)/n too small: Hesterberg's expansion, read backwards.
double two_sided_p(std::size_t reaching, std::size_t resamples, std::size_t seeds) {
  const double share = static_cast<double>(reaching + 1) / static_cast<double>(resamples + 1);
  if (share >= 0.5) return 1;
  const auto n = static_cast<double>(seeds);
  const double z = boost::math::quantile(boost::math::complement(boost::math::normal(), share));
  return 2 * boost::math::cdf(
                 boost::math::complement(boost::math::students_t(n - 1), z * std::sqrt((n - 1) / n)));
}

/// The share of resamples beyond either end of an interval.
double expanded_tail(double confidence, std::size_t seeds) {
  const auto n = static_cast<double>(seeds);
  const double t = boost::math::quantile(boost::math::students_t(n - 1), 0.5 + confidence / 2);
  return boost::math::cdf(boost::math::normal(), -std::sqrt(n / (n - 1)) * t);
}

/// Calls `visit(half, rest)` with the seeds of either half.
template <class Visit>
void halve(std::size_t seeds, std::uint64_t seed, const Visit& visit) {
  const std::size_t half = seeds / 2;
  std::vector<std::size_t> one(half), other(seeds - half);
  const auto split = [&](const std::vector<char>& chosen) {
    std::size_t next_one = 0, next_other = 0;
    for (std::size_t s = 0; s < seeds; ++s)
      if (chosen[s] != 0)
        one[next_one++] = s;
      else
        other[next_other++] = s;
    visit(one, other);
  };
  std::vector<char> chosen(seeds, 0);
  std::fill_n(chosen.begin(), half, 1);
  double ways = 1;
  for (std::size_t i = 0; i < half; ++i) ways *= static_cast<double>(seeds - i) / static_cast<double>(i + 1);
  if (ways <= static_cast<double>(most_halvings) + 0.5) {
    do split(chosen);
    while (std::prev_permutation(chosen.begin(), chosen.end()));
    return;
  }
  base::Stream stream(seed, "statistics", "halves");
  for (std::size_t way = 0; way < random_halvings; ++way) {
    base::shuffle(chosen, stream);
    split(chosen);
  }
}

}  // namespace

Agreement agreement(const std::vector<SettingValues>& settings, const Pairs& pairs,
                    const AgreementOptions& options) {
  assert(!pairs.empty());
  Agreement result;
  result.seeds = settings.front().seeds();
  std::vector<Sums> sums;
  for (const SettingValues& setting : settings) {
    result.seeds = std::min(result.seeds, setting.seeds());
    sums.push_back(sums_over(all_seeds(setting), setting));
  }
  if (result.seeds == 0) return result;
  result.tau = mean_tau(sums, pairs, false);
  if (!result.tau || result.seeds < 2) return result;
  const Drawn drawn = bootstrap(settings, pairs, options);
  result.p_carried = two_sided_p(drawn.at_most(carried_tau), drawn.total(), result.seeds);
  result.p_turned = two_sided_p(drawn.at_least(0), drawn.total(), result.seeds);
  const auto beyond = static_cast<std::size_t>(expanded_tail(options.confidence, result.seeds) *
                                               static_cast<double>(drawn.total() + 1));
  if (beyond > 0) result.interval = drawn.between(beyond);
  return result;
}

std::optional<double> self_agreement(const SettingValues& setting, std::uint64_t seed) {
  if (setting.seeds() < 2) return std::nullopt;
  double total = 0;
  std::size_t ways = 0;
  halve(setting.seeds(), seed, [&](const auto& one, const auto& other) {
    total += or_no_order(kendall_tau(sums_over(one, setting), sums_over(other, setting)));
    ++ways;
  });
  return total / static_cast<double>(ways);
}

std::string_view name_of(Carrying carrying) {
  switch (carrying) {
    case Carrying::carries_over:
      return "carries over";
    case Carrying::turns:
      return "turns";
    case Carrying::not_known:
      return "not known";
  }
  return "";
}

Carrying carrying(double adjusted_p_carried, double adjusted_p_turned, double alpha) {
  if (adjusted_p_carried <= alpha) return Carrying::carries_over;
  if (adjusted_p_turned <= alpha) return Carrying::turns;
  return Carrying::not_known;
}

}  // namespace pebench::stats
