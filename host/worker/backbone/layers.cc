#include "host/worker/backbone/layers.h"

#include "host/worker/backbone/choose.h"

namespace pebench::backbone {
namespace {

constexpr double epsilon = 1e-8;

}  // namespace

Activation activation_of(const std::string& word) {
  return choose<Activation>(word, {{"leaky_relu", Activation::leaky_relu},
                                   {"silu", Activation::silu},
                                   {"relu", Activation::relu},
                                   {"gelu", Activation::gelu}});
}

Tensor activate(Activation activation, const Tensor& x) {
  switch (activation) {
    case Activation::silu:
      return at::silu(x);
    case Activation::relu:
      return at::relu(x);
    case Activation::gelu:
      return at::gelu(x);
    case Activation::leaky_relu:
      break;
  }
  return at::leaky_relu(x, leaky_slope);
}

Normalization normalization_of(const std::string& word) {
  return choose<Normalization>(
      word, {{"layer", Normalization::layer}, {"rms", Normalization::rms}, {"none", Normalization::none}});
}

Norm::Norm(Normalization kind, std::int64_t width, tensor::ParameterSet& parameters, const std::string& name)
    : kind_(kind), width_(width) {
  if (kind_ == Normalization::none) return;
  weight_ = parameters.declare(name + ".weight", {width_}, tensor::Initial::constant(1.0)).value;
  if (kind_ == Normalization::layer)
    bias_ = parameters.declare(name + ".bias", {width_}, tensor::Initial::constant(0.0)).value;
}

Tensor Norm::forward(const Tensor& x) const {
  switch (kind_) {
    case Normalization::layer:
      return at::layer_norm(x, {width_}, weight_, bias_, epsilon);
    case Normalization::rms:
      return x * (at::mean(x * x, {-1}, /*keepdim=*/true) + epsilon).rsqrt() * weight_;
    case Normalization::none:
      break;
  }
  return x;
}

Linear::Linear(std::int64_t out, std::int64_t in, const tensor::Initial& initial,
               tensor::ParameterSet& parameters, const std::string& name)
    : weight_(parameters.declare(name + ".weight", {out, in}, initial).value),
      bias_(parameters.declare(name + ".bias", {out}, tensor::Initial::constant(0.0)).value) {}

Tensor Linear::forward(const Tensor& x) const { return at::linear(x, weight_, bias_); }

}  // namespace pebench::backbone
