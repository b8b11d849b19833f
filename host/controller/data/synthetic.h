#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "host/controller/data/columns.h"
#include "host/controller/data/signal.h"

namespace pebench::data {

/// A data set that is generated, so that a suite needs no download and the truth is known.
struct SyntheticSettings {
  std::string signal = "position";  ///< one of signal_names()
  std::int64_t users = 5000;
  std::int64_t items = 2000;
  std::uint64_t seed = 1;

  /// As dataset.json's `source` keeps them.
  nlohmann::json source() const;
};

/// Items belong to 8 groups (item v to group v mod 8, the sparse field "group"). Histories have 6 to 20
/// events, one user's all on one UTC day, so that an event's date says nothing about its place. They are a
/// few seconds apart; with "interval" every other one, at random, follows a pause of an hour.
///
/// "position": the next event's group is the successor of the LAST event's group in one fixed random cycle
/// with probability 0.85, else any group; the item is uniform within its group. Who knows the order
/// guesses the next group in 87 % of cases; who knows only how often each group occurred, in 49 % at best
/// (simulated; the cycle leaves its trace in the counts); chance is 12.5 %. "interval": likewise, but the
/// next event's group is the last one's own after seconds and its successor after a pause. Who knows order
/// and times guesses 87 %, who knows the order alone 44 %. "none": every event is a uniformly random item,
/// and no model can beat chance.
///
/// Throws InputError for an unknown signal, fewer than 16 items or 10 users, or more than 10 million of
/// either.
Columns synthesise(const SyntheticSettings& settings);

}  // namespace pebench::data
