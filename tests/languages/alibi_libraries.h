#pragma once

#include <filesystem>
#include <map>
#include <sstream>
#include <string>

namespace pebench::test {

/// The libraries called alibi or alibi_<language> in folders that are separated by colons, by the names of
/// their encoders.
inline std::map<std::string, std::filesystem::path> alibi_libraries(const std::string& folders) {
  std::map<std::string, std::filesystem::path> found;
  std::istringstream list(folders);
  for (std::string folder; std::getline(list, folder, ':');) {
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string id = entry.path().stem();
      if (entry.path().extension() == ".so" && (id == "alibi" || id.substr(0, 6) == "alibi_"))
        found[id] = entry.path();
    }
  }
  return found;
}

}  // namespace pebench::test
