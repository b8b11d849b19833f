#include "host/process/memory.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>

#include "host/base/error.h"

namespace pebench::process {

std::map<pid_t, std::int64_t> resident_bytes_by_group() {
  static const std::int64_t page = ::sysconf(_SC_PAGESIZE);
  std::map<pid_t, std::int64_t> bytes;
  std::error_code error;
  for (std::filesystem::directory_iterator entry("/proc", error), end; entry != end; entry.increment(error)) {
    std::string name = entry->path().filename();
    if (!std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isdigit(c); })) continue;
    std::string stat;
    std::getline(std::ifstream(entry->path() / "stat"), stat);
    // proc(5): "pid (name) state ppid pgrp ...", the name may hold anything; rss, in pages, is the 24th
    // field.
    std::size_t name_end = stat.rfind(')');
    if (name_end == std::string::npos) continue;  // the process is gone
    std::istringstream fields(stat.substr(name_end + 1));
    std::string skipped;
    pid_t group = 0;
    std::int64_t pages = 0;
    fields >> skipped >> skipped >> group;
    for (int field = 6; field < 24; ++field) fields >> skipped;
    if (fields >> pages) bytes[group] += pages * page;
  }
  if (error)
    throw base::InputError(fmt::format(
        "cannot read /proc, which tells how much memory trials take: {}; mount it, or set no limit of memory",
        error.message()));
  return bytes;
}

std::int64_t GroupMemory::of(pid_t group) {
  constexpr std::chrono::milliseconds good_for{100};
  if (Clock::now() >= good_until_) {
    bytes_ = resident_bytes_by_group();
    good_until_ = Clock::now() + good_for;
  }
  const auto found = bytes_.find(group);
  return found != bytes_.end() ? found->second : 0;
}

}  // namespace pebench::process
