#pragma once

#include <cstdint>
#include <optional>

namespace pebench::run {

/// What a run may take; never part of a trial's identity.
struct Limits {
  int workers = 1;                           ///< trials side by side, at least 1
  std::optional<double> timeout_seconds;     ///< per trial
  std::optional<std::int64_t> memory_bytes;  ///< resident, per trial with all its processes
  int retries = 0;                           ///< how often a trial that crashed is started again at once
  double grace_seconds = 10;                 ///< between SIGTERM and SIGKILL
};

}  // namespace pebench::run
