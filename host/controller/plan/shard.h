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

/// Every count-th trial of the plan, beginning with number `index`. The shards of a plan are disjoint, as
/// equal in number as can be, and together all of it; each begins with the first seeds, like the plan.
std::vector<contract::TrialSpec> share_of(const std::vector<contract::TrialSpec>& plan, const Shard& shard);

}  // namespace pebench::plan
