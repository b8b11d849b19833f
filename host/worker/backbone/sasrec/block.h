#pragma once

#include <string>

#include "host/worker/backbone/attend.h"
#include "host/worker/backbone/sasrec/config.h"

namespace pebench::sasrec {

/// One block: with A attention and F the feed-forward network, both followed by dropout,
///   norm_place = after     y = N1(x + A(x))       x' = N2(y + F(y))
///   norm_place = before    y = x + A(N1(x))       x' = y + F(N2(y))
class Block {
 public:
  Block(const Config& config, tensor::ParameterSet& parameters, std::int64_t layer);
  /// x [B, L, d] -> [B, L, d]
  Tensor forward(const Tensor& x, const backbone::Layout& layout, backbone::Encoding* encoding,
                 tensor::Randomness& randomness) const;

 private:
  Tensor attention(const Tensor& x, const backbone::Layout& layout, backbone::Encoding* encoding,
                   tensor::Randomness& randomness) const;
  Tensor feed_forward(const Tensor& x, tensor::Randomness& randomness) const;

  const Config config_;
  std::int64_t layer_;
  backbone::Norm norm_attention_, norm_feed_forward_;
  Tensor projection_weight_, projection_bias_;  ///< queries, keys and values, [3d, d]
  Tensor output_weight_, output_bias_, inner_weight_, inner_bias_, outer_weight_, outer_bias_;
};

}  // namespace pebench::sasrec
