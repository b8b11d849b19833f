#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/order/test_of_order.h"
#include "host/controller/suite/suite.h"

namespace pebench::plan {

/// A data set of the suite, found and measured.
struct PlannedDataset {
  std::string name;
  std::filesystem::path folder;  ///< what data::Dataset::open takes
  std::vector<std::string> attributes;
  std::string hash;  ///< data::Dataset::hash() with these attributes and this context
  std::int64_t users = 0;
  std::int64_t items = 0;
  std::int64_t events = 0;
  double share_of_arbitrary_targets = 0;         ///< of users whose last two events have the same time
  double share_of_targets_repeated_at_once = 0;  ///< of users, where these are the same item too
  std::vector<std::string> context = {"date"};
  std::optional<order::Finding> order = {};  ///< tested if that takes seconds or was done before
};

/// What is to be said of the data sets that are not here and may be absent, a sentence each.
std::vector<std::string> absent_datasets(const suite::Suite& suite);

/// Finds the suite's data sets, but for those that may be absent and are; imports and generates those that
/// are not there yet. Throws base::InputError with the place in the suite, also for a data set with fewer
/// items than a candidate set of the suite asks for, and where all are absent.
std::vector<PlannedDataset> open_datasets(const suite::Suite& suite);

}  // namespace pebench::plan
