#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/base/random.h"
#include "host/data/dataset.h"
#include "host/data/shuffle.h"

namespace pebench::order {

/// What the test of order goes by: of each user a profile, oldest event first, and the item that came behind
/// it. As under leave-one-out the last event is the target, and users with fewer than three events have none.
struct Histories {
  std::int64_t catalogue = 0;               ///< N, items of the data set
  std::vector<std::int64_t> offsets = {0};  ///< [users+1] into items and times
  std::vector<data::Item> items;            ///< profiles, one behind the other
  std::vector<std::int64_t> times;          ///< unix seconds
  std::vector<data::Item> targets;          ///< [users], 0 for none
  bool complete = true;                     ///< whether they are those of all users

  std::int64_t users() const { return static_cast<std::int64_t>(targets.size()); }
  /// A profile and the item behind it; 0: none.
  void add(const std::vector<data::Item>& profile, const std::vector<std::int64_t>& when, data::Item target);
};

/// Of a data set with more than `most_events` events those of as many random users as have fewer together:
/// the same on every machine.
Histories histories_of(const data::Dataset& data, std::int64_t most_events);

/// The items of `histories`, those of every profile permuted within their scope. `number` says which of the
/// draws of `streams` it is: each has an independent stream for every user.
std::vector<data::Item> shuffled(const Histories& histories, data::Shuffle scope, const base::Stream& streams,
                                 std::uint32_t number);

/// Events of profiles that share their second with another one of the same profile, as a share of all.
double share_tied(const Histories& histories);

/// Targets that are in their profile, as a share of all.
double share_repeated(const Histories& histories);

}  // namespace pebench::order
