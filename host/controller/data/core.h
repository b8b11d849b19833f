#pragma once

#include <cstdint>

#include "host/controller/data/columns.h"
#include "host/controller/data/left_out.h"

namespace pebench::data {

/// How many events a user and an item have at least; 0 or 1 asks nothing.
struct Core {
  std::int64_t user_events = 0, item_events = 0;
  /// Whether counting goes on until nobody is below: the k-core, which is the same in whatever order one
  /// goes. Else users and items are counted once, before any event is left out, and some may end below.
  bool iterative = true;
};

/// Whether it asks anything.
inline bool asks(const Core& core) { return core.user_events > 1 || core.item_events > 1; }

LeftOut outside_core(const Columns& columns, const Core& core);

}  // namespace pebench::data
