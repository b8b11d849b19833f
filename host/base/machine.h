#pragma once

#include <chrono>
#include <string>

namespace pebench::base {

/// "2026-05-14T10:15:30Z"
std::string utc(std::chrono::system_clock::time_point time);

/// This machine's own name.
std::string host_name();

}  // namespace pebench::base
