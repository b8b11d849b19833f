#pragma once

#include <string>
#include <vector>

#include "host/controller/plan/datasets.h"
#include "host/controller/suite/suite.h"

namespace pebench::plan {

/// What a suite that is in order still cannot mean, in sentences for `plan`, `run` and `report`: seeds
/// between which nothing varies, targets that the order of the file or a repetition decides, data sets
/// without order, and differences that are of settings too, where encodings have their own.
std::vector<std::string> warnings(const suite::Suite& suite, const std::vector<PlannedDataset>& datasets);

}  // namespace pebench::plan
