#include "host/process/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "host/base/error.h"

namespace pebench::process {
namespace {

std::vector<std::string> merged_environment(const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> merged;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string_view text = *entry;
    std::string_view name = text.substr(0, text.find('='));
    bool replaced = false;
    for (const auto& variable : added) replaced = replaced || variable.first == name;
    if (!replaced) merged.emplace_back(text);
  }
  for (const auto& [name, value] : added) merged.push_back(name + "=" + value);
  return merged;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// If whoever started us ignores the ends of children, there would be no exit to wait for.
void have_children_waited_for() {
  struct sigaction action {};
  ::sigaction(SIGCHLD, nullptr, &action);
  if (action.sa_handler == SIG_IGN) ::signal(SIGCHLD, SIG_DFL);
}

// The settings of one posix_spawn.
class Spawn {
 public:
  // `writer` is the pipe's end for the child, -1 without one.
  Spawn(const std::optional<std::filesystem::path>& log, int writer) {
    ::posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);

    ::posix_spawn_file_actions_init(&actions_);
    // First the pipe: whichever descriptor it has here, 0 to 2 are then free to be replaced.
    if (writer >= 0) ::posix_spawn_file_actions_adddup2(&actions_, writer, pipe_fd);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, log ? log->c_str() : "/dev/null",
                                       O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (log) ::posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, writer >= 0 ? pipe_fd + 1 : pipe_fd);
  }
  ~Spawn() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;

  // Sets `pid`, or returns the error's number.
  int start(const Command& command, pid_t& pid) const {
    auto arguments = command.arguments;
    auto environment = merged_environment(command.environment);
    return ::posix_spawn(&pid, arguments.front().c_str(), &actions_, &attributes_, pointers(arguments).data(),
                         pointers(environment).data());
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

Child::Child(const Command& command) {
  const std::string& program = command.arguments.front();
  have_children_waited_for();
  int ends[2] = {-1, -1};
  if (command.pipe && ::pipe2(ends, O_CLOEXEC) != 0)
    throw base::InputError(fmt::format("cannot open a pipe for {}: {}; `ulimit -n` allows more files",
                                       program, std::strerror(errno)));
  news_fd_ = ends[0];
  if (command.pipe) ::fcntl(news_fd_, F_SETFL, O_NONBLOCK);
  const int error = Spawn(command.log, ends[1]).start(command, pid_);
  if (command.pipe) ::close(ends[1]);
  if (error == 0) return;
  close_pipe();
  throw base::InputError(
      command.log
          ? fmt::format("cannot start {} with its log in {}: {}; check that the one can be executed "
                        "and the other written",
                        program, command.log->string(), std::strerror(error))
          : fmt::format("cannot start {}: {}; check that it can be executed", program, std::strerror(error)));
}

Child::~Child() {
  if (!exit_) {
    signal(SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  close_pipe();
}

std::string Child::read_news() {
  constexpr int most_reads = 16;
  std::string text;
  char buffer[1 << 16];
  for (int reads = 0; news_fd_ >= 0 && reads < most_reads; ++reads) {
    const ssize_t size = ::read(news_fd_, buffer, sizeof buffer);
    if (size < 0) break;  // nothing more waits
    if (size == 0) close_pipe();
    text.append(buffer, static_cast<std::size_t>(size));
  }
  return text;
}

void Child::signal(int number) const {
  if (!exit_) ::kill(-pid_, number);  // afterwards the group's id may be somebody else's
}

const std::optional<Exit>& Child::try_wait() {
  siginfo_t info{};
  if (exit_ || ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
      info.si_pid == 0)
    return exit_;
  signal(SIGKILL);  // while the zombie still holds the group's id, so that nobody else can be hit
  Exit exit;
  rusage usage{};
  while (::wait4(pid_, &exit.wait_status, 0, &usage) < 0 && errno == EINTR) {
  }
  exit.memory_peak_bytes = std::int64_t{usage.ru_maxrss} * 1024;
  exit_ = exit;
  return exit_;
}

void Child::close_pipe() {
  if (news_fd_ >= 0) ::close(news_fd_);
  news_fd_ = -1;
}

}  // namespace pebench::process
