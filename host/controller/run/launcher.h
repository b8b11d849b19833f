#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "host/contract/trial_spec.h"
#include "host/process/child.h"

namespace pebench::run {

/// A trial's program at work. Destroying it kills what still runs.
class LaunchedTrial {
 public:
  virtual ~LaunchedTrial() = default;

  /// Can be read when the trial has written events; -1 once it will write no more.
  virtual int news_fd() const = 0;
  /// The next bytes of its events, without waiting.
  virtual std::string read_news() = 0;
  /// Of all its processes.
  virtual std::int64_t resident_bytes() const = 0;

  /// Asks it to end.
  virtual void stop() = 0;
  virtual void kill() = 0;

  /// Its exit once it has ended, after which nothing of it runs.
  virtual std::optional<process::Exit> try_wait() = 0;
};

/// How trials are started: the one place that knows where they run.
class Launcher {
 public:
  virtual ~Launcher() = default;

  /// Starts pebench-trial for the trial that `trial_file` describes. What it prints goes to `log`. Throws
  /// InputError if it cannot. The launcher must outlive what it launches.
  virtual std::unique_ptr<LaunchedTrial> start(const contract::TrialSpec& trial,
                                               const std::filesystem::path& trial_file,
                                               const std::filesystem::path& log) = 0;
};

}  // namespace pebench::run
