#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/report/study.h"
#include "host/controller/stats/interval.h"

namespace pebench::report {

/// A share of what knowledge is worth, with the interval of other seeds.
struct ShareOfWorth {
  double value = 0;
  std::optional<stats::Interval> interval;  ///< nothing for one seed
};

/// What one encoding lets the backbone use.
struct EncodingShares {
  std::string encoding;
  std::size_t seeds = 0;  ///< with a value, failed trials at chance
  std::optional<double> mean;
  std::optional<ShareOfWorth> order, times;  ///< nothing where there is no worth to have a share of
};

/// The primary metric on generated data, whose answer is known: what the best gets that knows so much of a
/// history, and what each encoding gets of that.
struct KnownAnswer {
  std::string dataset;
  nlohmann::json sweep;
  double best = 0;           ///< knows order and times
  double without_times = 0;  ///< knows the order alone
  double without_order = 0;  ///< knows the times alone
  double without_both = 0;
  std::optional<double> chance;
  bool exact = true;  ///< else what is known without something is sampled, and its worth a little smaller
  std::vector<EncodingShares> encodings;

  double worth_of_order() const { return best - without_order; }
  double worth_of_times() const { return best - without_times; }
};

/// Worths below this are none.
constexpr double least_worth = 0.002;

/// One for each table of generated data whose lock tells what can be reached in the primary metric.
std::vector<KnownAnswer> known_answers(const Study& study);

nlohmann::json json_of(const std::vector<KnownAnswer>& answers);

}  // namespace pebench::report
