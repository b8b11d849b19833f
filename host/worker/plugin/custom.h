#pragma once

#include <pebench/pebench.h>

#include <vector>

#include "host/worker/tensor/tensor.h"

namespace pebench::plugin {

/// Runs a plugin's own operation as a node of the gradient graph: infer, forward, and backward when the
/// gradient comes. The plugin sees views that are contiguous unless it takes strided ones, on the CPU unless
/// it takes CUDA pointers. Throws OperationError for a descriptor that is incomplete, a wrong shape, or a
/// failing callback; a failure in backward throws out of the gradient engine.
std::vector<Tensor> run_custom(peb_scope& scope, const peb_custom* operation,
                               const std::vector<Tensor>& inputs, std::uint32_t n_out);

}  // namespace pebench::plugin
