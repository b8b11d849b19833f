#pragma once

#include <cstdint>

namespace pebench::check {

/// What this process holds.
struct Resources {
  std::int64_t heap_bytes = 0;  ///< given out by malloc; 0 where malloc is another's (a sanitizer)
  std::int64_t resident_bytes = 0;
  std::int64_t descriptors = 0;
  std::int64_t threads = 0;
};

Resources resources();

/// Address space that this process may take on top of what it has: beyond it allocations fail, where the
/// system would end some process otherwise.
void limit_growth(std::int64_t bytes);

}  // namespace pebench::check
