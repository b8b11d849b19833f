#include "host/worker/backbone/transformer.h"

namespace pebench::backbone {
namespace {

std::vector<Block> make_blocks(const BlockConfig& config, tensor::ParameterSet& parameters) {
  std::vector<Block> blocks;
  for (std::int64_t i = 0; i < config.blocks; ++i) blocks.emplace_back(config, parameters, i);
  return blocks;
}

}  // namespace

Transformer::Transformer(const BlockConfig& config, tensor::ParameterSet& parameters)
    : config_(config),
      norm_(config.normalization, config.width, parameters, "norm"),
      blocks_(make_blocks(config, parameters)) {}

bool Transformer::trims_padding(const Encoding* encoding) const {
  // The second softmax that is not masked gives padding a weight.
  const bool padding_matters =
      config_.published.softmax_twice && !config_.causal && encoding != nullptr && encoding->has_value();
  return config_.fast && !padding_matters;
}

Tensor Transformer::forward(const Tensor& embedded, const Window& window, Encoding* encoding,
                            tensor::Randomness& randomness) const {
  if (encoding != nullptr) encoding->begin(randomness);
  Tensor x = encoded(config_, encoding, window, Sequence::Role::profile, embedded, randomness.training());
  if (config_.norm_place == NormPlace::after) x = norm_.forward(x);
  x = masked(randomness.dropout(x, config_.dropout), window.mask);

  const Layout layout = layout_of(config_, window);
  for (const Block& block : blocks_) x = masked(block.forward(x, layout, encoding, randomness), window.mask);
  return config_.norm_place == NormPlace::before ? norm_.forward(x) : x;
}

}  // namespace pebench::backbone
