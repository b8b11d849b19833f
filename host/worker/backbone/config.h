#pragma once

#include <cstdint>
#include <optional>

#include "host/contract/settings.h"

namespace pebench::backbone {

enum class Activation { leaky_relu, silu, relu, gelu };
enum class Normalization { layer, rms, none };
enum class Residual { multiply, add, none };

/// Behaviour of the published code that differs from its text (docs/protocol.md, The switches). All off in
/// the clean model.
struct Published {
  bool leaky_relu_is_identity = false;
  bool feed_forward_twice = false;
  bool softmax_twice = false;
  bool rotate_by_batch_row = false;
  bool loss_on_probabilities = false;
};

/// The backbone's sizes and choices.
struct ModelConfig {
  std::int64_t items = 0;    ///< N
  std::int64_t context = 6;  ///< K
  std::int64_t width = 0;    ///< d
  std::int64_t heads = 1;    ///< H, divides d
  std::int64_t blocks = 1;
  std::int64_t max_len = 0;  ///< L
  double dropout = 0.0;
  Activation activation = Activation::leaky_relu;
  Normalization normalization = Normalization::layer;
  Residual encoder_residual = Residual::multiply;  ///< never none
  Residual decoder_residual = Residual::multiply;
  std::optional<double> item_max_norm;
  double item_norm_type = 2.0;
  bool causal = false;
  bool candidate_position_is_index = false;
  bool encode_cross_attention = false;
  Published published;
  /// Fold W2 W1, embed distinct items once and trim padding; false computes the formulas as they are written.
  bool fast = true;

  std::int64_t head_width() const { return width / heads; }
  /// Attention calls of one pass that run the encoding's hooks.
  std::int64_t sites() const { return blocks + (encode_cross_attention ? 1 : 0); }
};

/// The settings of a trial on a data set of `items` items.
ModelConfig make_config(const contract::Settings& settings, std::int64_t items);

}  // namespace pebench::backbone
