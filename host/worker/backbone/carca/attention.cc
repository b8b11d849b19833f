#include "host/worker/backbone/carca/attention.h"

#include <cmath>

#include "host/worker/backbone/attention_weights.h"

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
  return attend(q, k, v, layout, layer, cross, encoding, randomness);
}

Tensor Attention::attend(const Tensor& q, const Tensor& k, const Tensor& v, const Layout& layout,
                         std::int64_t layer, bool cross, backbone::Encoding* encoding,
                         tensor::Randomness& randomness) const {
  backbone::Site site;
  site.q = q;
  site.k = k;
  site.v = v;
  site.scale = 1.0 / std::sqrt(static_cast<double>(config_.head_width()));
  if (encoding != nullptr) {
    site.cross = cross;
    site.causal = config_.causal;
    site.training = randomness.training();
    site.layer = layer;
    site.query_time = layout.query_time;
    site.key_time = layout.key_time;
    site.visible = layout.visible;
    if (layout.rotation.defined()) {
      site.query_position = layout.rotation.expand({-1, q.size(2)});
      site.key_position = layout.rotation.expand({-1, k.size(2)});
      encoding->rotate(site, site.q, site.k);
    }
    site.query_position = layout.query_position;
    site.key_position = layout.key_position;
    if (!layout.rotation.defined()) encoding->rotate(site, site.q, site.k);
  }

  Tensor logits = at::matmul(site.q * site.scale, site.k.transpose(2, 3));  // [B, H, Lq, Lk]
  if (encoding != nullptr) {
    if (encoding->needs_logits()) site.logits = logits;
    Tensor bias = encoding->bias(site);
    if (bias.defined()) logits = backbone::biased(logits, bias);
  }
  Tensor weights =
      layout.all_visible ? at::softmax(logits, -1) : backbone::attention_weights(logits, layout.visible);
  if (config_.published.softmax_twice && encoding != nullptr && encoding->has_value())
    weights = config_.causal ? backbone::attention_weights(weights, layout.visible)
                             : published::second_softmax(weights);
  weights = randomness.dropout(weights, config_.dropout);

  Tensor y = at::matmul(weights, site.v);  // [B, H, Lq, h]
  if (encoding != nullptr) {
    if (encoding->needs_probs()) site.probs = weights;
    Tensor extra = encoding->value(site);
    if (extra.defined()) y = y + extra;
  }
  y = y.transpose(1, 2).reshape({q.size(0), q.size(2), config_.width});
  return encoding != nullptr ? encoding->output(site, y) : y;
}

}  // namespace pebench::carca
