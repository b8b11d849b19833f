#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/controller/data/columns.h"
#include "host/controller/data/named_table.h"
#include "host/controller/data/npy_rows.h"
#include "host/controller/data/raw_folder.h"
#include "host/controller/data/shapes.h"

namespace pebench::data {

/// How to read what is not recognised, or is to be read otherwise.
struct Reading {
  std::optional<NamedColumns> columns;              ///< nothing: as recognised
  std::optional<Layout> layout;                     ///< of the events, where it is not as they look
  std::string time_format;                          ///< of strptime(); empty for what is recognised
  std::vector<Vectors> vectors;                     ///< dense fields beside those of the files
  std::function<void(std::int64_t bytes)> on_read;  ///< told of every piece that was read
  std::string time_unit;                            ///< "s", "ms", "us", "ns"; empty for what the times say
};

/// A data set as it was read.
struct ReadFiles {
  Columns columns;
  std::vector<std::string> notes;  ///< what is said of the reading: formats, times, what was left out
  bool has_times = true;
  bool is_finer_than_seconds = false;  ///< what was beyond whole seconds decided the order of events
  nlohmann::json files;                ///< an array of {"path", "format", "sha256"}
};

/// A file to read: as what it is said to be, or else as it is recognised.
struct GivenFile {
  std::filesystem::path path;
  std::optional<Shape> shape = std::nullopt;
};
std::vector<GivenFile> own_files(const Source& source);

/// Reads the files of a data set, events in the order of the files; those of items and of users are told by
/// their content. Users are numbered from 0 and items from 1 by first appearance; each user's events are
/// sorted by time, ties keeping the files' order. Throws InputError for what is not recognised or cannot be
/// read.
ReadFiles read_files(const std::vector<GivenFile>& files, const Reading& reading);

}  // namespace pebench::data
