#include "tests/parity/tensors.h"

#include <gtest/gtest.h>

#include <cmath>

namespace pebench::parity {

Tensor tensor_of(const nlohmann::json& json) {
  auto shape = json.at("shape").get<std::vector<std::int64_t>>();
  auto values = json.at("data").get<std::vector<double>>();
  return at::tensor(values, at::kDouble).view(shape);
}

std::map<std::string, Tensor> tensors_of(const nlohmann::json& json) {
  std::map<std::string, Tensor> tensors;
  for (const auto& [name, value] : json.items())
    tensors[name] =
        value.is_object() ? tensor_of(value) : at::scalar_tensor(value.get<double>(), at::kDouble);
  return tensors;
}

double deviation(const Tensor& x, const Tensor& reference) {
  EXPECT_EQ(x.sizes(), reference.sizes());
  Tensor difference = (x.detach().to(at::kDouble) - reference).abs();
  double scale = reference.abs().max().item<double>();
  double largest = difference.max().item<double>();
  if (!std::isfinite(largest)) return largest;
  return scale > 0.0 ? largest / scale : largest;
}

}  // namespace pebench::parity
