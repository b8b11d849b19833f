#include "host/plugin/library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include "host/base/error.h"
#include "host/plugin/reading.h"

namespace pebench::plugin {
namespace {

constexpr int major = 1;
constexpr int latest_major_looked_for = 16;

using Entry = const peb_plugin* (*)(const peb_host*);

std::string entry_name(int version) { return fmt::format("peb_plugin_v{}", version); }

Entry find_entry(void* handle) {
  if (void* symbol = ::dlsym(handle, entry_name(major).c_str())) return reinterpret_cast<Entry>(symbol);
  for (int other = 0; other <= latest_major_looked_for; ++other)
    if (::dlsym(handle, entry_name(other).c_str()) != nullptr)
      throw DescriptorError(
          fmt::format("it is written for version {} of the plugin interface, this pebench has version {}: {}",
                      other, major, other > major ? "update pebench" : "update the plugin"));
  throw DescriptorError(
      fmt::format("it does not export {}: a plugin defines this function and exports it", entry_name(major)));
}

}  // namespace

Library Library::load(const std::filesystem::path& path, const peb_host& host) {
  Library library(path);
  try {
    // Absolute, or a name without a slash would be looked for in the system's folders.
    void* handle = ::dlopen(std::filesystem::absolute(path).c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) throw DescriptorError(fmt::format("it cannot be loaded ({})", ::dlerror()));
    const peb_plugin* plugin = find_entry(handle)(&host);
    if (plugin == nullptr)
      throw HostRefused(
          fmt::format("plugin {}: it refuses this host: its entry returned NULL", path.string()));
    library.descriptor_ = read_descriptor(*plugin, host.abi_minor);
    for (std::size_t i = 0; i < library.descriptor_.encoders.size(); ++i)
      library.tables_.push_back(known_part(plugin->encoders[i]));
  } catch (const DescriptorError& error) {
    throw base::InputError(fmt::format("plugin {}: {}", path.string(), error.what()));
  }
  return library;
}

std::size_t Library::index(const std::string& id) const {
  std::vector<std::string> known;
  for (const EncoderDescriptor& encoder : descriptor_.encoders) {
    if (encoder.id == id) return known.size();
    known.push_back(encoder.id);
  }
  throw base::InputError(
      fmt::format("plugin {} has no encoder \"{}\"; it has {}", path_.string(), id, fmt::join(known, ", ")));
}

const EncoderDescriptor& Library::encoder(const std::string& id) const {
  return descriptor_.encoders[index(id)];
}
const peb_encoder& Library::table(const std::string& id) const { return tables_[index(id)]; }

}  // namespace pebench::plugin
