#include "host/controller/run/exclusive.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "host/base/error.h"
#include "host/base/refusal.h"

namespace pebench::run {

namespace {

std::filesystem::path lock_file(const contract::SuiteFolder& folder) { return folder.path() / ".running"; }

}  // namespace

ExclusiveFolder::ExclusiveFolder(contract::SuiteFolder folder) : folder_(std::move(folder)) {
  std::error_code error;
  std::filesystem::create_directories(folder_.path(), error);
  if (!error) fd_ = ::open(lock_file(folder_).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd_ < 0)
    throw base::InputError(base::cannot("write results to", folder_.path(),
                                        error ? error : std::error_code(errno, std::generic_category())) +
                           "; --results names another folder");
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd_);
    throw base::InputError(
        fmt::format("another run is at work in {}: wait for it, or choose another folder with --results",
                    folder_.path().string()));
  }
}

void ExclusiveFolder::require_space(double bytes) const {
  std::error_code error;
  const auto space = std::filesystem::space(folder_.path(), error);
  if (error || static_cast<double>(space.available) >= bytes) return;
  constexpr double mebibyte = 1024.0 * 1024.0;
  throw base::InputError(fmt::format(
      "the disk of {} has {:.1f} MiB left and this run needs at least {:.1f} MiB: make room, or choose "
      "another folder with "
      "--results",
      folder_.path().string(), static_cast<double>(space.available) / mebibyte, bytes / mebibyte));
}

ExclusiveFolder::~ExclusiveFolder() { ::close(fd_); }

bool is_at_work(const contract::SuiteFolder& folder) {
  const int fd = ::open(lock_file(folder).c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool is_free = ::flock(fd, LOCK_SH | LOCK_NB) == 0;
  ::close(fd);
  return !is_free;
}

}  // namespace pebench::run
