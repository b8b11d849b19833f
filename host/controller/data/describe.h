#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/data/dataset.h"

namespace pebench::data {

/// Events per user. Quartiles are interpolated between neighbours.
struct Lengths {
  std::int64_t shortest = 0, longest = 0;
  double lower_quartile = 0, median = 0, upper_quartile = 0, mean = 0;
  double share_below_three = 0;  ///< users who are never tested
};

/// How events are spread over items.
struct Skew {
  double gini = 0;                               ///< 0: all items alike; 1: one has all events
  double top_1_percent = 0, top_10_percent = 0;  ///< of the events, those of so many most popular items
};

/// The test events of leave-one-out, which train on what everybody did before their own last two events. All
/// are shares of the test events; 0 without any.
struct Tested {
  std::int64_t users = 0;
  double repeated = 0;  ///< whose item is in the profile
  double arbitrary =
      0;            ///< of the same second as the event before: which of them is last is the file's choice
  double cold = 0;  ///< whose item nobody trains on
  double item_in_future = 0;  ///< whose item somebody trains on at a later time
  /// What share of the training events is later than a test event, mean over the test events: what a model
  /// knows of the future.
  double future_of_training = 0;
};

constexpr std::size_t parts_of_the_span = 10;

/// What people want to know of a data set before they believe a number measured on it.
struct Description {
  std::int64_t users = 0, items = 0, events = 0;
  double density = 0.0;  ///< events / (users * items)
  Lengths lengths;
  Skew skew;
  std::string first_day, last_day;             ///< UTC, "2014-07-23"
  double days = 0;                             ///< from the first to the last event
  std::vector<std::int64_t> events_over_time;  ///< [parts_of_the_span], of equal length
  bool whole_days = false;                     ///< all times are the same second of a day, of several days
  std::int64_t repeated_events = 0;            ///< with user, item and second of an earlier one
  double share_known_items = 0.0;              ///< events whose item the user met before
  double share_consecutive_repeats = 0.0;      ///< events whose item is that of the user's event before
  std::int64_t users_with_every_item = 0;
  double share_tied_events = 0.0;    ///< events that share their second with another of the same user
  double share_last_two_tied = 0.0;  ///< users whose last two events tie
  Tested tested;
  std::vector<Field> fields;
  std::vector<Field> event_fields;  ///< features of events
  std::string hash;
};

Description describe(const Dataset& data);

}  // namespace pebench::data
