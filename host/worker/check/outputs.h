#pragma once

#include <string>
#include <vector>

#include "host/worker/check/inputs.h"

namespace pebench::check {

/// What one hook returned.
struct Output {
  enum class Kind { input, q, k, bias, value, output, product };
  Kind kind;
  std::string place;  ///< "rotate (q), self-attention of layer 0"
  Tensor value;       ///< a bias in full [B, H, Lq, Lk]; what was not returned as zeros
  Axes axes;
};
using Outputs = std::vector<Output>;

Outputs select(Outputs outputs, Axis axis, const Indices& index);

/// What a plugin without any effect returns.
Outputs without_effect(const Inputs& inputs);

/// q and k of each site replaced by the logits they make, q.k [B, H, Lq, Lk].
Outputs with_products(const Outputs& outputs);

/// All numbers in a row.
Tensor flat(const Outputs& outputs);

/// The first output of `found` that deviates from `expected` by more than `tolerance`, in units of the
/// greatest expected number of that output: "<place>, at [0, 1]: 0.25 and 0.5, a difference of 5.0e-01 of the
/// greatest number; 1e-09 is allowed". Empty if there is none. A number that is not finite deviates from
/// every other.
std::string difference(const Outputs& found, const Outputs& expected, double tolerance);

/// The first number that is not finite, as "<place>, at [0, 1]: nan"; empty if there is none.
std::string not_finite(const Outputs& outputs);

}  // namespace pebench::check
