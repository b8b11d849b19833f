#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/report/study.h"
#include "host/controller/stats/interval.h"

namespace pebench::report {

/// The difference of the primary metric to the baseline among the users of one group.
struct GroupDifference {
  double difference = 0;                    ///< mean over seeds
  std::optional<stats::Interval> interval;  ///< Student's over seeds, from three on
};

/// Test users with about as much of something: a fifth of them, or more where many have the same.
struct UserGroup {
  std::uint32_t from = 0, to = 0;  ///< of the trait, both included
  std::string label;               ///< "3 to 4"
  std::size_t users = 0;
  double baseline = 0;  ///< the primary metric of the baseline, mean over seeds
};

/// Users grouped by one trait.
struct Stratified {
  std::string trait;  ///< "events before the target"
  std::vector<UserGroup> groups;
  std::vector<std::vector<GroupDifference>> differences;  ///< [encoding][group], of UserSide::encodings
};

/// For how many users an encoding is better than the baseline, in the mean over seeds.
struct Gains {
  std::string encoding;
  std::size_t seeds = 0;      ///< that both have
  double gain = 0, lose = 0;  ///< shares of the users
};

/// For whom encodings help, on one data set under one point of the sweep. It describes: no verdict is given
/// on groups, of which there are many.
struct UserSide {
  std::string dataset;
  nlohmann::json sweep;
  std::vector<Gains> encodings;  ///< in the suite's order, without the baseline
  std::vector<Stratified> traits;
};

/// Of every table whose trials kept ranks and whose users' traits are known (contract/user_traits.h). Throws
/// Damaged for traits that are not as they were written.
std::vector<UserSide> user_sides(const Study& study);

}  // namespace pebench::report
