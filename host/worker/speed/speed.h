#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace pebench::speed {

struct Listener {
  std::function<void(double)> progress;             ///< the share that is done, about
  std::function<void(const std::string&)> warning;  ///< a sentence
};

/// Measures what a SpeedRequest asks and writes the SpeedRecord. An encoding whose hooks fail is left out
/// with a warning. Throws InputError for trials that cannot be built here, and where no encoding is left.
void run_request(const std::filesystem::path& request, const Listener& listener);

}  // namespace pebench::speed
