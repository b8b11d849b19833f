#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace pebench::data {

/// What became of an imported data set since it was written.
struct SetVerification {
  std::int64_t files = 0;           ///< that dataset.json names
  std::vector<std::string> faults;  ///< a sentence each: what is not as it was written, or cannot be
};

/// Holds every file of an imported data set against dataset.json, the hashes of events and fields against
/// their files, and what they say against each other: as many names as users and items, offsets and each
/// user's times ascending, items from 1 to N, categories within their vocabulary. Throws InputError for a
/// folder that is no imported data set, or one of another format.
SetVerification verify(const std::filesystem::path& folder);

}  // namespace pebench::data
