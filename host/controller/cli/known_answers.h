#pragma once

#include <vector>

#include "host/controller/plan/datasets.h"
#include "host/controller/results/suite_lock.h"
#include "host/controller/suite/suite.h"

namespace pebench::cli {

/// What can be reached on the suite's generated data sets (data::best_reachable), for the report: one set of
/// rows for each of them and each point of the sweep. Nothing where test events are not ranked.
std::vector<results::LockedReachable> known_answers(const suite::Suite& suite,
                                                    const std::vector<plan::PlannedDataset>& datasets);

}  // namespace pebench::cli
