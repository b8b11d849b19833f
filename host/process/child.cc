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

constexpr int progress_fd_of_child = 3;

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

// The settings of one posix_spawn.
class Spawn {
 public:
  Spawn() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Spawn() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;

  posix_spawn_file_actions_t* actions() { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

Child::Child(const std::vector<std::string>& arguments,
             const std::vector<std::pair<std::string, std::string>>& environment,
             const std::string& progress_variable, const std::filesystem::path& log) {
  Spawn spawn;
  auto variables = environment;
  int ends[2] = {-1, -1};
  if (!progress_variable.empty()) {
    if (::pipe2(ends, O_CLOEXEC) != 0)
      throw base::InputError(
          fmt::format("cannot open a pipe for {}: {}", arguments.front(), std::strerror(errno)));
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    // First the pipe: whichever descriptor it has here, 0 to 2 are then free to be replaced.
    ::posix_spawn_file_actions_adddup2(spawn.actions(), ends[1], progress_fd_of_child);
    variables.emplace_back(progress_variable, std::to_string(progress_fd_of_child));
  }
  ::posix_spawn_file_actions_addopen(spawn.actions(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(spawn.actions(), STDOUT_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0644);
  ::posix_spawn_file_actions_adddup2(spawn.actions(), STDOUT_FILENO, STDERR_FILENO);

  auto argument_texts = arguments;
  auto environment_texts = merged_environment(variables);
  int error = ::posix_spawn(&pid_, arguments.front().c_str(), spawn.actions(), spawn.attributes(),
                            pointers(argument_texts).data(), pointers(environment_texts).data());
  if (ends[1] >= 0) ::close(ends[1]);
  if (error != 0) {
    if (ends[0] >= 0) ::close(ends[0]);
    throw base::InputError(fmt::format("cannot start {} with its log in {}: {}", arguments.front(),
                                       log.string(), std::strerror(error)));
  }
  progress_fd_ = ends[0];
}

Child::~Child() {
  if (!reaped_) {
    signal(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (progress_fd_ >= 0) ::close(progress_fd_);
}

void Child::signal(int number) const { ::kill(-pid_, number); }

std::optional<Exit> Child::try_wait() {
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0)
    return std::nullopt;
  signal(SIGKILL);  // while the zombie still holds the group's id, so that nobody else can be hit
  Exit exit;
  rusage usage{};
  ::wait4(pid_, &exit.wait_status, 0, &usage);
  reaped_ = true;
  exit.memory_peak_bytes = std::int64_t{usage.ru_maxrss} * 1024;
  return exit;
}

}  // namespace pebench::process
