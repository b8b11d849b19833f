#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "host/plugin/descriptor.h"

namespace pebench::plugin {

/// A plugin's library with what it says about itself.
struct DescribedLibrary {
  std::filesystem::path path;  ///< absolute
  std::string hash;            ///< SHA-256 of the file
  LibraryDescriptor descriptor;
};

/// The child's side of Describer: loads the library into this process and writes the JSON of the descriptor,
/// or of the error, to `process::pipe_fd`; the exit code.
int describe_to_parent(const std::filesystem::path& library);

/// Asks what plugins say about themselves, each in a child process of its own, so that no foreign code runs
/// here.
class Describer {
 public:
  struct Settings {
    std::filesystem::path program;  ///< pebench itself, started as `<program> describe --to-parent LIBRARY`
    std::optional<std::filesystem::path>
        cache;  ///< folder for descriptors by file hash; none: nothing is kept
    std::chrono::milliseconds limit = std::chrono::seconds(10);
  };

  /// This executable, and the cache that data sets are kept in too.
  static Settings default_settings();

  explicit Describer(Settings settings) : settings_(std::move(settings)) {}

  /// Throws base::InputError, naming the library, for what Library::load refuses, and when the library
  /// crashes or does not return within the limit.
  DescribedLibrary describe(const std::filesystem::path& library) const;

 private:
  std::optional<LibraryDescriptor> cached(const std::string& hash) const;
  void keep(const std::string& hash, const LibraryDescriptor& descriptor) const;
  std::filesystem::path cache_file(const std::string& hash) const;

  Settings settings_;
};

}  // namespace pebench::plugin
