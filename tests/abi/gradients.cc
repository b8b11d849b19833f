#include "tests/abi/gradients.h"

#include <algorithm>
#include <cmath>

#include "host/base/random.h"

namespace pebench::test {
namespace {

double weighted_sum(const Function& function, const std::vector<Tensor>& inputs, const Tensor& weights) {
  at::NoGradGuard no_grad;
  return (function(inputs) * weights).sum().item<double>();
}

}  // namespace

Tensor sample(at::IntArrayRef shape, std::int64_t salt) {
  base::Stream stream(static_cast<std::uint64_t>(salt), "test", "sample");
  Tensor values = at::empty(shape, at::kDouble);
  for (std::int64_t i = 0; i < values.numel(); ++i) values.data_ptr<double>()[i] = 2.0 * stream.uniform() - 1.0;
  return values;
}

std::string compare_gradients(const Function& function, std::vector<Tensor> inputs, double step, double tolerance) {
  for (auto& input : inputs) {
    input = input.contiguous();
    if (input.scalar_type() == at::kDouble) input = input.detach().clone().set_requires_grad(true);
  }
  Tensor output = function(inputs);
  const Tensor weights = sample(output.sizes(), 99);
  (output * weights).sum().backward();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].scalar_type() != at::kDouble) continue;
    Tensor exact = inputs[i].grad().defined() ? inputs[i].grad() : at::zeros_like(inputs[i]);
    exact = exact.detach().contiguous();
    const double scale = std::max(1.0, exact.abs().max().item<double>());
    double* values = inputs[i].data_ptr<double>();
    for (std::int64_t j = 0; j < inputs[i].numel(); ++j) {
      const double value = values[j];
      values[j] = value + step;
      const double above = weighted_sum(function, inputs, weights);
      values[j] = value - step;
      const double below = weighted_sum(function, inputs, weights);
      values[j] = value;
      const double estimate = (above - below) / (2.0 * step), found = exact.data_ptr<double>()[j];
      if (!(std::abs(estimate - found) <= tolerance * scale))
        return "input " + std::to_string(i) + ", element " + std::to_string(j) + ": gradient " + std::to_string(found) +
               ", differences give " + std::to_string(estimate);
    }
  }
  return {};
}

}  // namespace pebench::test
