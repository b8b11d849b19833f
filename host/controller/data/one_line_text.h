#pragma once

#include <string_view>

namespace pebench::data {

/// Why a text cannot be a line of a data set's files, and the remedy, as the end of a sentence about it; null
/// where it can.
const char* fault_of(std::string_view text);

}  // namespace pebench::data
