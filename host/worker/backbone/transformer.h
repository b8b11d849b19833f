#pragma once

#include <vector>

#include "host/worker/backbone/block.h"

namespace pebench::backbone {

/// A stack of blocks over a window of embedded events, with the slot for an encoding: with D dropout,
///   norm_place = after     x = D(N(input(x))), then the blocks
///   norm_place = before    x = D(input(x)), then the blocks, then N(x)
/// Rows of padding are zero before every block.
class Transformer {
 public:
  /// Declares "norm" and "encoder.<block>".
  Transformer(const BlockConfig& config, tensor::ParameterSet& parameters);

  /// A pass over a window whose events are embedded as x [B, L, d] -> their states [B, L, d]. `encoding` may
  /// be null; it draws from `randomness`.
  Tensor forward(const Tensor& x, const Window& window, Encoding* encoding,
                 tensor::Randomness& randomness) const;
  /// Whether padding may be cut off the windows without changing a number but for rounding.
  bool trims_padding(const Encoding* encoding) const;

 private:
  const BlockConfig config_;
  Norm norm_;
  std::vector<Block> blocks_;
};

}  // namespace pebench::backbone
