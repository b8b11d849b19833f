#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/contract/folder.h"
#include "host/controller/report/study.h"

namespace pebench::watch {

/// A trial whose program is at work.
struct RunningTrial {
  results::LockedTrial trial;
  double fraction = 0;                                ///< of the trial, by its own words
  std::vector<std::pair<double, double>> validation;  ///< epoch, the metric that selects
};

/// A run at one moment, as its folder tells.
struct Work {
  std::size_t planned = 0, done = 0, failed = 0;  ///< trials; failed ones are done too
  std::vector<RunningTrial> running;              ///< in the plan's order
  std::optional<double> seconds_left;             ///< nothing before the first trial has ended
};

/// `study` is that of the folder.
Work work_in(const contract::SuiteFolder& folder, const report::Study& study);

}  // namespace pebench::watch
