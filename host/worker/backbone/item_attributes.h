#pragma once

#include <cstdint>
#include <vector>

#include "host/worker/tensor/tensor.h"

namespace pebench::backbone {

/// Attributes of all items, row 0 (padding) empty: multi-hot ids in compressed rows, and dense columns after
/// them.
struct ItemAttributes {
  std::int64_t sparse_width = 0;
  std::vector<std::int64_t> offsets;  ///< [N+2]
  std::vector<std::int64_t> ids;      ///< in [0, sparse_width)
  Tensor dense;                       ///< [N+1, dense width], or undefined

  std::int64_t width() const { return sparse_width + (dense.defined() ? dense.size(1) : 0); }
};

}  // namespace pebench::backbone
