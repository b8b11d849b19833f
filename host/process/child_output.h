#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace pebench::process {

/// What a child process wrote, and how it ended.
struct ChildOutput {
  std::string text;        ///< from its file descriptor `child_output_fd`
  bool timed_out = false;  ///< it was killed at the limit
  int wait_status = 0;     ///< as of wait(2)
};

/// The file descriptor that the child finds its end of the pipe at.
constexpr int child_output_fd = 3;

/// Starts `arguments`, the first being the program's path, with standard input and output on /dev/null, and
/// reads what it writes to `child_output_fd`. The child leads a process group, of which nothing is left at
/// the end. Throws base::InputError if it cannot be started.
ChildOutput run_child(const std::vector<std::string>& arguments, std::chrono::milliseconds limit);

}  // namespace pebench::process
