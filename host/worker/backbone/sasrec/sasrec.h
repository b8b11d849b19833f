#pragma once

#include "host/worker/backbone/backbone.h"
#include "host/worker/backbone/catalogue.h"
#include "host/worker/backbone/transformer.h"

namespace pebench::sasrec {

using Config = backbone::CatalogueConfig;

/// SASRec (Kang and McAuley 2018, arXiv 1808.09781) with one slot for a positional encoding and no positions
/// of its own: an item's score is the dot product of its embedding with the state of the newest event. It
/// uses neither attributes nor context. Shapes: B batch, L window, d width, N items.
class SasRec : public backbone::Backbone {
 public:
  /// Declares the backbone's parameters, and keeps a reference to them.
  SasRec(const Config& config, tensor::ParameterSet& parameters);

  const Config& sizes() const override { return config_; }
  tensor::ParameterSet& parameters() const override { return parameters_; }
  void set_encoding(backbone::Encoding* encoding) override { encoding_ = encoding; }
  backbone::Encoding* encoding() const override { return encoding_; }
  bool trims_padding() const override { return transformer_.trims_padding(encoding_); }
  Tensor loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) override;
  Tensor states(const backbone::Users& users) const override;
  std::unique_ptr<backbone::Scorer> scorer() const override;

 private:
  /// A pass over windows whose items are rows of `items` -> [B, L, d].
  Tensor encode(const Tensor& items, const backbone::Window& window, tensor::Randomness& randomness) const;

  const Config config_;
  tensor::ParameterSet& parameters_;
  Tensor table_;  ///< [N+1, d], row 0 zero
  backbone::Transformer transformer_;
  backbone::Encoding* encoding_ = nullptr;
};

}  // namespace pebench::sasrec
