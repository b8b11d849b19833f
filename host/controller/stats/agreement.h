#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "host/controller/stats/interval.h"

namespace pebench::stats {

/// What encodings are worth in one setting, seed by seed.
struct SettingValues {
  std::vector<std::vector<double>> values;  ///< [encoding][seed], none of them NaN
  /// Settings of the same sample have the same seeds in the same order, and are redrawn together.
  std::size_t sample = 0;

  std::size_t seeds() const { return values.empty() ? 0 : values.front().size(); }
};

/// Above this tau an order carries over: without ties, more than three pairs of encodings in four stand in
/// the same order.
constexpr double carried_tau = 0.5;

/// How far settings order the same encodings alike.
struct Agreement {
  std::size_t seeds = 0;      ///< of the setting that has fewest
  std::optional<double> tau;  ///< nothing where a setting has all encodings tied
  Interval interval{-1, 1};   ///< wide open where the seeds are too few for any
  // Two-sided: at most 1 - confidence where the interval lies wholly on that side.
  double p_carried = 1;  ///< of a tau of carried_tau or less
  double p_turned = 1;   ///< of a tau of 0 or more
};

struct AgreementOptions {
  std::uint64_t seed = 0;
  std::size_t resamples = 100000;
  double confidence = 0.95;
};

/// The mean of Kendall's tau-b of the encodings' means over these pairs of settings (indices): of one pair
/// its tau, of all pairs Hays's (1960) average tau. All settings have the same encodings, two or more, in the
/// same order. The interval is the percentile bootstrap over whole seeds, each setting's or sample's redrawn
/// for itself, expanded for the few seeds (Hesterberg 2015); a resample without any order counts as tau 0.
/// The same in every call.
Agreement agreement(const std::vector<SettingValues>& settings,
                    const std::vector<std::pair<std::size_t, std::size_t>>& pairs,
                    const AgreementOptions& options = {});

/// How far a setting agrees with itself: the mean of tau between the encodings' means over one half of the
/// seeds and over the other (of an odd number one more), over all ways of halving them where these are at
/// most 4,096, else over 10,000 of a stream named by `seed`. A half without any order counts as tau 0.
/// Nothing for fewer than two seeds.
std::optional<double> self_agreement(const SettingValues& setting, std::uint64_t seed = 0);

/// What is said of the order of encodings in two settings.
enum class Carrying { carries_over, turns, not_known };
std::string_view name_of(Carrying carrying);

/// Decided where the p of either answer, adjusted for its family, is at most alpha.
Carrying carrying(double adjusted_p_carried, double adjusted_p_turned, double alpha = 0.05);

}  // namespace pebench::stats
