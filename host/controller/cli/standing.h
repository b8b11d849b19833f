#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/contract/folder.h"
#include "host/contract/trial_spec.h"

namespace pebench::cli {

/// Who leads while a suite runs, in the primary metric, by the trials that it was told of.
class Standing {
 public:
  Standing(contract::SuiteFolder folder, std::string primary)
      : folder_(std::move(folder)), primary_(std::move(primary)) {}

  /// Of a trial with a good record: "beauty: rope leads, NDCG@10 0.0617 [0.0581, 0.0653], 4 seeds", of the
  /// data set and point of the sweep that it is of. The interval is Student's, from two seeds on; it compares
  /// nothing. Empty before a second encoding has a value.
  std::string after(const contract::TrialSpec& trial);

 private:
  contract::SuiteFolder folder_;
  std::string primary_;
  std::map<std::string, std::map<std::string, std::vector<double>>> values_;  ///< [table][encoding]
};

}  // namespace pebench::cli
