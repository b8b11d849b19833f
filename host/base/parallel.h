#pragma once

#include <cstddef>
#include <functional>

namespace pebench::base {

/// Calls `work(i)` once for every i below `count`, on as many threads as the machine has cores; the calls
/// must not touch each other's data. The first exception that one throws is thrown here, after all threads
/// have ended.
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace pebench::base
