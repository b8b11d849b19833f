#include "host/process/signals.h"

#include <fmt/format.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "host/base/error.h"

namespace pebench::process {
namespace {

bool ignored(int number) {
  struct sigaction action {};
  ::sigaction(number, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

}  // namespace

SignalQueue::SignalQueue() {
  sigset_t watched;
  ::sigemptyset(&watched);
  ::sigaddset(&watched, SIGCHLD);
  // SIGINT even if ignored, as it is for a shell's background jobs: whoever sends it there means it.
  for (int number : {SIGINT, SIGTERM}) ::sigaddset(&watched, number);
  if (!ignored(SIGHUP)) ::sigaddset(&watched, SIGHUP);
  ::sigprocmask(SIG_BLOCK, &watched, &before_);
  fd_ = ::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
  if (fd_ < 0) {
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
    throw base::InputError(
        fmt::format("cannot watch for signals: {}; `ulimit -n` allows more files", std::strerror(errno)));
  }
}

SignalQueue::~SignalQueue() {
  while (next() != 0) {
  }
  ::close(fd_);
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

int SignalQueue::next() {
  signalfd_siginfo info{};
  return ::read(fd_, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
}

}  // namespace pebench::process
