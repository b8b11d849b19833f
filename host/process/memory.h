#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>

namespace pebench::process {

/// Resident bytes of every process group of this machine, summed over its processes as /proc tells them.
/// Pages that processes share count once for each.
std::map<pid_t, std::int64_t> resident_bytes_by_group();

}  // namespace pebench::process
