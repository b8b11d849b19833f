#pragma once

#include "host/contract/settings.h"
#include "host/worker/backbone/layers.h"
#include "host/worker/backbone/objective.h"
#include "host/worker/backbone/sizes.h"
#include "host/worker/tensor/parameters.h"

namespace pebench::sasrec {

enum class NormPlace { after, before };

/// SASRec's sizes and choices.
struct Config : backbone::Sizes {
  double dropout = 0.0;
  backbone::Activation activation = backbone::Activation::gelu;
  backbone::Normalization normalization = backbone::Normalization::layer;
  NormPlace norm_place = NormPlace::after;
  std::int64_t inner_width = 0;  ///< of the feed-forward networks
  tensor::Initial initial = tensor::Initial::normal(0.0, 0.02);
  backbone::Objective objective;
};

/// The settings of a trial on a data set of `items` items.
Config make_config(const contract::Settings& settings, std::int64_t items);

}  // namespace pebench::sasrec
