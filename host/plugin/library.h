#pragma once

#include <pebench/pebench.h>

#include <deque>
#include <filesystem>
#include <string>

#include "host/base/error.h"
#include "host/plugin/descriptor.h"

namespace pebench::plugin {

/// The plugin's entry returned NULL.
class HostRefused : public base::InputError {
 public:
  using base::InputError::InputError;
};

/// A plugin in this process. It is never unloaded: the runtimes of C++, Rust and Go do not survive that.
class Library {
 public:
  /// Loads the library and hands it `host`, which must live as long as the process. Throws base::InputError,
  /// naming the library, for a file that is no plugin, another major or a newer minor version, a host it
  /// refuses (HostRefused), and a descriptor that breaks the contract.
  static Library load(const std::filesystem::path& path, const peb_host& host);

  const LibraryDescriptor& descriptor() const { return descriptor_; }
  /// Throws base::InputError naming those that exist.
  const EncoderDescriptor& encoder(const std::string& id) const;
  /// The same encoder's functions; members newer than the plugin are zero. Lives as long as the Library.
  const peb_encoder& table(const std::string& id) const;

 private:
  explicit Library(std::filesystem::path path) : path_(std::move(path)) {}
  std::size_t index(const std::string& id) const;

  std::filesystem::path path_;
  LibraryDescriptor descriptor_;
  std::deque<peb_encoder> tables_;  ///< parallel to descriptor_.encoders
};

}  // namespace pebench::plugin
