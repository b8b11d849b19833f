#pragma once

#include "host/worker/tensor/tensor.h"

namespace pebench::backbone {

/// Softmax over the keys that a query may see: logits [B, H, Lq, Lk], visible bool, broadcasting to [B, 1,
/// Lq, Lk]. A hidden key weighs exactly 0, whatever its own logit is and however low those of visible keys
/// are. Visible ones that are all at minus infinity share the weight, as if all were equally low. A query
/// that sees no key gets arbitrary finite weights. NaN and infinity at a visible key come out as NaN.
Tensor attention_weights(const Tensor& logits, const Tensor& visible);

/// Logits with an encoding's bias on top; minus infinity becomes the lowest number of float32.
Tensor biased(const Tensor& logits, const Tensor& bias);

}  // namespace pebench::backbone
