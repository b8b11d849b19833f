#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/worker/tensor/tensor.h"

namespace pebench::check {

/// Compares autograd's gradient of sum(w * compute()), with fixed weights w, to central differences in
/// float64, element by element: each leaf is moved in place. Returns an empty text, or what differs. Leaves
/// are contiguous, float64, on the CPU, require a gradient and have names. Of a leaf with more than `most`
/// elements, that many spread ones are compared.
///
/// A slope of 1 and one of 1e6 (an angle per second) need different steps, so the step is refined until it
/// agrees.
std::string compare_gradients(const std::function<Tensor()>& compute, const std::vector<Tensor>& leaves,
                              const std::vector<std::string>& names, std::int64_t most);

/// The gradient's tolerance, relative to the greatest gradient of the leaf, or to 1.
constexpr double gradient_tolerance = 1e-6;

}  // namespace pebench::check
