#include "host/worker/backbone/sasrec/block.h"

namespace pebench::sasrec {
namespace {

std::string block_name(std::int64_t layer) { return "encoder." + std::to_string(layer); }

}  // namespace

Block::Block(const Config& config, tensor::ParameterSet& parameters, std::int64_t layer)
    : config_(config),
      layer_(layer),
      norm_attention_(config.normalization, config.width, parameters, block_name(layer) + ".norm_attention"),
      norm_feed_forward_(config.normalization, config.width, parameters,
                         block_name(layer) + ".norm_feed_forward") {
  const auto linear = [&](const std::string& name, std::int64_t out, std::int64_t in, Tensor& weight,
                          Tensor& bias) {
    const std::string full = block_name(layer) + "." + name;
    weight = parameters.declare(full + ".weight", {out, in}, config.initial).value;
    bias = parameters.declare(full + ".bias", {out}, tensor::Initial::constant(0.0)).value;
  };
  const std::int64_t d = config.width;
  linear("projection", 3 * d, d, projection_weight_, projection_bias_);
  linear("output", d, d, output_weight_, output_bias_);
  linear("inner", config.inner_width, d, inner_weight_, inner_bias_);
  linear("outer", d, config.inner_width, outer_weight_, outer_bias_);
}

Tensor Block::attention(const Tensor& x, const backbone::Layout& layout, backbone::Encoding* encoding,
                        tensor::Randomness& randomness) const {
  const std::int64_t rows = x.size(0), length = x.size(1);
  const Tensor all = at::linear(x, projection_weight_, projection_bias_)
                         .view({rows, length, 3, config_.heads, config_.head_width()})
                         .permute({2, 0, 3, 1, 4});  // [3, B, H, L, h]
  const Tensor y = backbone::attend(config_, {layer_, /*cross=*/false, config_.dropout}, all[0], all[1],
                                    all[2], layout, encoding, randomness);
  return randomness.dropout(at::linear(y, output_weight_, output_bias_), config_.dropout);
}

Tensor Block::feed_forward(const Tensor& x, tensor::Randomness& randomness) const {
  const Tensor inner = backbone::activate(config_.activation, at::linear(x, inner_weight_, inner_bias_));
  return randomness.dropout(at::linear(inner, outer_weight_, outer_bias_), config_.dropout);
}

Tensor Block::forward(const Tensor& x, const backbone::Layout& layout, backbone::Encoding* encoding,
                      tensor::Randomness& randomness) const {
  if (config_.norm_place == NormPlace::before) {
    const Tensor y = x + attention(norm_attention_.forward(x), layout, encoding, randomness);
    return y + feed_forward(norm_feed_forward_.forward(y), randomness);
  }
  const Tensor y = norm_attention_.forward(x + attention(x, layout, encoding, randomness));
  return norm_feed_forward_.forward(y + feed_forward(y, randomness));
}

}  // namespace pebench::sasrec
