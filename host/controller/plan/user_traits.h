#pragma once

#include <vector>

#include "host/contract/folder.h"
#include "host/controller/plan/datasets.h"
#include "host/controller/suite/suite.h"

namespace pebench::plan {

/// Writes the contract::UserTraits of the suite's data sets and splits into its folder, but for those that
/// are there. Throws InputError if that fails.
void write_user_traits(const suite::Suite& suite, const std::vector<PlannedDataset>& datasets,
                       const contract::SuiteFolder& folder);

}  // namespace pebench::plan
