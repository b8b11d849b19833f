#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/controller/report/analysis.h"
#include "host/controller/report/study.h"
#include "host/controller/stats/interval.h"

namespace pebench::report {

/// A ratio of times within so much of 1 is noise, however surely it is told from 1.
constexpr double noise = 0.01;

/// How long an encoding takes beside the baseline.
enum class Pace { slower, faster, within_noise };
std::string name_of(Pace pace);

struct PaceRatio {
  double ratio = 1;  ///< of times: the baseline's is 1
  stats::Interval interval;
  Pace pace = Pace::within_noise;
};

/// Of two samples of seconds that were taken in turns: a shift of their logarithms (stats::shift). Five or
/// more of each.
PaceRatio pace_of(const std::vector<double>& seconds, const std::vector<double>& baseline);

/// One operation for one size of batch and length of window. Seconds.
struct OperationPrice {
  std::string operation;  ///< "forward", "backward", "step", "ranking"
  std::int64_t batch = 0, length = 0;
  std::size_t repetitions = 0;
  double median = 0;
  stats::Interval quartiles;
  double p95 = 0;                  ///< 95 of 100 repetitions take less
  std::optional<PaceRatio> ratio;  ///< nothing for the baseline, and without it
};

struct EncodingPrice {
  std::string encoding;
  std::vector<OperationPrice> operations;
  std::optional<double> memory;            ///< bytes at the trials' peaks, mean
  std::optional<std::int64_t> parameters;  ///< of the whole model
  std::optional<double> mean;              ///< of the primary metric
  std::optional<stats::Interval> mean_interval;
  std::optional<double> deviation;  ///< SD over seeds
  std::optional<stats::Interval> deviation_interval;

  /// Null where it was not measured.
  const OperationPrice* find(const std::string& operation, std::int64_t batch, std::int64_t length) const;
};

/// What encodings cost on one data set under one point of the sweep, measured on one machine.
struct Price {
  std::string dataset;
  nlohmann::json sweep;
  contract::Run run;                                         ///< the machine, and when
  std::string clock;                                         ///< "processor" or "wall"
  std::vector<std::pair<std::int64_t, std::int64_t>> sizes;  ///< batch, length; the last is the largest
  std::vector<EncodingPrice> encodings;                      ///< in the suite's order
};

/// Of every measurement in the study. Times are compared within one measurement and never beyond it.
std::vector<Price> prices(const Study& study, const std::vector<Analysis>& analyses);

}  // namespace pebench::report
