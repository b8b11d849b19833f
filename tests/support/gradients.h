#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/worker/tensor/tensor.h"

namespace pebench::test {

/// What to differentiate: any number of tensors in, one out.
using Function = std::function<Tensor(const std::vector<Tensor>&)>;

/// check::compare_gradients for copies of the inputs: an empty text, or what differs. Inputs that are not f64
/// are held fixed.
std::string compare_gradients(const Function& function, std::vector<Tensor> inputs);

/// Values without structure in [-1, 1), a function of `salt` alone. f64.
Tensor sample(at::IntArrayRef shape, std::int64_t salt = 0);

}  // namespace pebench::test
