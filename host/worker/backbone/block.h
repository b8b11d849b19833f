#pragma once

#include <string>

#include "host/worker/backbone/attend.h"
#include "host/worker/backbone/layers.h"
#include "host/worker/tensor/parameters.h"

namespace pebench::backbone {

enum class NormPlace { after, before };

/// Sizes and choices of blocks and of what stands around them.
struct BlockConfig : Sizes {
  double dropout = 0.0;
  Activation activation = Activation::gelu;
  Normalization normalization = Normalization::layer;
  NormPlace norm_place = NormPlace::after;
  std::int64_t inner_width = 0;  ///< of the feed-forward networks
  tensor::Initial initial = tensor::Initial::normal(0.0, 0.02);
};

/// Of a trial on a data set of `items` items.
BlockConfig block_config_of(const contract::Settings& settings, std::int64_t items);

/// One block of a transformer: with A attention and F the feed-forward network, both followed by dropout,
///   norm_place = after     y = N1(x + A(x))       x' = N2(y + F(y))
///   norm_place = before    y = x + A(N1(x))       x' = y + F(N2(y))
class Block {
 public:
  Block(const BlockConfig& config, tensor::ParameterSet& parameters, std::int64_t layer);
  /// x [B, L, d] -> [B, L, d]
  Tensor forward(const Tensor& x, const Layout& layout, Encoding* encoding,
                 tensor::Randomness& randomness) const;

 private:
  Tensor attention(const Tensor& x, const Layout& layout, Encoding* encoding,
                   tensor::Randomness& randomness) const;
  Tensor feed_forward(const Tensor& x, tensor::Randomness& randomness) const;

  const BlockConfig config_;
  std::int64_t layer_;
  Norm norm_attention_, norm_feed_forward_;
  Linear projection_;  ///< queries, keys and values, 3d wide
  Linear output_, inner_, outer_;
};

}  // namespace pebench::backbone
