#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/controller/report/study.h"

namespace pebench::judge {

/// What is asked of numbers that were read.
struct Question {
  std::string name;                     ///< of the report
  std::optional<std::string> baseline;  ///< nothing: "none" or "baseline" where there is one, else the first
  std::optional<std::string> primary;   ///< nothing: the first metric
  std::vector<std::string> chance;      ///< "METRIC=VALUE" or "DATASET:METRIC=VALUE"
  std::set<std::string> lower_is_better;   ///< metrics
  std::vector<std::string> claims;         ///< tests, about the primary metric on all data sets
  std::optional<std::string> claims_file;  ///< TOML with [[claim]] as a suite has them
  double alpha = 0.05;
  /// Share of the baseline's mean by which means may differ and still count as equivalent.
  std::optional<double> equivalence_share;
};

/// Sets the study's lock and its records' chance as the question wants them. The study has its tables and its
/// origin. Throws base::InputError for an encoding, data set or metric that it has not, and for a chance or a
/// claim that cannot be read.
void ask(const Question& question, report::Study& study);

}  // namespace pebench::judge
