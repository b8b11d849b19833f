#pragma once

#include <chrono>
#include <string>

namespace pebench::contract {

/// "2026-05-14T10:15:30Z"
std::string utc(std::chrono::system_clock::time_point time);

/// The machine's own name.
std::string host_name();

}  // namespace pebench::contract
