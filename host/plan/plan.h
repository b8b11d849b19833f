#pragma once

#include <vector>

#include "host/plan/datasets.h"
#include "host/plan/encodings.h"
#include "host/plan/trial_spec.h"
#include "host/suite/suite.h"

namespace pebench::plan {

/// The trials of a suite: seeds x variants x data sets x encodings, the last turning fastest, so that a run
/// that is broken off has tried everything with its first seeds. Throws base::InputError when two of them are
/// the same trial.
std::vector<TrialSpec> make_plan(const suite::Suite& suite, const std::vector<PlannedDataset>& datasets,
                                 const std::vector<PlannedEncoding>& encodings);

}  // namespace pebench::plan
