#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/contract/check_request.h"

namespace pebench::check {

/// A check of a subject, to be run in a process of its own.
struct Task {
  const Row* row;
  Subject subject;
};

struct Result {
  const Row* row = nullptr;
  Finding finding;
  std::vector<std::string> log;  ///< the last lines that the process wrote
  double seconds = 0;
};

struct RunnerOptions {
  std::filesystem::path program;              ///< pebench-trial
  int workers = 1;                            ///< processes side by side
  std::optional<std::chrono::seconds> limit;  ///< in place of that of each row
};

struct Round {
  std::vector<Result> results;  ///< in the order of the tasks; incomplete after a signal
  int signal = 0;               ///< that ended the run early: Ctrl-C, SIGTERM, SIGHUP
};

/// Called when a task has ended.
using Listener = std::function<void(std::size_t done, std::size_t total, const Result& ended)>;

/// Runs every task as `<program> --check <request>`. Throws base::InputError if the program cannot be
/// started.
Round run_tasks(const std::vector<Task>& tasks, const RunnerOptions& options, const Listener& listener);

/// What became of a check from what its process left: `wait_status` as of wait(2), the finding it wrote if it
/// did, and the limit of time if it was killed there. A process that crashes after its finding, as it ends,
/// is a crash unless the check had failed already: destructors and exit handlers of a plugin run in every
/// trial too.
Finding finding_of(int wait_status, const std::optional<Finding>& written,
                   const std::optional<std::chrono::seconds>& broken_limit);

}  // namespace pebench::check
