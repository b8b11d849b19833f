#pragma once

#include <cstddef>
#include <vector>

#include "host/contract/folder.h"
#include "host/contract/trial_spec.h"
#include "host/controller/plan/datasets.h"

namespace pebench::cli {

/// How long a suite will take.
struct Forecast {
  std::size_t done = 0;     ///< trials whose record is ok
  std::size_t waiting = 0;  ///< the others
  double seconds = 0;       ///< for those waiting, one worker each at a time
  double bytes = 0;         ///< of disk that those waiting need at least
};

/// A waiting trial is taken to last as long as those done with its encoding, data and settings; where there
/// are none, as plan::guessed_seconds says, corrected by how wrong that was about the trials done. `datasets`
/// are those of the trials. Throws base::InputError for a record that cannot be
/// read.
Forecast forecast(const std::vector<contract::TrialSpec>& trials,
                  const std::vector<plan::PlannedDataset>& datasets, const contract::SuiteFolder& results,
                  int workers);

}  // namespace pebench::cli
