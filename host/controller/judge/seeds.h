#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace pebench::judge {

/// Seeds, which may be any texts, by numbers that do not depend on the order of rows: themselves where all
/// are whole numbers, 0 to 2^64 - 1; else 1, 2, ... in alphabetical order.
std::map<std::string, std::uint64_t> numbered(const std::set<std::string>& seeds);

}  // namespace pebench::judge
