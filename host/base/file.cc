#include "host/base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>

#include "host/base/error.h"
#include "host/base/refusal.h"

namespace pebench::base {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  refuse("write", path, {errno, std::generic_category()});
}

}  // namespace

void write_atomically(const std::filesystem::path& path, std::string_view content) {
  std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) refuse("create", folder, error);
  std::string temporary = (folder / ("." + path.filename().string() + ".XXXXXX")).string();
  int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) fail(path);
  auto abandon = [&] {
    int saved = errno;
    ::close(fd);
    ::unlink(temporary.c_str());
    errno = saved;
    fail(path);
  };
  if (!write_all(fd, content)) abandon();
  if (::fchmod(fd, 0644) != 0 || ::fsync(fd) != 0) abandon();
  if (::close(fd) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0) {
    int saved = errno;
    ::unlink(temporary.c_str());
    errno = saved;
    fail(path);
  }
  sync_folder(folder);
}

void sync_folder(const std::filesystem::path& folder) {
  int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;  // some file systems do not allow it; the rename itself has happened
  ::fsync(fd);
  ::close(fd);
}

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code unknown;
  if (!in || std::filesystem::is_directory(path, unknown))
    throw InputError(
        fmt::format("cannot read {}: check that the file exists and is readable", path.string()));
  return {std::istreambuf_iterator<char>(in), {}};
}

bool exists(const std::filesystem::path& path) {
  std::error_code error;
  const bool found = std::filesystem::exists(path, error);
  if (error) refuse("look at", path, error);
  return found;
}

std::filesystem::path absolute(const std::filesystem::path& path) {
  return path.is_absolute() ? path : working_folder() / path;
}

std::filesystem::path working_folder() {
  std::error_code error;
  auto folder = std::filesystem::current_path(error);
  if (error)
    throw InputError(
        fmt::format("the working folder cannot be used ({}); change to another", error.message()));
  return folder;
}

}  // namespace pebench::base
