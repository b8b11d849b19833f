#pragma once

#include <chrono>
#include <vector>

namespace pebench::process {

using Clock = std::chrono::steady_clock;

/// Returns when one of the descriptors can be read or has been closed at its other end, at `until` at the
/// latest, and when a signal comes. Those below 0 are passed over.
void wait_for_news(const std::vector<int>& fds, Clock::time_point until);

}  // namespace pebench::process
