#pragma once

#include <cstdint>
#include <vector>

#include "host/controller/stats/interval.h"

namespace pebench::stats {

/// One encoding's trials on one data set: 0 is random ranking, 1 perfect. Trials without a value
/// (NaN) are left out.
std::vector<double> normalized(const std::vector<double>& values, double chance);

struct Estimate {
  double value = 0;
  Interval interval;
};

struct BootstrapOptions {
  std::uint64_t seed = 0;
  std::size_t resamples = 2000;
  double confidence = 0.95;
};

/// Mean of the middle half of one encoding's normalised trials of all data sets together (Agarwal et al.
/// 2021): the lowest and highest floor(n/4) are left out. `trials` is [data set][seed], each data set with at
/// least one trial. The interval is the percentile bootstrap that redraws trials within each data set.
Estimate interquartile_mean(const std::vector<std::vector<double>>& trials, const BootstrapOptions& options);

struct ProfilePoint {
  double threshold = 0;
  Estimate share;  ///< of trials above the threshold
};

/// Performance profile of one encoding: the share of its normalised trials above each threshold, averaged
/// over data sets (Agarwal et al. 2021), with pointwise intervals by the same bootstrap.
std::vector<ProfilePoint> performance_profile(const std::vector<std::vector<double>>& trials,
                                              const std::vector<double>& thresholds,
                                              const BootstrapOptions& options);

}  // namespace pebench::stats
