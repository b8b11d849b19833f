#pragma once

#include <filesystem>
#include <functional>

namespace pebench::speed {

/// Measures what a SpeedRequest asks and writes the SpeedRecord. `progress` is told the share that is done,
/// about. Throws InputError for trials that cannot be built here, EncodingError when a hook fails.
void run_request(const std::filesystem::path& request, const std::function<void(double)>& progress);

}  // namespace pebench::speed
