#pragma once

#include <memory>

#include "host/worker/backbone/batch.h"
#include "host/worker/backbone/encoding.h"
#include "host/worker/backbone/scorer.h"
#include "host/worker/backbone/sizes.h"
#include "host/worker/tensor/parameters.h"
#include "host/worker/tensor/randomness.h"

namespace pebench::backbone {

/// A sequential recommender with one slot for a positional encoding: all that training and evaluation know of
/// it. What it costs is told without LibTorch, by host/backbone.
class Backbone {
 public:
  virtual ~Backbone() = default;

  virtual const Sizes& sizes() const = 0;
  /// All that training changes, the encoding's included once it has declared its own.
  virtual tensor::ParameterSet& parameters() const = 0;
  /// May be null, and must outlive this; set once, before the first pass.
  virtual void set_encoding(Encoding* encoding) = 0;
  virtual Encoding* encoding() const = 0;
  /// Whether padding may be cut off its windows: it then changes no number but for rounding.
  virtual bool trims_padding() const = 0;

  /// Mean loss over the batch's slots, a scalar with a gradient. Draws dropout from `randomness`, and first
  /// brings the parameters within the bounds that the model sets them.
  virtual Tensor loss(const TrainingBatch& batch, tensor::Randomness randomness) = 0;
  /// States of the users' profiles, [B, L, d], in evaluation: no gradients, nothing dropped.
  virtual Tensor states(const Users& users) const = 0;
  /// A scorer of candidates with the parameters as they are now: make another when they have changed. Must
  /// not outlive this.
  virtual std::unique_ptr<Scorer> scorer() const = 0;
};

}  // namespace pebench::backbone
