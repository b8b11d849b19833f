#pragma once

#include <cstdint>

#include "host/base/random.h"
#include "host/worker/backbone/tensor.h"

namespace pebench::backbone {

/// The random numbers of one forward pass. The k-th request of a pass gets the same numbers whatever the
/// other passes did.
class Randomness {
 public:
  /// `stream` belongs to this pass alone. Without `training`, dropout is the identity.
  Randomness(base::Stream stream, bool training) : stream_(stream), training_(training) {}

  bool training() const { return training_; }

  /// Zeroes elements with probability p (a multiple of 2^-16) and scales the others by 1/(1-p).
  Tensor dropout(const Tensor& x, double p);

  /// Normal numbers, drawn in double on the CPU.
  Tensor normal(double mean, double deviation, at::IntArrayRef shape, const at::TensorOptions& options);

 private:
  base::Stream stream_;
  bool training_;
};

}  // namespace pebench::backbone
