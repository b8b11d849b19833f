#pragma once

#include <vector>

#include "host/worker/backbone/backbone.h"
#include "host/worker/backbone/sasrec/block.h"

namespace pebench::sasrec {

/// SASRec (Kang and McAuley 2018, arXiv 1808.09781) with one slot for a positional encoding and no positions
/// of its own: an item's score is the dot product of its embedding with the state of the newest event. It
/// uses neither attributes nor context. Shapes: B batch, L window, d width, N items, T targets.
class SasRec : public backbone::Backbone {
 public:
  /// Declares the backbone's parameters, and keeps a reference to them.
  SasRec(const Config& config, tensor::ParameterSet& parameters);

  const Config& sizes() const override { return config_; }
  tensor::ParameterSet& parameters() const override { return parameters_; }
  void set_encoding(backbone::Encoding* encoding) override { encoding_ = encoding; }
  backbone::Encoding* encoding() const override { return encoding_; }
  bool trims_padding() const override;
  Tensor loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) override;
  Tensor states(const backbone::Users& users) const override;
  std::unique_ptr<backbone::Scorer> scorer() const override;

  /// [N+1, d], row 0 zero
  const Tensor& item_table() const { return table_; }

 private:
  /// A pass over windows whose items are rows of `items` -> [B, L, d]. The encoding draws from `randomness`.
  Tensor encode(const Tensor& items, const backbone::Window& window, tensor::Randomness& randomness) const;
  /// The states behind which the bucket's real targets stand, and those targets.
  struct Targets {
    Tensor states;      ///< [T, d]
    Tensor target;      ///< i64 [T], rows of the batch's distinct items
    Tensor negatives;   ///< i64 [T, n], likewise
    Tensor drawn_from;  ///< [T]
  };
  Targets targets_of(const backbone::Bucket& bucket, const Tensor& states) const;
  Tensor loss_sum(const backbone::TrainingBatch& batch, const Tensor& items, const Targets& targets) const;

  const Config config_;
  tensor::ParameterSet& parameters_;
  Tensor table_;
  backbone::Norm norm_;  ///< of the embeddings (after), of the last states (before)
  std::vector<Block> blocks_;
  backbone::Encoding* encoding_ = nullptr;
};

}  // namespace pebench::sasrec
