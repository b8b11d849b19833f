#include "host/worker/tensor/parameters.h"

#include <cmath>
#include <stdexcept>

namespace pebench::tensor {

void initialise(const Tensor& tensor, const Initial& initial, base::Stream stream) {
  Tensor values = at::empty(tensor.sizes(), at::kDouble);
  double* out = values.data_ptr<double>();
  double bound = 0.0;
  if (initial.kind == Initial::Kind::xavier_uniform) {
    double fan =
        tensor.dim() < 2 ? 2.0 * tensor.numel() : static_cast<double>(tensor.size(-2) + tensor.size(-1));
    bound = initial.a * std::sqrt(6.0 / fan);
  }
  for (std::int64_t i = 0; i < values.numel(); ++i) {
    switch (initial.kind) {
      case Initial::Kind::constant:
        out[i] = initial.a;
        break;
      case Initial::Kind::normal:
        out[i] = initial.a + initial.b * stream.normal();
        break;
      case Initial::Kind::truncated_normal: {
        double z;
        do z = stream.normal();
        while (std::abs(z) > 2.0);
        out[i] = initial.a + initial.b * z;
        break;
      }
      case Initial::Kind::uniform:
        out[i] = initial.a + (initial.b - initial.a) * stream.uniform();
        break;
      case Initial::Kind::xavier_uniform:
        out[i] = bound * (2.0 * stream.uniform() - 1.0);
        break;
      case Initial::Kind::data:
        out[i] = initial.data.at(static_cast<std::size_t>(i));
        break;
    }
  }
  at::NoGradGuard no_grad;
  tensor.copy_(values);
}

Parameter& ParameterSet::declare(const std::string& name, at::IntArrayRef shape, const Initial& initial,
                                 const std::string& stream_name) {
  if (contains(name)) throw std::logic_error("parameter '" + name + "' is declared twice");
  Tensor value = at::empty(shape, options_);
  initialise(value, initial, base::Stream(seed_, "init", stream_name.empty() ? name : stream_name));
  value.set_requires_grad(true);
  parameters_.push_back({name, value, false, false});
  return parameters_.back();
}

bool ParameterSet::contains(const std::string& name) const {
  for (const auto& parameter : parameters_)
    if (parameter.name == name) return true;
  return false;
}

Parameter& ParameterSet::at(const std::string& name) {
  for (auto& parameter : parameters_)
    if (parameter.name == name) return parameter;
  throw std::logic_error("there is no parameter '" + name + "'");
}

std::int64_t ParameterSet::count(const std::string& prefix) const {
  std::int64_t count = 0;
  for (const auto& parameter : parameters_)
    if (parameter.name.compare(0, prefix.size(), prefix) == 0) count += parameter.value.numel();
  return count;
}

}  // namespace pebench::tensor
