#include "host/base/user_folders.h"

#include <cstdlib>

namespace pebench::base {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::optional<fs::path>(value) : std::nullopt;
}

/// By the XDG Base Directory Specification, which has relative paths ignored.
std::optional<fs::path> standard_folder(const char* name, const char* below_home) {
  if (auto folder = variable(name); folder && folder->is_absolute()) return *folder / "pebench";
  if (auto home = variable("HOME")) return *home / below_home / "pebench";
  return std::nullopt;
}

}  // namespace

std::optional<fs::path> cache_folder() {
  if (auto folder = variable("PEBENCH_CACHE")) return folder;
  return standard_folder("XDG_CACHE_HOME", ".cache");
}

std::optional<fs::path> user_data_folder() {
  auto folder = standard_folder("XDG_DATA_HOME", ".local/share");
  return folder ? std::optional(*folder / "data") : std::nullopt;
}

}  // namespace pebench::base
