#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/data/look_alike.h"
#include "host/controller/data/synthetic.h"

namespace pebench::data {

/// Where data sets are looked for by name: the folders that PEBENCH_DATA lists (separated by ':'), then the
/// user's own, $XDG_DATA_HOME/pebench/data or ~/.local/share/pebench/data.
std::vector<std::filesystem::path> data_folders();

/// The folder that a suite's `path` means: absolute; relative to the suite's folder; or in one of
/// data_folders(). Throws InputError with the places it looked at and the nearest name there.
std::filesystem::path resolve(const std::string& path, const std::filesystem::path& suite_folder);
/// The same; nothing where no data set is.
std::optional<std::filesystem::path> find(const std::string& path, const std::filesystem::path& suite_folder);

/// A data set that a suite can call by name.
struct Entry {
  std::string name;
  std::filesystem::path folder;
  bool imported = false;  ///< else raw: imported into the cache when it is first used
};

/// All data sets in data_folders(), by name; the first of a name hides the others. What cannot be read is
/// left out.
std::vector<Entry> all_data_sets();

/// A folder that Dataset::open takes: an imported data set is returned as it is; a raw one, of any of
/// raw_folder(), is imported into the cache once. Throws InputError for a folder of neither kind.
std::filesystem::path imported(const std::filesystem::path& folder);

/// The cached folder of a subset of the users of an imported data set. Throws InputError if it has no more
/// than `users`.
std::filesystem::path reduced(const std::filesystem::path& folder, std::int64_t users);

/// The cached folder of a generated data set.
std::filesystem::path generated(const SyntheticSettings& settings);
std::filesystem::path generated(const LookAlikeSettings& settings);

}  // namespace pebench::data
