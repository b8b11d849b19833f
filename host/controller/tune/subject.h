#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/contract/trial_spec.h"
#include "host/controller/plan/datasets.h"
#include "host/controller/plan/encodings.h"
#include "host/controller/results/suite_lock.h"
#include "host/controller/suite/suite.h"
#include "host/controller/tune/draw.h"

namespace pebench::tune {

/// A suite whose encodings are to be tuned, with what its trials need.
struct Subject {
  suite::Suite suite;                ///< as written
  std::string name;                  ///< of the folder of results
  std::vector<std::uint64_t> seeds;  ///< none of them the suite's
  plan::PlannedDataset dataset;
  std::vector<plan::PlannedEncoding> encodings;

  /// The validation metric that configurations are compared by.
  const std::string& metric() const { return suite.variants.front().settings.train.select; }
};

/// Finds data and plugins, and holds the spaces of options against what the plugins allow. Throws
/// base::InputError for a suite that cannot be tuned: with a sweep or variants, with several data sets and
/// none chosen, without validation.
Subject find_subject(suite::Suite suite);

/// The trials of a configuration, one for each of the subject's seeds, with so many epochs. They rank no test
/// event. `label` is what displays and reports call them by, as a point of a sweep. Throws base::InputError
/// for a configuration that cannot be.
std::vector<contract::TrialSpec> trials_of(const Subject& subject, std::size_t encoding,
                                           const Configuration& configuration, std::int64_t epochs,
                                           const nlohmann::json& label);

/// The lock of the folder of results, with the trials that one there has already.
results::SuiteLock lock_of(const Subject& subject, const std::vector<contract::TrialSpec>& trials,
                           const contract::SuiteFolder& folder);

}  // namespace pebench::tune
