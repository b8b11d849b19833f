#include "host/worker/train/adam.h"

#include <gtest/gtest.h>

#include <cmath>

namespace pebench::train {
namespace {

TEST(Adam, FollowsThePublishedUpdate) {
  tensor::ParameterSet parameters(1, at::TensorOptions(at::kDouble));
  auto& w = parameters.declare("w", {2}, tensor::Initial::constant(1.0));
  auto& frozen = parameters.declare("frozen", {1}, tensor::Initial::constant(5.0));
  frozen.frozen = true;
  w.decay = true;
  const double l2 = 0.1, rate = 0.01, beta2 = 0.95;
  contract::TrainSettings train;
  train.l2_item = l2;
  train.beta2 = beta2;
  Adam adam(parameters, train);
  double value[2] = {1.0, 1.0}, m[2] = {}, v[2] = {};
  for (int t = 1; t <= 5; ++t) {
    adam.zero_gradients();
    (w.value * w.value * at::tensor(std::vector<double>{1.0, -3.0})).sum().backward();
    double squares = 0.0;
    for (int i = 0; i < 2; ++i) {
      const double gradient = 2.0 * value[i] * (i == 0 ? 1.0 : -3.0);
      squares += gradient * gradient;
      const double g = gradient + l2 * value[i];
      m[i] = 0.9 * m[i] + 0.1 * g;
      v[i] = beta2 * v[i] + (1 - beta2) * g * g;
      value[i] -=
          rate * (m[i] / (1 - std::pow(0.9, t))) / (std::sqrt(v[i] / (1 - std::pow(beta2, t))) + 1e-8);
    }
    const Adam::Norms norms = adam.step(rate);
    EXPECT_NEAR(norms.all, std::sqrt(squares), 1e-12);
    EXPECT_EQ(norms.encoding, 0.0);
    for (int i = 0; i < 2; ++i) EXPECT_NEAR(w.value[i].item<double>(), value[i], 1e-12) << "step " << t;
  }
  EXPECT_EQ(frozen.value.item<double>(), 5.0);
}

TEST(Adam, TellsTheGradientOfTheEncodingApart) {
  tensor::ParameterSet parameters(1, at::TensorOptions(at::kDouble));
  auto& own = parameters.declare("encoding.table", {1}, tensor::Initial::constant(1.0));
  auto& other = parameters.declare("table", {1}, tensor::Initial::constant(1.0));
  Adam adam(parameters, {});
  (own.value * 3.0 + other.value * 4.0).sum().backward();
  const Adam::Norms norms = adam.step(0.1);
  EXPECT_DOUBLE_EQ(norms.all, 5.0);
  EXPECT_DOUBLE_EQ(norms.encoding, 3.0);
}

TEST(Adam, AParameterWithoutGradientStays) {
  tensor::ParameterSet parameters(1, at::TensorOptions(at::kDouble));
  auto& used = parameters.declare("used", {1}, tensor::Initial::constant(1.0));
  auto& idle = parameters.declare("idle", {1}, tensor::Initial::constant(1.0));
  Adam adam(parameters, {});
  (used.value * 2.0).sum().backward();
  adam.step(0.1);
  EXPECT_NE(used.value.item<double>(), 1.0);
  EXPECT_EQ(idle.value.item<double>(), 1.0);
}

}  // namespace
}  // namespace pebench::train
