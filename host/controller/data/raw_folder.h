#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace pebench::data {

/// The files of a data set in pebench's own form that is not imported yet.
struct Source {
  std::filesystem::path interactions;
  std::optional<std::filesystem::path> items;
};

/// Which files a raw folder has, for messages.
inline constexpr std::string_view raw_files = "interactions.tsv or interactions.tsv.gz";

/// Those that lie in the folder, compressed or not; nothing where there are no interactions.
std::optional<Source> raw_folder(const std::filesystem::path& folder);

}  // namespace pebench::data
