#pragma once

#include "host/worker/tensor/tensor.h"

namespace pebench::backbone {

/// A rectangle of items: B rows of L slots of the users' windows, or of C candidates.
struct Window {
  Tensor item;       ///< i64 [B, L], row of the pass's table of distinct items; 0 is padding
  Tensor context;    ///< [B, L, K]
  Tensor mask;       ///< bool [B, L], true for real items
  Tensor position;   ///< i64 [1, L] or [B, L], see encoding.h
  Tensor time;       ///< i64 [B, L], undefined unless the encoding needs it
  Tensor batch_row;  ///< i64 [B, 1], the row in the whole batch; undefined unless the protocol rotates by it

  std::int64_t rows() const { return item.size(0); }
  std::int64_t length() const { return item.size(1); }
};

/// The position behind the window, that of a candidate for the next event.
inline std::int64_t next_position(const Window& window) {
  return window.position.select(-1, -1).select(0, 0).item<std::int64_t>() + 1;
}

}  // namespace pebench::backbone
