#pragma once

#include <filesystem>
#include <optional>

namespace pebench::base {

/// Where pebench keeps what it can make again: PEBENCH_CACHE, else $XDG_CACHE_HOME/pebench, else
/// ~/.cache/pebench. Nothing where no variable names a folder.
std::optional<std::filesystem::path> cache_folder();

/// Where people keep data sets that every suite finds: $XDG_DATA_HOME/pebench/data, else
/// ~/.local/share/pebench/data. Nothing where no variable names a folder.
std::optional<std::filesystem::path> user_data_folder();

}  // namespace pebench::base
