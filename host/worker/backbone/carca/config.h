#pragma once

#include <optional>

#include "host/contract/settings.h"
#include "host/worker/backbone/layers.h"
#include "host/worker/backbone/objective.h"
#include "host/worker/backbone/sizes.h"
#include "host/worker/tensor/parameters.h"

namespace pebench::carca {

using backbone::Activation;
using backbone::leaky_slope;
using backbone::Normalization;

enum class Residual { multiply, add, none };
enum class ScoredBy { cross_attention, dot_product };

/// CARCA's sizes and choices. Its fast engine folds W2 W1 and embeds the distinct items of a batch once
/// (docs/adr/0004).
struct Config : backbone::Sizes {
  double dropout = 0.0;
  Activation activation = Activation::leaky_relu;
  Normalization normalization = Normalization::layer;
  Residual encoder_residual = Residual::multiply;  ///< never none
  Residual decoder_residual = Residual::multiply;
  ScoredBy scored_by = ScoredBy::cross_attention;
  backbone::Objective objective;  ///< softmax by dot products alone
  std::optional<double> item_max_norm;
  double item_norm_type = 2.0;
  tensor::Initial item_init = tensor::Initial::xavier();
};

/// The settings of a trial on a data set of `items` items.
Config make_config(const contract::Settings& settings, std::int64_t items);

}  // namespace pebench::carca
