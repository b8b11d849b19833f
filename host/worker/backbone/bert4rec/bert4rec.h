#pragma once

#include "host/worker/backbone/backbone.h"
#include "host/worker/backbone/catalogue.h"
#include "host/worker/backbone/transformer.h"

namespace pebench::bert4rec {

using Config = backbone::CatalogueConfig;

/// BERT4Rec (Sun et al. 2019, arXiv 1904.06690) with one slot for a positional encoding and no positions of
/// its own. Windows have [mask], the item N+1, in place of each event to be predicted; attention sees all
/// others from both sides. With P the output layer (eq. 7) and x the state at [mask], the score of item v is
///   N(act(P x)) . E[v] + b[v]
/// It uses neither attributes nor context. Shapes: B batch, L window, d width, N items.
class Bert4Rec : public backbone::Backbone {
 public:
  /// Declares the backbone's parameters, and keeps a reference to them.
  Bert4Rec(const Config& config, tensor::ParameterSet& parameters);

  const Config& sizes() const override { return config_; }
  tensor::ParameterSet& parameters() const override { return parameters_; }
  void set_encoding(backbone::Encoding* encoding) override { encoding_ = encoding; }
  backbone::Encoding* encoding() const override { return encoding_; }
  bool trims_padding() const override { return transformer_.trims_padding(encoding_); }
  Tensor loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) override;
  Tensor states(const backbone::Users& users) const override;
  /// Of windows whose newest slot is [mask].
  std::unique_ptr<backbone::Scorer> scorer() const override;

 private:
  /// A pass over windows whose items are rows of `items` -> [B, L, d].
  Tensor encode(const Tensor& items, const backbone::Window& window, tensor::Randomness& randomness) const;
  /// States [T, d] -> [T, d+1], and items [N+2, d+1]: the last column of these is b, of those 1.
  Tensor projected(const Tensor& states) const;
  Tensor item_rows() const;

  const Config config_;
  tensor::ParameterSet& parameters_;
  Tensor table_;  ///< [N+2, d]: row 0 zero, row N+1 [mask]
  backbone::Transformer transformer_;
  backbone::Linear output_;
  backbone::Norm output_norm_;
  Tensor bias_;  ///< [N+2, 1]
  backbone::Encoding* encoding_ = nullptr;
};

}  // namespace pebench::bert4rec
