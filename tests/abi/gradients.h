#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/model/tensor.h"

namespace pebench::test {

/// What to differentiate: any number of tensors in, one out.
using Function = std::function<Tensor(const std::vector<Tensor>&)>;

/// Compares autograd's gradient of sum(weights * function(inputs)), with fixed weights, to central differences in float64,
/// element by element. Returns an empty text, or what differs. Inputs that are not f64 are held fixed.
std::string compare_gradients(const Function& function, std::vector<Tensor> inputs, double step = 1e-6,
                              double tolerance = 1e-6);

/// Values without structure in [-1, 1], a function of `salt` alone. f64.
Tensor sample(at::IntArrayRef shape, std::int64_t salt = 0);

}  // namespace pebench::test
