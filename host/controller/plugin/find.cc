#include "host/controller/plugin/find.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <sstream>

#include "host/base/error.h"
#include "host/base/nearest.h"

namespace pebench::plugin {
namespace {

constexpr const char* suffix = ".so";

bool is_path(const std::string& text) {
  return text.find('/') != std::string::npos || std::filesystem::path(text).extension() == suffix;
}

}  // namespace

std::vector<std::filesystem::path> plugin_folders(const std::filesystem::path& program) {
  std::vector<std::filesystem::path> folders;
  if (const char* listed = std::getenv("PEBENCH_PLUGIN_PATH")) {
    std::istringstream text(listed);
    for (std::string folder; std::getline(text, folder, ':');)
      if (!folder.empty()) folders.emplace_back(folder);
  }
  const auto prefix = program.parent_path().parent_path();
  folders.push_back(prefix / PEBENCH_PLUGIN_FOLDER);
  folders.push_back(prefix / "plugins");
  return folders;
}

std::vector<FoundPlugin> all_plugins(const std::vector<std::filesystem::path>& folders) {
  std::map<std::string, std::filesystem::path> found;
  for (const auto& folder : folders) {
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator(folder, absent))
      if (entry.path().extension() == suffix) found.try_emplace(entry.path().stem().string(), entry.path());
  }
  std::vector<FoundPlugin> plugins;
  for (const auto& [name, library] : found) plugins.push_back({name, library});
  return plugins;
}

std::filesystem::path find_plugin(const std::string& name_or_path, const std::filesystem::path& suite_folder,
                                  const std::vector<std::filesystem::path>& folders) {
  if (is_path(name_or_path)) {
    auto path = suite_folder / name_or_path;
    std::error_code unknown;
    if (std::filesystem::is_regular_file(path, unknown)) return path;
    throw base::InputError(
        fmt::format("there is no plugin library {}; build it or correct the path", path.string()));
  }
  std::vector<std::string> names;
  for (const FoundPlugin& plugin : all_plugins(folders)) {
    if (plugin.name == name_or_path) return plugin.library;
    names.push_back(plugin.name);
  }
  std::vector<std::string> places;
  for (const auto& folder : folders) places.push_back(folder.string());
  throw base::InputError(fmt::format(
      "there is no plugin \"{}\" in {}; {}", name_or_path, fmt::join(places, ", "),
      names.empty() ? "name the folder of yours in PEBENCH_PLUGIN_PATH" : base::remedy(name_or_path, names)));
}

}  // namespace pebench::plugin
