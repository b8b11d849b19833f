#pragma once

#include "host/contract/folder.h"

namespace pebench::run {

/// Holds a suite's folder for one run at a time; the system lets go of it however this process ends.
class ExclusiveFolder {
 public:
  /// Creates the folder if need be. Throws InputError if it cannot be written, or if another run holds it.
  explicit ExclusiveFolder(contract::SuiteFolder folder);
  ~ExclusiveFolder();
  ExclusiveFolder(const ExclusiveFolder&) = delete;
  ExclusiveFolder& operator=(const ExclusiveFolder&) = delete;

  const contract::SuiteFolder& folder() const { return folder_; }

  /// Throws InputError when the disk has less room than that left.
  void require_space(double bytes) const;

 private:
  contract::SuiteFolder folder_;
  int fd_ = -1;
};

/// Whether a run holds the folder.
bool is_at_work(const contract::SuiteFolder& folder);

}  // namespace pebench::run
