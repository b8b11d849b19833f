#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/contract/trial_spec.h"

namespace pebench::run {

/// Guesses the time left from how long trials took: one of an encoding on a data set is taken to last as long
/// as the mean of those like it, else of those on its data set, else of all.
class Estimate {
 public:
  struct Running {
    const contract::TrialSpec* trial = nullptr;
    double seconds = 0;              ///< since its start
    double fraction = 0;             ///< done, by its own estimate
    double seconds_at_fraction = 0;  ///< from its start to that estimate
  };

  /// A trial that went well.
  void add(const contract::TrialSpec& trial, double seconds);

  /// Seconds until all is done, or nothing while nothing is known. workers >= 1.
  std::optional<double> seconds_left(const std::vector<const contract::TrialSpec*>& waiting,
                                     const std::vector<Running>& running, int workers) const;

 private:
  struct Mean {
    double sum = 0;
    int count = 0;
    double value() const { return sum / count; }
  };

  std::optional<double> expected(const contract::TrialSpec& trial) const;

  std::map<std::string, Mean> by_kind_;  // data set, encoding and sweep
  std::map<std::string, Mean> by_dataset_;
  Mean all_;
};

}  // namespace pebench::run
