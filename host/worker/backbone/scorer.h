#pragma once

#include "host/worker/backbone/batch.h"

namespace pebench::backbone {

/// Gives candidates for the next event scores, higher being better. No gradients.
class Scorer {
 public:
  virtual ~Scorer() = default;
  /// All items, [B, N+1]; column 0 (padding) is meaningless.
  virtual Tensor all(const Users& users) = 0;
  /// Lists of items: candidates i64 [B, C], 0 for an empty place, whose score is meaningless -> [B, C]
  virtual Tensor lists(const Users& users, const Tensor& candidates) = 0;
};

}  // namespace pebench::backbone
