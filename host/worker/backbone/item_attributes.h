#pragma once

#include <cstdint>
#include <vector>

#include "host/worker/tensor/tensor.h"

namespace pebench::backbone {

/// Attributes of all items, row 0 (padding) empty: multi-hot ids in compressed rows, and dense fields after
/// them.
struct ItemAttributes {
  std::int64_t sparse_width = 0;
  std::vector<std::int64_t> offsets;  ///< [N+2]
  std::vector<std::int64_t> ids;      ///< in [0, sparse_width)
  std::vector<Tensor> dense;  ///< [N+1, width] each, in whatever type; rows are read as they are needed

  std::int64_t width() const {
    std::int64_t sum = sparse_width;
    for (const Tensor& field : dense) sum += field.size(1);
    return sum;
  }
};

}  // namespace pebench::backbone
