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
#include "host/controller/stats/interval.h"
#include "host/controller/stats/max_t.h"
#include "host/controller/stats/paired.h"
#include "host/controller/stats/verdict.h"

namespace pebench::report {

/// Confidence of all intervals shown.
constexpr double confidence = 0.95;

/// One encoding (first) against another (second) on the seeds that both finished.
struct PairAnalysis {
  std::size_t first = 0, second = 0;  ///< indices of encodings
  stats::PairedComparison paired;     ///< of first - second
  stats::TestResult mean;             ///< sign flips; adjusted over the pairs of its family and data sets
  double wilcoxon_p = 1;              ///< for reference
  double wilcoxon_holm_p = 1;         ///< over the family on this data set
  stats::Direction direction = stats::Direction::undecided;
  stats::Equivalence equivalence = stats::Equivalence::undecided;
  std::optional<double> deviation_ratio;  ///< SD of the first / SD of the second; nothing where that is 0
  stats::TestResult deviation;            ///< swaps of centred residuals; adjusted like `mean`
  std::optional<stats::FTest> brown_forsythe;
};

struct EncodingAnalysis {
  std::string encoding;
  std::vector<double> values;  ///< seed by seed, NaN where there is none
  std::size_t seeds = 0;       ///< with a value
  std::optional<double> mean;
  std::optional<stats::Interval> mean_interval;
  stats::Deviation deviation;
  std::optional<stats::Interval> deviation_interval;
  std::optional<double> deviation_with_failed;  ///< SD with failed trials counted at chance
  std::size_t recorded = 0;                     ///< trials that have a record
  std::size_t failed = 0;                       ///< of these
  std::optional<stats::Proportion> failures;    ///< failed / recorded
};

struct DatasetAnalysis {
  std::string dataset;
  double chance = 0;
  std::vector<EncodingAnalysis> encodings;     ///< in the suite's order
  std::vector<PairAnalysis> against_baseline;  ///< the family of comparisons with the baseline
  std::vector<PairAnalysis> pairs;             ///< the family of all pairs
};

/// Encodings over several data sets.
struct AcrossDatasets {
  std::vector<std::string> encodings;
  std::vector<std::vector<double>> ranks;  ///< [data set][encoding], 1 for the best mean
  std::optional<stats::CriticalDifference> critical_difference;
  std::vector<stats::Estimate> interquartile_means;        ///< [encoding], of (x - chance)/(1 - chance)
  std::vector<std::vector<stats::ProfilePoint>> profiles;  ///< [encoding][threshold], of the same
};

/// What the primary metric says under one point of the sweep.
struct Analysis {
  nlohmann::json sweep;
  std::vector<DatasetAnalysis> datasets;
  /// Nothing for one data set, or where some encoding has no trial on one.
  std::optional<AcrossDatasets> across;
};

/// One analysis per point of the sweep (docs/statistics.md). Families of tests are one point's data sets and
/// comparisons. Random flips, where there are too many to take all, are the same in every call.
std::vector<Analysis> analyse(const Study& study);

}  // namespace pebench::report
