#pragma once

#include <deque>
#include <string>
#include <vector>

#include "host/base/random.h"
#include "host/worker/tensor/tensor.h"

namespace pebench::tensor {

/// How a parameter begins.
struct Initial {
  enum class Kind { constant, normal, truncated_normal, uniform, xavier_uniform, data };
  Kind kind = Kind::constant;
  double a = 0.0;            ///< constant; mean; lower bound; gain of Xavier
  double b = 0.0;            ///< standard deviation; upper bound
  std::vector<double> data;  ///< row-major

  static Initial constant(double value) { return {Kind::constant, value, 0.0, {}}; }
  static Initial normal(double mean, double deviation) { return {Kind::normal, mean, deviation, {}}; }
  static Initial xavier() { return {Kind::xavier_uniform, 1.0, 0.0, {}}; }
};

/// Fills a tensor from a stream of its own, in double, whatever its type: the same numbers in every
/// precision.
void initialise(const Tensor& tensor, const Initial& initial, base::Stream stream);

struct Parameter {
  std::string name;
  Tensor value;  ///< a leaf; requires a gradient unless frozen
  bool frozen = false;
  bool decay = false;  ///< subject to L2
};

/// The named tensors of a model, in order of declaration. References stay valid.
class ParameterSet {
 public:
  ParameterSet(std::uint64_t seed, at::TensorOptions options) : seed_(seed), options_(options) {}

  /// Declares and initialises from the stream (seed, "init", stream_name), the parameter's own name by
  /// default. The name must be new.
  Parameter& declare(const std::string& name, at::IntArrayRef shape, const Initial& initial,
                     const std::string& stream_name = {});

  bool contains(const std::string& name) const;
  Parameter& at(const std::string& name);
  const std::deque<Parameter>& all() const { return parameters_; }
  std::deque<Parameter>& all() { return parameters_; }
  const at::TensorOptions& options() const { return options_; }

  /// Number of scalars in parameters whose name begins with `prefix`.
  std::int64_t count(const std::string& prefix = {}) const;

 private:
  std::uint64_t seed_;
  at::TensorOptions options_;
  std::deque<Parameter> parameters_;
};

}  // namespace pebench::tensor
