#pragma once

#include <vector>

#include "host/worker/backbone/window.h"

namespace pebench::backbone {

/// Rows of similar length, trimmed on the left to the longest of them; positions keep their values. Targets
/// are as long as the profile, T = L, or one slot.
struct Bucket {
  Window profile, targets;
  Tensor negative_items;           ///< i64 [B, T, n], of each target; n may be 0
  Tensor drawn_from;               ///< [B], probability that one draw of an item is a negative of this user
  std::vector<std::int64_t> rows;  ///< which rows of the batch

  /// The k-th negatives as candidates: all but the item is the target's.
  Window negatives(std::int64_t k = 0) const {
    Window window = targets;
    window.item = negative_items.select(2, k);
    return window;
  }
};

/// A training batch: distinct items i64 [U] on the CPU (0 first) and buckets whose items are rows of it.
struct TrainingBatch {
  Tensor distinct;
  std::vector<Bucket> buckets;
  std::int64_t slots = 0;   ///< real targets, over which the loss is averaged
  Tensor shared_negatives;  ///< i64 [n], rows of `distinct` that are negatives of all targets; undefined for
                            ///< none
  Tensor probabilities;     ///< [N+1], of every item id in one draw of a negative; undefined unless needed
};

/// A batch of users to rank candidates for: their windows (item = item id itself), the context of the event
/// to come [B, K] and its time, i64 [B], undefined unless the encoding needs it.
struct Users {
  Window window;
  Tensor context;
  Tensor time;
};

}  // namespace pebench::backbone
