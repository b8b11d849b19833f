#include "host/worker/backbone/carca/attention.h"

namespace pebench::carca {
namespace {

struct Linear {
  Tensor weight, bias;
};

Linear declare_linear(tensor::ParameterSet& parameters, const std::string& name, std::int64_t d) {
  return {parameters.declare(name + ".weight", {d, d}, tensor::Initial::xavier()).value,
          parameters.declare(name + ".bias", {d}, tensor::Initial::constant(0.0)).value};
}

}  // namespace

Attention::Attention(const Config& config, tensor::ParameterSet& parameters, const std::string& name)
    : config_(config) {
  auto query = declare_linear(parameters, name + ".query", config.width);
  auto key = declare_linear(parameters, name + ".key", config.width);
  auto value = declare_linear(parameters, name + ".value", config.width);
  query_weight_ = query.weight, query_bias_ = query.bias;
  key_weight_ = key.weight, key_bias_ = key.bias;
  value_weight_ = value.weight, value_bias_ = value.bias;
}

Tensor Attention::heads(const Tensor& x, const Tensor& weight, const Tensor& bias) const {
  Tensor y = at::leaky_relu(at::linear(x, weight, bias), leaky_slope);
  return y.view({x.size(0), x.size(1), config_.heads, config_.head_width()}).transpose(1, 2);
}

Tensor Attention::forward(const Tensor& queries, const Tensor& keys, const Layout& layout, std::int64_t layer,
                          bool cross, backbone::Encoding* encoding, tensor::Randomness& randomness) const {
  const Tensor q = query(queries), k = key(keys), v = value(keys);
  return attend({queries, keys}, q, k, v, layout, layer, cross, encoding, randomness);
}

Tensor Attention::attend(const backbone::Hidden& hidden, const Tensor& q, const Tensor& k, const Tensor& v,
                         const Layout& layout, std::int64_t layer, bool cross, backbone::Encoding* encoding,
                         tensor::Randomness& randomness) const {
  return backbone::attend(config_, {layer, cross, config_.dropout}, hidden, q, k, v, layout, encoding,
                          randomness);
}

}  // namespace pebench::carca
