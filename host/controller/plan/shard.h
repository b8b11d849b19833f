#pragma once

#include <string>
#include <vector>

#include "host/contract/trial_spec.h"

namespace pebench::plan {

/// One machine's share of a plan, written "2/3".
struct Shard {
  std::size_t index = 1;  ///< from 1
  std::size_t count = 1;
};

/// Throws base::InputError unless `text` is I/N with 1 <= I <= N.
Shard parse_shard(const std::string& text);

/// The trials whose id, a hash, leaves the remainder index - 1 when it is divided by count; in the plan's
/// order. So which machine computes a trial has nothing to do with its encoding, data set or seed: each share
/// is a random mix of them, about equally large. The shards of a plan are disjoint and together all of it,
/// and a trial stays in its shard whatever else the suite gets.
std::vector<contract::TrialSpec> share_of(const std::vector<contract::TrialSpec>& plan, const Shard& shard);

}  // namespace pebench::plan
