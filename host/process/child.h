#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pebench::process {

/// Where a child finds its end of the pipe.
constexpr int pipe_fd = 3;

/// What to start.
struct Command {
  std::vector<std::string> arguments;                                 ///< the first is the program's path
  std::vector<std::pair<std::string, std::string>> environment = {};  ///< added to this process's
  /// Takes at its end what the child prints. Without one its output is lost, and its errors go where this
  /// process's do.
  std::optional<std::filesystem::path> log = std::nullopt;
  bool pipe = false;  ///< whether what it writes to `pipe_fd` comes here
};

struct Exit {
  int wait_status = 0;  ///< as of wait(2)
  std::int64_t memory_peak_bytes = 0;
};

/// A child process at the head of its own process group, of which nothing is left at the end. Its standard
/// input is /dev/null, no signal is blocked or ignored in it, and of this process's files it has standard
/// error at most. Destroying a Child that still runs kills its group.
class Child {
 public:
  /// Throws InputError if it cannot be started.
  explicit Child(const Command& command);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Also the id of its process group.
  pid_t pid() const { return pid_; }

  /// Can be read when the child has written; -1 without a pipe, and once nobody can write there any more.
  int news_fd() const { return news_fd_; }
  /// Reads without waiting. At most a mebibyte, so that one who never stops writing holds up nobody else.
  std::string read_news();

  /// Sends a signal to the whole group.
  void signal(int number) const;

  /// Its exit once it has ended, after which whatever is left of its group has been killed.
  const std::optional<Exit>& try_wait();

 private:
  void close_pipe();

  pid_t pid_ = -1;
  int news_fd_ = -1;
  std::optional<Exit> exit_;
};

}  // namespace pebench::process
