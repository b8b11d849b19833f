#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/contract/folder.h"
#include "host/contract/speed_request.h"
#include "host/contract/trial_spec.h"
#include "host/controller/suite/suite.h"

namespace pebench::speed {

/// What is measured together: one trial of each encoding, on one data set under one point of the sweep.
struct Group {
  std::string title;  ///< "beauty, variant = \"softmax\""
  std::vector<contract::TrialSpec> trials;
  contract::SpeedRequest request;  ///< but for the files of the trials
};

/// Those of a plan's trials that have good records, of each encoding the first. The name of a measurement is
/// a hash of all that is asked and of this machine, so that what was measured here is not measured again.
std::vector<Group> groups_of(const suite::Speed& speed, const std::vector<contract::TrialSpec>& trials,
                             const contract::SuiteFolder& folder);

}  // namespace pebench::speed
