#pragma once

#include <vector>

#include "host/worker/backbone/window.h"

namespace pebench::backbone {

/// Rows of similar length, trimmed on the left to the longest of them; positions keep their values. Targets
/// and negatives are as long as the profile, or one slot.
struct Bucket {
  Window profile, targets, negatives;
  std::vector<std::int64_t> rows;  ///< which rows of the batch
};

/// A training batch: distinct items i64 [U] on the CPU (0 first) and buckets whose items are rows of it.
struct TrainingBatch {
  Tensor distinct;
  std::vector<Bucket> buckets;
  std::int64_t slots = 0;  ///< real targets, over which the loss is averaged
};

/// A batch of users to rank candidates for: their windows (item = item id itself), the context of the event
/// to come [B, K] and its time, i64 [B], undefined unless the encoding needs it.
struct Users {
  Window window;
  Tensor context;
  Tensor time;
};

}  // namespace pebench::backbone
