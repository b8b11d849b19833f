#include "host/worker/check/outputs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>

namespace pebench::check {
namespace {

/// The indices of a tensor's element, "[0, 1]".
std::string indices(std::int64_t element, at::IntArrayRef sizes) {
  Indices index(sizes.size());
  for (std::size_t i = sizes.size(); i-- > 0;) {
    index[i] = element % sizes[i];
    element /= sizes[i];
  }
  return fmt::format("[{}]", fmt::join(index, ", "));
}

// Inputs are of the order of 1: below this an output is held to be 0 but for rounding.
constexpr double smallest_scale = 1e-3;

double element(const Tensor& tensor, std::int64_t i) { return tensor.reshape({-1})[i].item<double>(); }

}  // namespace

Outputs select(Outputs outputs, Axis axis, const Indices& index) {
  for (auto& output : outputs) output.value = select(output.value, output.axes, axis, index);
  return outputs;
}

Outputs with_products(const Outputs& outputs) {
  Outputs all;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].kind != Output::Kind::q) {
      all.push_back(outputs[i]);
      continue;
    }
    const Output& q = outputs[i];
    const Output& k = outputs[++i];
    all.push_back({Output::Kind::product,
                   q.place + " times k",
                   at::matmul(q.value, k.value.transpose(2, 3)),
                   {Axis::batch, Axis::other, q.axes[2], k.axes[2]}});
  }
  return all;
}

Tensor flat(const Outputs& outputs) {
  std::vector<Tensor> parts;
  for (const auto& output : outputs) parts.push_back(output.value.reshape({-1}));
  return at::cat(parts);
}

std::string difference(const Outputs& found, const Outputs& expected, double tolerance) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Tensor is = found[i].value.detach().to(at::kCPU, at::kDouble).contiguous();
    const Tensor should = expected[i].value.detach().to(at::kCPU, at::kDouble).contiguous();
    if (is.numel() == 0) continue;
    const Tensor gap = at::where(is.eq(should), at::zeros_like(is), (is - should).abs())
                           .nan_to_num(std::numeric_limits<double>::infinity());
    const Tensor numbers = should.masked_fill(should.isfinite().logical_not(), 0.0);
    const double scale = std::max(numbers.abs().max().item<double>(), smallest_scale);
    const std::int64_t place = gap.argmax().item<std::int64_t>();
    const double relative = element(gap, place) / scale;
    if (relative <= tolerance) continue;
    return fmt::format(
        "{}, at {}: {:.6g} and {:.6g}, a difference of {:.1e} of the greatest number; {:g} is allowed",
        found[i].place, indices(place, is.sizes()), element(is, place), element(should, place), relative,
        tolerance);
  }
  return {};
}

std::string not_finite(const Outputs& outputs) {
  for (const auto& output : outputs) {
    const Tensor bad = output.value.detach().isfinite().logical_not().cpu().contiguous();
    if (!bad.any().item<bool>()) continue;
    const std::int64_t place = bad.to(at::kLong).argmax().item<std::int64_t>();
    return fmt::format("{}, at {}: {}", output.place, indices(place, bad.sizes()),
                       element(output.value.detach().cpu(), place));
  }
  return {};
}

}  // namespace pebench::check
