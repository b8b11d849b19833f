#pragma once

#include <vector>

#include "host/contract/trial_spec.h"
#include "host/controller/plan/datasets.h"
#include "host/controller/plan/encodings.h"
#include "host/controller/suite/suite.h"

namespace pebench::plan {

/// The trials of a suite: seeds x variants x data sets x encodings, the last turning fastest, so that a run
/// that is broken off has tried everything with its first seeds. Throws base::InputError when two of them are
/// the same trial.
std::vector<contract::TrialSpec> make_plan(const suite::Suite& suite,
                                           const std::vector<PlannedDataset>& datasets,
                                           const std::vector<PlannedEncoding>& encodings);

}  // namespace pebench::plan
