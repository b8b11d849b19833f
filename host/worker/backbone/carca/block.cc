#include "host/worker/backbone/carca/block.h"

namespace pebench::carca {
namespace {

Tensor activate(const Config& config, const Tensor& x) {
  if (config.published.leaky_relu_is_identity && config.activation == backbone::Activation::leaky_relu)
    return published::activation(x);
  return backbone::activate(config.activation, x);
}

std::string block_name(std::int64_t layer) { return "encoder." + std::to_string(layer); }

}  // namespace

Block::Block(const Config& config, tensor::ParameterSet& parameters, std::int64_t layer)
    : config_(config),
      layer_(layer),
      attention_(config, parameters, block_name(layer)),
      norm_query_(config.normalization, config.width, parameters, block_name(layer) + ".norm_query"),
      norm_attention_(config.normalization, config.width, parameters, block_name(layer) + ".norm_attention") {
  const std::int64_t d = config.width;
  const std::string name = block_name(layer);
  inner_weight_ = parameters.declare(name + ".inner.weight", {d, d}, tensor::Initial::xavier()).value;
  inner_bias_ = parameters.declare(name + ".inner.bias", {d}, tensor::Initial::constant(0.0)).value;
  outer_weight_ = parameters.declare(name + ".outer.weight", {d, d}, tensor::Initial::xavier()).value;
  outer_bias_ = parameters.declare(name + ".outer.bias", {d}, tensor::Initial::constant(0.0)).value;
}

Tensor Block::feed_forward(const Tensor& z, tensor::Randomness& randomness) const {
  Tensor inner = activate(config_, at::linear(z, inner_weight_, inner_bias_));
  Tensor outer = at::linear(randomness.dropout(inner, config_.dropout), outer_weight_, outer_bias_);
  return z + randomness.dropout(outer, config_.dropout);
}

Tensor Block::forward(const Tensor& x, const Layout& layout, backbone::Encoding* encoding,
                      tensor::Randomness& randomness) const {
  Tensor q = norm_query_.forward(x);
  Tensor y = attention_.forward(q, x, layout, layer_, /*cross=*/false, encoding, randomness);
  y = config_.encoder_residual == Residual::multiply ? y * q : y + q;
  Tensor z = norm_attention_.forward(y);
  if (config_.published.feed_forward_twice) z = published::first_feed_forward(z, feed_forward(z, randomness));
  return feed_forward(z, randomness);
}

}  // namespace pebench::carca
