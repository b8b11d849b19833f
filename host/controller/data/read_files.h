#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/data/columns.h"
#include "host/controller/data/rows.h"

namespace pebench::data {

/// How to read what is not recognised, or is to be read otherwise.
struct Reading {
  /// The columns that have the user, the item and the time, by name or number; without a time the order of
  /// lines is the order of events. Nothing: as recognised.
  struct Named {
    Column user, item, time;
  };
  std::optional<Named> columns;
  std::optional<Layout> layout;  ///< of the events, where it is not as they look
  std::string time_format;       ///< of strptime(); empty for what is recognised
  std::string time_unit;         ///< "s", "ms", "us", "ns"; empty for what the times say
};

/// A data set as it was read.
struct ReadFiles {
  Columns columns;
  std::vector<std::string> notes;  ///< what is said of the reading: formats, times, what was left out
  bool has_times = true;
  bool is_finer_than_seconds = false;  ///< what was beyond whole seconds decided the order of events
  nlohmann::json files;                ///< an array of {"path", "format", "sha256"}
};

/// Reads the files of a data set, events in the order of the files; those of items and of users are told by
/// their content. Throws InputError for what is not recognised or cannot be read.
ReadFiles read_files(const std::vector<std::filesystem::path>& files, const Reading& reading);

}  // namespace pebench::data
