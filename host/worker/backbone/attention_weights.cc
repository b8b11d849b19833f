#include "host/worker/backbone/attention_weights.h"

#include <limits>

namespace pebench::backbone {

Tensor attention_weights(const Tensor& logits, const Tensor& visible) {
  // A row of nothing but -inf would be NaN, and its gradient too: where no key is visible, all are alike.
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Tensor zero = at::zeros({}, logits.options());
  const Tensor fill = at::where(visible.any(-1, /*keepdim=*/true), at::full_like(zero, -infinity), zero);
  return at::softmax(at::where(visible, logits, fill), -1);
}

Tensor biased(const Tensor& logits, const Tensor& bias) {
  return at::clamp_min(logits + bias, std::numeric_limits<float>::lowest());
}

}  // namespace pebench::backbone
