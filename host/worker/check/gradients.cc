#include "host/worker/check/gradients.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/worker/check/inputs.h"

namespace pebench::check {

std::string compare_gradients(const std::function<Tensor()>& compute, const std::vector<Tensor>& leaves,
                              const std::vector<std::string>& names, std::int64_t most) {
  for (const auto& leaf : leaves) leaf.mutable_grad() = Tensor();
  const Tensor output = compute();
  const Tensor weights = uniform(output.sizes(), 0, "weights of outputs");
  if (output.requires_grad()) (output * weights).sum().backward();

  at::NoGradGuard no_grad;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const Tensor gradient =
        leaves[i].grad().defined() ? leaves[i].grad().contiguous().clone() : at::zeros_like(leaves[i]);
    const double scale = std::max(1.0, gradient.numel() > 0 ? gradient.abs().max().item<double>() : 0.0);
    double* values = leaves[i].data_ptr<double>();
    const std::int64_t count = leaves[i].numel(), stride = (count + most - 1) / most;
    for (std::int64_t j = 0; j < count; j += stride) {
      const double value = values[j], found = gradient.data_ptr<double>()[j];
      double best = std::numeric_limits<double>::infinity();
      for (const double step : {1e-6, 1e-7, 1e-5, 1e-8, 1e-9, 1e-10}) {
        values[j] = value + step;
        const Tensor above = compute().clone();  // it may be a view of the leaf
        values[j] = value - step;
        // Differences before the sum: large outputs that do not depend on the element leave nothing, not
        // their rounding.
        const double estimate = ((above - compute()) * weights).sum().item<double>() / (2.0 * step);
        values[j] = value;
        if (!(std::abs(estimate - found) >= std::abs(best - found))) best = estimate;
        if (std::abs(best - found) <= gradient_tolerance * scale) break;
      }
      if (!(std::abs(best - found) <= gradient_tolerance * scale))
        return fmt::format("{}, element {}: the gradient is {:.9g}, central differences give {:.9g}",
                           names[i], j, found, best);
    }
  }
  return {};
}

}  // namespace pebench::check
