#pragma once

#include <csignal>

namespace pebench::process {

/// While it lives, the signals that a supervisor answers (the end of a child, Ctrl-C, SIGTERM, and SIGHUP
/// unless ignored as under nohup) wait in a file descriptor for poll() in place of interrupting this thread.
class SignalQueue {
 public:
  /// Throws InputError if the system refuses.
  SignalQueue();
  ~SignalQueue();
  SignalQueue(const SignalQueue&) = delete;
  SignalQueue& operator=(const SignalQueue&) = delete;

  int fd() const { return fd_; }
  /// The next signal, or 0 if none waits.
  int next();

 private:
  int fd_ = -1;
  sigset_t before_{};
};

}  // namespace pebench::process
