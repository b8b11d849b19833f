#pragma once

#include <filesystem>
#include <string>

namespace pebench::base {

/// A new, empty folder among the system's temporary ones, which goes with the object and all that is in it.
class ScratchFolder {
 public:
  /// `purpose` is part of its name. Throws InputError if it cannot be created.
  explicit ScratchFolder(const std::string& purpose);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace pebench::base
