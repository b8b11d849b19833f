#pragma once

#include <cstdint>
#include <string>

#include "host/worker/tensor/parameters.h"

namespace pebench::backbone {

enum class Activation { leaky_relu, silu, relu, gelu };
/// Of a trial's word; suites and trials hold no others.
Activation activation_of(const std::string& word);
Tensor activate(Activation activation, const Tensor& x);

/// The slope of LeakyReLU for negative values, in feed-forward networks and in CARCA's projections.
constexpr double leaky_slope = 0.2;

enum class Normalization { layer, rms, none };
Normalization normalization_of(const std::string& word);

/// LayerNorm (eps 1e-8), RMSNorm or nothing, over the last dimension.
class Norm {
 public:
  Norm(Normalization kind, std::int64_t width, tensor::ParameterSet& parameters, const std::string& name);
  Tensor forward(const Tensor& x) const;

 private:
  Normalization kind_;
  std::int64_t width_;
  Tensor weight_, bias_;
};

/// A linear layer, x [..., in] -> [..., out].
class Linear {
 public:
  Linear(std::int64_t out, std::int64_t in, const tensor::Initial& initial, tensor::ParameterSet& parameters,
         const std::string& name);
  Tensor forward(const Tensor& x) const;

 private:
  Tensor weight_, bias_;
};

}  // namespace pebench::backbone
