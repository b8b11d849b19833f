#pragma once

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "pebench/sdk/operations.hpp"
#include "pebench/sdk/tensor.hpp"

#pragma GCC visibility push(hidden)
namespace peb {

/// The model an instance is created for: n_layers, n_sites, n_heads, d_model, d_head, max_len, n_positions.
using Config = peb_config;

/// Flags of a parameter, to be joined with |.
inline constexpr uint32_t frozen = PEB_PARAM_FROZEN;
inline constexpr uint32_t no_decay = PEB_PARAM_NO_DECAY;

/// Declares the parameters of an instance, in its constructor. The host owns, initialises, trains and saves
/// them. Names are [a-z0-9_.]+ and unique in the instance: the key in checkpoints and of the parameter's
/// random stream. Every method throws std::runtime_error when the host refuses the declaration.
class Build {
 public:
  /// current: where the instance keeps its pass; host, build and current outlive this object.
  Build(const peb_host* host, peb_build* build, const Pass* current)
      : host_(host), build_(build), current_(current) {}

  Parameter zeros(const std::string& name, const Dims& dims, uint32_t flags = 0) {
    return declare(name, dims, flags, PEB_INIT_ZERO, 0.0, 0.0, nullptr);
  }
  Parameter constant(const std::string& name, const Dims& dims, double value, uint32_t flags = 0) {
    return declare(name, dims, flags, PEB_INIT_CONST, value, 0.0, nullptr);
  }
  Parameter normal(const std::string& name, const Dims& dims, double deviation, double mean = 0.0,
                   uint32_t flags = 0) {
    return declare(name, dims, flags, PEB_INIT_NORMAL, mean, deviation, nullptr);
  }
  /// Redrawn outside mean +- 2 deviations.
  Parameter truncated_normal(const std::string& name, const Dims& dims, double deviation, double mean = 0.0,
                             uint32_t flags = 0) {
    return declare(name, dims, flags, PEB_INIT_TRUNC_NORMAL, mean, deviation, nullptr);
  }
  /// In [low, high).
  Parameter uniform(const std::string& name, const Dims& dims, double low, double high, uint32_t flags = 0) {
    return declare(name, dims, flags, PEB_INIT_UNIFORM, low, high, nullptr);
  }
  /// Uniform +- gain sqrt(6 / (rows + columns)) over the last two dimensions.
  Parameter xavier(const std::string& name, const Dims& dims, double gain = 1.0, uint32_t flags = 0) {
    return declare(name, dims, flags, PEB_INIT_XAVIER, gain, 0.0, nullptr);
  }
  /// Given values, row-major. Throws std::invalid_argument when their number is not prod(dims).
  Parameter data(const std::string& name, const Dims& dims, const std::vector<double>& values,
                 uint32_t flags = 0) {
    border::require_count(dims, values.size(), "parameter '" + name + "'");
    return declare(name, dims, flags, PEB_INIT_DATA, 0.0, 0.0, values.data());
  }

  const peb_host& host() const { return *host_; }

 private:
  Parameter declare(const std::string& name, const Dims& dims, uint32_t flags, uint32_t init, double a,
                    double b, const double* values) {
    const peb_param_desc description{sizeof(peb_param_desc),
                                     flags,
                                     name.c_str(),
                                     dims.data(),
                                     values,
                                     a,
                                     b,
                                     static_cast<uint32_t>(dims.size()),
                                     init};
    const peb_param id = host_->declare(build_, &description);
    if (id == 0) throw std::runtime_error("the host refused parameter '" + name + "'");
    return {current_, id};
  }

  const peb_host* host_;
  peb_build* build_;
  const Pass* current_;
};

/// y = x W^T + b with parameters <name>.weight [to, from] and <name>.bias [to], both uniform +-
/// 1/sqrt(from).
class Linear {
 public:
  Linear(Build& build, const std::string& name, int64_t from, int64_t to) {
    const double bound = 1.0 / std::sqrt(static_cast<double>(from));
    weight_ = build.uniform(name + ".weight", {to, from}, -bound, bound);
    bias_ = build.uniform(name + ".bias", {to}, -bound, bound);
  }

  /// x [..., from] -> [..., to]
  Tensor operator()(const Tensor& x) const {
    const Tensor turned = matmul(x, weight_.tensor().permute({1, 0}));
    return turned + bias_;
  }

 private:
  Parameter weight_, bias_;
};

}  // namespace peb

#pragma GCC visibility pop
