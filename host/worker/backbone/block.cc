#include "host/worker/backbone/block.h"

#include "host/worker/backbone/choose.h"

namespace pebench::backbone {
namespace {

std::string block_name(std::int64_t layer) { return "encoder." + std::to_string(layer); }

}  // namespace

BlockConfig block_config_of(const contract::Settings& settings, std::int64_t items) {
  const auto& model = settings.model;
  BlockConfig config;
  static_cast<Sizes&>(config) = sizes_of(settings, items);
  config.dropout = model.dropout;
  config.activation = activation_of(model.activation);
  config.normalization = normalization_of(model.normalization);
  config.norm_place =
      choose<NormPlace>(model.norm_place, {{"after", NormPlace::after}, {"before", NormPlace::before}});
  config.inner_width = model.feed_forward * model.width;
  config.initial = choose<tensor::Initial>(
      model.init,
      {{"normal", tensor::Initial::normal(0.0, model.init_std)}, {"xavier", tensor::Initial::xavier()}});
  return config;
}

Block::Block(const BlockConfig& config, tensor::ParameterSet& parameters, std::int64_t layer)
    : config_(config),
      layer_(layer),
      norm_attention_(config.normalization, config.width, parameters, block_name(layer) + ".norm_attention"),
      norm_feed_forward_(config.normalization, config.width, parameters,
                         block_name(layer) + ".norm_feed_forward"),
      projection_(3 * config.width, config.width, config.initial, parameters,
                  block_name(layer) + ".projection"),
      output_(config.width, config.width, config.initial, parameters, block_name(layer) + ".output"),
      inner_(config.inner_width, config.width, config.initial, parameters, block_name(layer) + ".inner"),
      outer_(config.width, config.inner_width, config.initial, parameters, block_name(layer) + ".outer") {}

Tensor Block::attention(const Tensor& x, const Layout& layout, Encoding* encoding,
                        tensor::Randomness& randomness) const {
  const std::int64_t rows = x.size(0), length = x.size(1);
  const Tensor all = projection_.forward(x)
                         .view({rows, length, 3, config_.heads, config_.head_width()})
                         .permute({2, 0, 3, 1, 4});  // [3, B, H, L, h]
  const Tensor y = attend(config_, {layer_, /*cross=*/false, config_.dropout}, {x, x}, all[0], all[1], all[2],
                          layout, encoding, randomness);
  return randomness.dropout(output_.forward(y), config_.dropout);
}

Tensor Block::feed_forward(const Tensor& x, tensor::Randomness& randomness) const {
  const Tensor inner = activate(config_.activation, inner_.forward(x));
  return randomness.dropout(outer_.forward(inner), config_.dropout);
}

Tensor Block::forward(const Tensor& x, const Layout& layout, Encoding* encoding,
                      tensor::Randomness& randomness) const {
  if (config_.norm_place == NormPlace::before) {
    const Tensor y = x + attention(norm_attention_.forward(x), layout, encoding, randomness);
    return y + feed_forward(norm_feed_forward_.forward(y), randomness);
  }
  const Tensor y = norm_attention_.forward(x + attention(x, layout, encoding, randomness));
  return norm_feed_forward_.forward(y + feed_forward(y, randomness));
}

}  // namespace pebench::backbone
