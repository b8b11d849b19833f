#pragma once

#include <filesystem>

namespace pebench::run {

/// Holds a folder for one run at a time; the system lets go of it however this process ends.
class ExclusiveFolder {
 public:
  /// Creates the folder if need be. Throws InputError if it cannot be written, or if another run holds it.
  explicit ExclusiveFolder(const std::filesystem::path& folder);
  ~ExclusiveFolder();
  ExclusiveFolder(const ExclusiveFolder&) = delete;
  ExclusiveFolder& operator=(const ExclusiveFolder&) = delete;

 private:
  int fd_ = -1;
};

}  // namespace pebench::run
