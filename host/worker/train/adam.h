#pragma once

#include <vector>

#include "host/contract/settings.h"
#include "host/worker/tensor/parameters.h"

namespace pebench::train {

/// Adam (Kingma and Ba 2015) with beta1 0.9 and eps 1e-8; L2 is added to the gradient of parameters
/// that decay.
class Adam {
 public:
  Adam(tensor::ParameterSet& parameters, const contract::TrainSettings& train);

  void zero_gradients();
  /// The norm of the gradient before L2: of all parameters, and of those of the encoding.
  struct Norms {
    double all = 0.0, encoding = 0.0;
  };
  /// One update with this learning rate.
  Norms step(double learning_rate);

  /// First and second moment of every trained parameter in order, and the steps taken; for checkpoints.
  const std::vector<Tensor>& moments() const { return moments_; }
  std::int64_t steps() const { return steps_; }
  void restore(std::vector<Tensor> moments, std::int64_t steps) {
    moments_ = std::move(moments);
    steps_ = steps;
  }

 private:
  std::vector<tensor::Parameter*> trained_;
  std::vector<Tensor> moments_;
  std::int64_t steps_ = 0;
  double beta2_, l2_;
};

}  // namespace pebench::train
