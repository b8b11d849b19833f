#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pebench::plugin {

/// The folders that plugins are looked for in by name: those of PEBENCH_PLUGIN_PATH (separated by ':'), then
/// the installed ones, then the built ones, the last two relative to `program`, the executable of pebench.
std::vector<std::filesystem::path> plugin_folders(const std::filesystem::path& program);

/// The plugin libraries of the folders by name; one found earlier hides a later one of its name.
struct FoundPlugin {
  std::string name;
  std::filesystem::path library;
};
std::vector<FoundPlugin> all_plugins(const std::vector<std::filesystem::path>& folders);

/// The library that a suite means by `name_or_path`: a path when it has a '/' or ends in ".so", relative to
/// `suite_folder`; else the name of a library in one of `folders`. Throws base::InputError naming the folders
/// and what is there.
std::filesystem::path find_plugin(const std::string& name_or_path, const std::filesystem::path& suite_folder,
                                  const std::vector<std::filesystem::path>& folders);

}  // namespace pebench::plugin
