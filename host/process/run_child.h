#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace pebench::process {

/// What a child process wrote, and how it ended.
struct ChildOutput {
  std::string text;        ///< from its `pipe_fd`
  bool timed_out = false;  ///< it was killed at the limit
  int wait_status = 0;     ///< as of wait(2)
};

/// Starts a Child with a pipe and without a log, and reads what it writes until it ends. Throws
/// base::InputError if it cannot be started.
ChildOutput run_child(const std::vector<std::string>& arguments, std::chrono::milliseconds limit);

}  // namespace pebench::process
