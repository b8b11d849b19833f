#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/data/dataset.h"

namespace pebench::data {

/// What people want to know of a data set before they believe a number measured on it.
struct Description {
  std::int64_t users = 0, items = 0, events = 0;
  double density = 0.0;  ///< events / (users * items)
  std::int64_t shortest = 0, longest = 0;
  double median_length = 0.0, mean_length = 0.0;
  std::string first_day, last_day;   ///< UTC, "2014-07-23"
  std::int64_t repeated_events = 0;  ///< with user, item and second of an earlier one
  double share_tied_events = 0.0;    ///< events that share their second with another of the same user
  double share_last_two_tied = 0.0;  ///< users whose last two events tie: "the next item" is arbitrary there
  double share_repeated_targets = 0.0;  ///< test events, leave-one-out, whose item is in the history
  std::vector<Field> fields;
  std::string hash;
};

Description describe(const Dataset& data);

}  // namespace pebench::data
