#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string>

namespace pebench {

/// The folder of a published data set, which this repository does not hold: in a folder of PEBENCH_DATA, or
/// without that variable in ../shared/data beside the source.
inline std::optional<std::filesystem::path> real_data(const std::string& name) {
  const char* listed = std::getenv("PEBENCH_DATA");
  std::istringstream folders(listed != nullptr ? listed : PEBENCH_SOURCE_DIR "/../shared/data");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (std::filesystem::is_directory(std::filesystem::path(folder) / name))
      return std::filesystem::canonical(std::filesystem::path(folder) / name);
  return std::nullopt;
}

}  // namespace pebench
