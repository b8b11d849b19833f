#pragma once

// The one header over LibTorch. It is precompiled; everything that differs between LibTorch versions belongs
// here.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <string>

namespace pebench {

using at::Tensor;

/// "[2, 3]"
inline std::string shape_text(const Tensor& tensor) {
  std::string text = "[";
  for (std::int64_t i = 0; i < tensor.dim(); ++i) text += (i ? ", " : "") + std::to_string(tensor.size(i));
  return text + "]";
}

}  // namespace pebench
