#include "host/worker/check/resources.h"

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace pebench::check {
namespace fs = std::filesystem;
namespace {

std::int64_t entries(const char* folder) { return std::distance(fs::directory_iterator(folder), {}); }

struct Pages {
  std::int64_t size = 0, resident = 0;
};

Pages pages() {
  Pages pages;
  std::ifstream("/proc/self/statm") >> pages.size >> pages.resident;
  return pages;
}

}  // namespace

Resources resources() {
  const auto heap = ::mallinfo2();
  Resources held;
  held.heap_bytes = static_cast<std::int64_t>(heap.uordblks + heap.hblkhd);
  held.resident_bytes = pages().resident * ::sysconf(_SC_PAGESIZE);
  held.descriptors = entries("/proc/self/fd");
  held.threads = entries("/proc/self/task");
  return held;
}

void limit_growth(std::int64_t bytes) {
  rlimit limit{};
  ::getrlimit(RLIMIT_AS, &limit);
  const auto wanted = static_cast<rlim_t>(pages().size * ::sysconf(_SC_PAGESIZE) + bytes);
  if (limit.rlim_max != RLIM_INFINITY && wanted > limit.rlim_max) return;  // stricter already
  limit.rlim_cur = wanted;
  ::setrlimit(RLIMIT_AS, &limit);
}

}  // namespace pebench::check
