#include "host/worker/train/adam.h"

#include <cmath>

namespace pebench::train {
namespace {

constexpr double beta1 = 0.9, epsilon = 1e-8;

}  // namespace

Adam::Adam(tensor::ParameterSet& parameters, const contract::TrainSettings& train)
    : beta2_(train.beta2), l2_(train.l2_item) {
  for (auto& parameter : parameters.all()) {
    if (parameter.frozen) continue;
    trained_.push_back(&parameter);
    moments_.push_back(at::zeros_like(parameter.value));
    moments_.push_back(at::zeros_like(parameter.value));
  }
  at::NoGradGuard no_grad;
  for (auto& moment : moments_) moment.requires_grad_(false);
}

void Adam::zero_gradients() {
  for (auto* parameter : trained_) parameter->value.mutable_grad() = Tensor();
}

Adam::Norms Adam::step(double learning_rate) {
  at::NoGradGuard no_grad;
  ++steps_;
  const double correction1 = 1.0 - std::pow(beta1, static_cast<double>(steps_));
  const double correction2 = 1.0 - std::pow(beta2_, static_cast<double>(steps_));
  double squares = 0.0, of_encoding = 0.0;
  for (std::size_t i = 0; i < trained_.size(); ++i) {
    Tensor& value = trained_[i]->value;
    Tensor gradient = value.grad();
    if (!gradient.defined()) continue;  // a parameter of the encoding that took no part
    const auto square = at::dot(gradient.flatten(), gradient.flatten()).item<double>();
    squares += square;
    if (trained_[i]->name.rfind("encoding.", 0) == 0) of_encoding += square;
    if (l2_ > 0.0 && trained_[i]->decay) gradient = gradient.add(value, l2_);
    Tensor &first = moments_[2 * i], &second = moments_[2 * i + 1];
    first.mul_(beta1).add_(gradient, 1.0 - beta1);
    second.mul_(beta2_).addcmul_(gradient, gradient, 1.0 - beta2_);
    Tensor scale = (second / correction2).sqrt_().add_(epsilon);
    value.addcdiv_(first, scale, -learning_rate / correction1);
  }
  return {std::sqrt(squares), std::sqrt(of_encoding)};
}

}  // namespace pebench::train
