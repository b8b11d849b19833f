#include "host/controller/cli/limits.h"

namespace pebench::cli {

run::Limits limits_of(const suite::Limits& limits) {
  run::Limits taken;
  taken.workers = static_cast<int>(limits.workers);
  if (limits.timeout) taken.timeout_seconds = static_cast<double>(limits.timeout->count());
  taken.memory_bytes = limits.memory;
  taken.retries = static_cast<int>(limits.retries);
  return taken;
}

}  // namespace pebench::cli
