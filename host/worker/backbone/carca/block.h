#pragma once

#include <string>

#include "host/worker/backbone/carca/attention.h"

namespace pebench::carca {

/// One encoder block (docs/model.md, Encoder): q = LN(x); y = MHA(q, x, x); y = y * q or y + q; z = LN(y);
/// x = z + drop(Wb drop(act(Wa z))).
class Block {
 public:
  Block(const Config& config, tensor::ParameterSet& parameters, std::int64_t layer);
  /// x [B, L, d] -> [B, L, d], not masked
  Tensor forward(const Tensor& x, const Layout& layout, backbone::Encoding* encoding,
                 tensor::Randomness& randomness) const;

 private:
  Tensor feed_forward(const Tensor& z, tensor::Randomness& randomness) const;

  const Config config_;
  std::int64_t layer_;
  Attention attention_;
  backbone::Norm norm_query_, norm_attention_;
  Tensor inner_weight_, inner_bias_, outer_weight_, outer_bias_;
};

}  // namespace pebench::carca
