#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pebench::process {

struct Exit {
  int wait_status = 0;  ///< as of wait(2)
  std::int64_t memory_peak_bytes = 0;
};

/// A child process at the head of its own process group. Its standard input is /dev/null, its output goes to
/// a log, and a pipe may carry its progress. Destroying a Child that still runs kills its group.
class Child {
 public:
  /// Starts `arguments`, the first being the program's path, with `environment` added to this process's.
  /// `progress_variable` names the environment variable that tells the child the pipe's file descriptor;
  /// empty for no pipe. Throws InputError if it cannot.
  Child(const std::vector<std::string>& arguments,
        const std::vector<std::pair<std::string, std::string>>& environment,
        const std::string& progress_variable, const std::filesystem::path& log);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Also the id of its process group.
  pid_t pid() const { return pid_; }
  /// The pipe's read end, which never blocks; -1 without a pipe.
  int progress_fd() const { return progress_fd_; }

  /// Sends a signal to the whole group.
  void signal(int number) const;

  /// Its exit once it has ended, after which whatever is left of its group has been killed.
  std::optional<Exit> try_wait();

 private:
  pid_t pid_ = -1;
  int progress_fd_ = -1;
  bool reaped_ = false;
};

}  // namespace pebench::process
