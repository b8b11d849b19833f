#include "host/controller/stats/aggregate.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "host/base/random.h"
#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

using Trials = std::vector<std::vector<double>>;

Trials redrawn(const Trials& trials, base::Stream& stream) {
  Trials sample = trials;
  for (std::size_t d = 0; d < trials.size(); ++d)
    for (double& value : sample[d]) value = trials[d][stream.below(trials[d].size())];
  return sample;
}

// Each of the values `statistics` computes, with its interval.
std::vector<Estimate> bootstrap(const Trials& trials,
                                const std::function<std::vector<double>(const Trials&)>& statistics,
                                const BootstrapOptions& options) {
  const std::vector<double> observed = statistics(trials);
  base::Stream stream(options.seed, "statistics", "bootstrap");
  std::vector<std::vector<double>> drawn(observed.size());
  for (std::size_t resample = 0; resample < options.resamples; ++resample) {
    const std::vector<double> values = statistics(redrawn(trials, stream));
    for (std::size_t i = 0; i < values.size(); ++i) drawn[i].push_back(values[i]);
  }
  const double tail = (1 - options.confidence) / 2;
  std::vector<Estimate> estimates;
  for (std::size_t i = 0; i < observed.size(); ++i)
    estimates.push_back({observed[i], {quantile(drawn[i], tail), quantile(drawn[i], 1 - tail)}});
  return estimates;
}

double interquartile_mean_of(const Trials& trials) {
  std::vector<double> all;
  for (const auto& dataset : trials) all.insert(all.end(), dataset.begin(), dataset.end());
  return trimmed_mean(std::move(all), 0.25);
}

double share_above(double threshold, const Trials& trials) {
  double sum = 0;
  for (const auto& dataset : trials) {
    const auto above =
        std::count_if(dataset.begin(), dataset.end(), [&](double value) { return value > threshold; });
    sum += static_cast<double>(above) / static_cast<double>(dataset.size());
  }
  return sum / static_cast<double>(trials.size());
}

}  // namespace

std::vector<double> normalized(const std::vector<double>& values, double chance) {
  std::vector<double> result;
  for (const double value : values)
    if (!std::isnan(value)) result.push_back((value - chance) / (1 - chance));
  return result;
}

Estimate interquartile_mean(const Trials& trials, const BootstrapOptions& options) {
  return bootstrap(
             trials, [](const Trials& sample) { return std::vector{interquartile_mean_of(sample)}; }, options)
      .front();
}

std::vector<ProfilePoint> performance_profile(const Trials& trials, const std::vector<double>& thresholds,
                                              const BootstrapOptions& options) {
  const auto shares = [&](const Trials& sample) {
    std::vector<double> result;
    for (const double threshold : thresholds) result.push_back(share_above(threshold, sample));
    return result;
  };
  const std::vector<Estimate> estimates = bootstrap(trials, shares, options);
  std::vector<ProfilePoint> profile;
  for (std::size_t i = 0; i < thresholds.size(); ++i) profile.push_back({thresholds[i], estimates[i]});
  return profile;
}

}  // namespace pebench::stats
