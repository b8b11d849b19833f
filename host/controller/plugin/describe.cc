#include "host/controller/plugin/describe.h"

#include <fmt/format.h>
#include <pebench/pebench.h>
#include <sys/wait.h>

#include <cstring>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/base/user_folders.h"
#include "host/contract/fields.h"
#include "host/plugin/library.h"
#include "host/plugin/stub_host.h"
#include "host/process/child.h"
#include "host/process/run_child.h"

namespace pebench::plugin {
namespace {

/// Raised whenever the JSON of a descriptor or the checks behind it change, so that old cached ones are left
/// alone.
constexpr int format = 1;

// If the parent has gone, so has whoever would read an error.
void tell_parent(const nlohmann::json& json) { base::write_all(process::pipe_fd, contract::dump(json)); }

std::optional<LibraryDescriptor> descriptor_in(const nlohmann::json& json) {
  try {
    return json.get<LibraryDescriptor>();
  } catch (const std::exception&) {
    return std::nullopt;  // written by a plugin, or cut short
  }
}

std::string death_of(const process::ChildOutput& output, std::chrono::milliseconds limit) {
  if (output.timed_out)
    return fmt::format("it did not describe itself within {} s",
                       std::chrono::duration<double>(limit).count());
  if (WIFSIGNALED(output.wait_status))
    return fmt::format("it crashed while describing itself (signal {}, {})", WTERMSIG(output.wait_status),
                       ::strsignal(WTERMSIG(output.wait_status)));
  return fmt::format("it ended the program with exit code {} while describing itself",
                     WEXITSTATUS(output.wait_status));
}

}  // namespace

int describe_to_parent(const std::filesystem::path& library) {
  try {
    tell_parent(Library::load(library, stub_host()).descriptor());
    return 0;
  } catch (const base::InputError& error) {
    tell_parent({{"error", error.what()}});
    return 2;
  }
}

Describer::Settings Describer::default_settings() {
  Settings settings;
  settings.program = std::filesystem::read_symlink("/proc/self/exe");
  settings.cache = base::cache_folder();
  return settings;
}

std::filesystem::path Describer::cache_file(const std::string& hash) const {
  return *settings_.cache / fmt::format("descriptors-{}.{}", format, PEB_ABI_MINOR) / (hash + ".json");
}

std::optional<LibraryDescriptor> Describer::cached(const std::string& hash) const {
  std::error_code error;
  if (!settings_.cache || !std::filesystem::exists(cache_file(hash), error)) return std::nullopt;
  try {
    return descriptor_in(nlohmann::json::parse(base::read_file(cache_file(hash)), nullptr, false));
  } catch (const base::InputError&) {
    return std::nullopt;  // an entry that is damaged or cannot be read is replaced
  }
}

void Describer::keep(const std::string& hash, const LibraryDescriptor& descriptor) const {
  if (!settings_.cache) return;
  try {
    base::write_atomically(cache_file(hash), contract::json_text(descriptor));
  } catch (const base::InputError&) {
    // a folder that cannot be written only costs time
  }
}

DescribedLibrary Describer::describe(const std::filesystem::path& library) const {
  DescribedLibrary described{base::absolute(library), base::sha256_of_file(library), {}};
  if (auto known = cached(described.hash)) {
    described.descriptor = *known;
    return described;
  }
  process::ChildOutput output =
      process::run_child({settings_.program, "describe", "--to-parent", described.path}, settings_.limit);
  auto json = nlohmann::json::parse(output.text, nullptr, false);
  if (json.is_object() && json.contains("error") && json["error"].is_string())
    throw base::InputError(json["error"].get<std::string>());
  bool ended_well =
      !output.timed_out && WIFEXITED(output.wait_status) && WEXITSTATUS(output.wait_status) == 0;
  if (!ended_well || !json.is_object())
    throw base::InputError(
        fmt::format("plugin {}: {}", described.path.string(), death_of(output, settings_.limit)));
  const auto descriptor = descriptor_in(json);
  if (!descriptor)
    throw base::InputError(
        fmt::format("plugin {}: what was said of it cannot be read; it may write to file descriptors that "
                    "are not its own",
                    described.path.string()));
  described.descriptor = *descriptor;
  keep(described.hash, described.descriptor);
  return described;
}

}  // namespace pebench::plugin
