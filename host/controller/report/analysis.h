#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/report/study.h"
#include "host/controller/stats/aggregate.h"
#include "host/controller/stats/brown_forsythe.h"
#include "host/controller/stats/critical_difference.h"
#include "host/controller/stats/deviation.h"
#include "host/controller/stats/deviation_ratio.h"
#include "host/controller/stats/interval.h"
#include "host/controller/stats/means.h"
#include "host/controller/stats/seed_policy.h"
#include "host/controller/stats/verdict.h"

namespace pebench::report {

/// Confidence of all intervals shown.
constexpr double confidence = 0.95;

/// What is said of two encodings; "undecided" also where the seed policy admits no verdict.
struct Verdicts {
  stats::Direction direction = stats::Direction::undecided;
  stats::Stability stability = stats::Stability::undecided;

  bool operator==(const Verdicts& other) const {
    return direction == other.direction && stability == other.stability;
  }
};

/// One encoding (first) against another (second): on the seeds that both have, or, where they share fewer
/// than two, as independent samples.
struct PairAnalysis {
  std::size_t first = 0, second = 0;  ///< indices of encodings
  stats::MeanComparison mean;
  double mean_p = 1;  ///< sign flips; unpaired: permutation of labels
  double mean_adjusted_p =
      1;  ///< over the pairs of its family and data sets: max-T; Holm where any pair is unpaired
  std::optional<double> wilcoxon_p;               ///< paired, for reference
  std::optional<double> wilcoxon_holm_p;          ///< over the family on this data set
  std::optional<stats::Equivalence> equivalence;  ///< nothing without a margin
  stats::DeviationRatio deviation;
  bool deviation_has_interval = false;
  double deviation_adjusted_p = 1;  ///< Holm over the pairs of its family and data sets
  std::optional<double> sd_ratio;   ///< SD of the first / SD of the second; nothing where that is 0
  std::optional<stats::FTest> brown_forsythe;
  stats::Strength mean_strength = stats::Strength::none, deviation_strength = stats::Strength::none;
  /// No verdict, since one of the two has failed trials and no chance level is known that they could count
  /// as.
  bool withheld = false;
  Verdicts verdicts;
  std::optional<Verdicts> without_failed;  ///< those of the trials with values alone, where they are others
};

struct EncodingAnalysis {
  std::string encoding;
  std::vector<double> values;  ///< seed by seed, failed trials at chance, NaN where there is none
  std::size_t seeds = 0;       ///< with a value
  std::optional<double> mean;
  std::optional<stats::Interval> mean_interval;
  stats::Deviation deviation;
  std::optional<stats::Interval> deviation_interval;
  std::optional<bool> normal;            ///< stats::looks_normal
  std::optional<double> mean_deviation;  ///< mean |x - median|
  std::optional<double> sd_of_measured;  ///< without the failed trials, where there are any
  std::size_t measured = 0, failed = 0, stopped = 0, missing = 0;  ///< trials, by their Outcome
  std::size_t copies = 0;                ///< of the measured ones, copies of one another, which count as one
  std::optional<std::size_t> at_chance;  ///< of the measured ones; nothing where records do not tell
  std::optional<stats::Proportion> failures;  ///< failed / (measured + failed)
};

struct DatasetAnalysis {
  std::string dataset;
  std::optional<double> chance;
  std::vector<EncodingAnalysis> encodings;     ///< in the suite's order
  std::vector<PairAnalysis> against_baseline;  ///< the family of comparisons with the baseline
  std::vector<PairAnalysis> pairs;             ///< the family of all pairs, without intervals of deviations

  /// The comparison of this encoding with the baseline; null for the baseline, and where there is none.
  const PairAnalysis* with_baseline(std::size_t encoding) const;
};

/// Encodings over several data sets.
struct AcrossDatasets {
  std::vector<std::string> encodings;
  std::vector<std::vector<double>> ranks;  ///< [data set][encoding], 1 for the best mean
  std::optional<stats::CriticalDifference> critical_difference;
  /// [encoding], of (x - chance)/(1 - chance); empty for a metric that is not between 0 and 1 or has no
  /// chance level.
  std::vector<stats::Estimate> interquartile_means;
  std::vector<std::vector<stats::ProfilePoint>> profiles;  ///< [encoding][threshold], of the same
};

/// What the primary metric says under one point of the sweep.
struct Analysis {
  nlohmann::json sweep;
  std::vector<DatasetAnalysis> datasets;
  /// Nothing for one data set, or where the data sets do not have the same encodings, all with trials.
  std::optional<AcrossDatasets> across;
};

/// One analysis per point of the sweep (docs/statistics.md). Families of tests are one point's data sets and
/// comparisons. Random flips and exchanges, where there are too many to take all, are the same in every call.
std::vector<Analysis> analyse(const Study& study);

}  // namespace pebench::report
