#include "host/process/wait.h"

#include <poll.h>

#include <algorithm>
#include <cstdint>

namespace pebench::process {

void wait_for_news(const std::vector<int>& fds, Clock::time_point until) {
  std::vector<pollfd> watched;
  for (const int fd : fds) watched.push_back({fd, POLLIN, 0});
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
  ::poll(watched.data(), watched.size(), static_cast<int>(std::max<std::int64_t>(0, left.count())));
}

}  // namespace pebench::process
