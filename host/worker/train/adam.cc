#include "host/worker/train/adam.h"

#include <cmath>

#include "host/worker/train/adam_kernel.h"

namespace pebench::train {
namespace {

constexpr double beta1 = 0.9, epsilon = 1e-8;

void update(const AdamRates& rates, Tensor& value, const Tensor& gradient, Tensor& first, Tensor& second) {
  const bool on_host = value.device().is_cpu() && value.is_contiguous() && value.layout() == at::kStrided;
  if (on_host && value.scalar_type() == at::kFloat)
    return adam_update(rates, value.numel(), gradient.contiguous().data_ptr<float>(), first.data_ptr<float>(),
                       second.data_ptr<float>(), value.data_ptr<float>());
  if (on_host && value.scalar_type() == at::kDouble)
    return adam_update(rates, value.numel(), gradient.contiguous().data_ptr<double>(),
                       first.data_ptr<double>(), second.data_ptr<double>(), value.data_ptr<double>());
  first.mul_(rates.beta1).add_(gradient, 1.0 - rates.beta1);
  second.mul_(rates.beta2).addcmul_(gradient, gradient, 1.0 - rates.beta2);
  value.addcdiv_(first, (second * rates.of_second).sqrt_().add_(rates.epsilon), -rates.step);
}

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

double Adam::step(double learning_rate) {
  at::NoGradGuard no_grad;
  ++steps_;
  const double correction1 = 1.0 - std::pow(beta1, static_cast<double>(steps_));
  const double correction2 = 1.0 - std::pow(beta2_, static_cast<double>(steps_));
  const AdamRates rates{beta1, beta2_, learning_rate / correction1, 1.0 / correction2, epsilon};
  double squares = 0.0;
  for (std::size_t i = 0; i < trained_.size(); ++i) {
    Tensor& value = trained_[i]->value;
    Tensor gradient = value.grad();
    if (!gradient.defined()) continue;  // a parameter of the encoding that took no part
    squares += at::dot(gradient.flatten(), gradient.flatten()).item<double>();
    if (l2_ > 0.0 && trained_[i]->decay) gradient = gradient.add(value, l2_);
    update(rates, value, gradient, moments_[2 * i], moments_[2 * i + 1]);
  }
  return std::sqrt(squares);
}

}  // namespace pebench::train
