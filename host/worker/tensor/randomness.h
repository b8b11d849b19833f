#pragma once

#include <cstdint>

#include "host/base/random.h"
#include "host/worker/tensor/tensor.h"

namespace pebench::tensor {

/// The random numbers of one forward pass. The k-th request of a pass gets the same numbers whatever the
/// other passes did.
class Randomness {
 public:
  /// `stream` belongs to this pass alone. Without `training`, dropout is the identity.
  Randomness(base::Stream stream, bool training) : stream_(stream), training_(training) {}

  /// Of an evaluation: nothing is dropped, and an encoding that draws all the same gets the same numbers in
  /// every pass.
  static Randomness in_evaluation() { return {base::Stream(0, "evaluation"), /*training=*/false}; }

  bool training() const { return training_; }

  /// Zeroes elements with probability p (a multiple of 2^-16) and scales the others by 1/(1-p).
  Tensor dropout(const Tensor& x, double p);

  /// Normal numbers, drawn in double on the CPU.
  Tensor normal(double mean, double deviation, at::IntArrayRef shape, const at::TensorOptions& options);

 private:
  base::Stream stream_;
  bool training_;
};

}  // namespace pebench::tensor
