#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/controller/data/columns.h"

namespace pebench::data {

/// The files of a data set that is not imported yet.
struct Source {
  std::filesystem::path interactions;
  std::optional<std::filesystem::path> items;
};

/// A way in which data sets come.
struct Format {
  std::string name;
  std::string_view files;  ///< which a folder of this format has, for messages
  std::string_view begin;  ///< of the interactions, for messages
  /// The data set that lies in a folder, by the names of its files; nothing where there is none.
  std::optional<Source> (*find)(const std::filesystem::path& folder);
  /// Whether a data set is of this format, by the first line of its interactions.
  bool (*recognise)(std::string_view first_line);
  /// Throws InputError with file, line, value and remedy for what it cannot read.
  Columns (*read)(const Source& source);
};

const std::vector<Format>& formats();

/// The data set in a folder, of the first format that finds one.
std::optional<Source> find_source(const std::filesystem::path& folder);

/// Reads a data set with the format that recognises it. Users are numbered from 0 and items from 1 by first
/// appearance; each user's events are sorted by time, ties keeping the file's order. Throws InputError, with
/// the known formats where none of them does.
Columns read(const Source& source);

}  // namespace pebench::data
