#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/contract/trial_spec.h"
#include "host/controller/suite/suite.h"

namespace pebench::cli {

/// What records of the baseline say already about its worth (report::shortfall_of_baseline), as a sentence;
/// nothing where they say nothing against it or there are none. Looked at is every suite in `results` for
/// trials that are those of the plan but for their seeds and the plugin's build: the same data, protocol,
/// model and training, under the same names of data set and encoding. Records that cannot be read are passed
/// over.
std::optional<std::string> known_worth(const suite::Suite& suite,
                                       const std::vector<contract::TrialSpec>& trials,
                                       const std::filesystem::path& results);

}  // namespace pebench::cli
