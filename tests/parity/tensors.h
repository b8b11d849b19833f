#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "host/worker/tensor/tensor.h"

namespace pebench::parity {

/// {"shape": [...], "data": [...]}, row-major -> f64.
Tensor tensor_of(const nlohmann::json& json);

/// An object of tensors by name; a bare number is a scalar.
std::map<std::string, Tensor> tensors_of(const nlohmann::json& json);

/// |x - reference| / max|reference|, the largest over the elements. A reference of zeros asks for the
/// tolerance itself.
double deviation(const Tensor& x, const Tensor& reference);

}  // namespace pebench::parity
