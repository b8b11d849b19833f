#pragma once

#include "host/controller/run/launcher.h"
#include "host/process/memory.h"

namespace pebench::run {

/// Starts trials as processes of this machine.
class LocalLauncher : public Launcher {
 public:
  /// `program` is pebench-trial.
  explicit LocalLauncher(std::filesystem::path program) : program_(std::move(program)) {}

  std::unique_ptr<LaunchedTrial> start(const contract::TrialSpec& trial,
                                       const std::filesystem::path& trial_file,
                                       const std::filesystem::path& log) override;

 private:
  std::filesystem::path program_;
  process::GroupMemory memory_;
};

}  // namespace pebench::run
