#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>

#include "host/process/wait.h"

namespace pebench::process {

/// Resident bytes of every process group of this machine, summed over its processes as /proc tells them.
/// Pages that processes share count once for each. Throws InputError where /proc cannot be read.
std::map<pid_t, std::int64_t> resident_bytes_by_group();

/// The same, looked up once for all the groups that are asked for at about one time.
class GroupMemory {
 public:
  /// Resident bytes of a group, as of 100 ms ago at most.
  std::int64_t of(pid_t group);

 private:
  std::map<pid_t, std::int64_t> bytes_;
  Clock::time_point good_until_;
};

}  // namespace pebench::process
