#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace pebench::plan {

/// What so many seeds can show (spec: statistics, "Seed policy"), as sentences for people, before any compute
/// is spent. `comparisons` is the number of encodings that are compared with the baseline, `alpha` the level
/// of their tests.
std::vector<std::string> what_seeds_show(std::size_t seeds, std::size_t comparisons, double alpha);

}  // namespace pebench::plan
