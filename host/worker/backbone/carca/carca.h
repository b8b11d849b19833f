#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "host/worker/backbone/backbone.h"
#include "host/worker/backbone/carca/attention.h"
#include "host/worker/backbone/carca/block.h"
#include "host/worker/backbone/carca/embedding.h"

namespace pebench::carca {

/// An encoded profile: what the decoder attends to.
struct Profile {
  Tensor states;  ///< P [B, L, d]
  backbone::Window window;
};

/// One forward pass: the distinct items it embeds and the numbers it draws.
class Pass {
 public:
  Pass(std::shared_ptr<const EmbeddedItems> items, tensor::Randomness randomness)
      : items_(std::move(items)), randomness_(std::move(randomness)) {}
  const EmbeddedItems& items() const { return *items_; }
  tensor::Randomness& randomness() { return randomness_; }

 private:
  std::shared_ptr<const EmbeddedItems> items_;
  tensor::Randomness randomness_;
};

/// CARCA (arXiv 2204.06519) with one slot for a positional encoding. Shapes: B batch, L window, d width, K
/// context features, C candidates, U distinct items of a pass.
class Carca : public backbone::Backbone {
 public:
  /// Declares the backbone's parameters, and keeps a reference to them.
  Carca(const Config& config, tensor::ParameterSet& parameters, backbone::ItemAttributes attributes);

  const Config& sizes() const override { return config_; }
  tensor::ParameterSet& parameters() const override { return parameters_; }
  void set_encoding(backbone::Encoding* encoding) override { encoding_ = encoding; }
  backbone::Encoding* encoding() const override { return encoding_; }
  bool trims_padding() const override;
  Tensor loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) override;
  Tensor states(const backbone::Users& users) const override;
  std::unique_ptr<backbone::Scorer> scorer() const override;

  const ItemEmbedding& items() const { return items_; }
  ItemEmbedding& items() { return items_; }
  /// What candidates attend with where they are scored so.
  const Attention& decoder() const { return *decoder_; }

  /// Begins a pass over these distinct items: i64 [U] on the CPU, 0 first.
  Pass begin(const Tensor& distinct, tensor::Randomness randomness) const;

  /// Embeds and encodes the users' windows, positions being slots.
  Profile profile(Pass& pass, const backbone::Window& window) const;

  /// Logits [B, C] of candidates; column c sees the profile's slots where visible (bool, broadcasts to [B, 1,
  /// C, L]) and its mask allow.
  Tensor score(Pass& pass, const Profile& profile, const backbone::Window& candidates,
               const Tensor& visible) const;

  /// Training logits of the targets and of the n negatives of each, all [B, T].
  struct Logits {
    Tensor target;
    std::vector<Tensor> negatives;
  };
  Logits train(Pass& pass, const Profile& profile, const backbone::Window& targets,
               const std::vector<backbone::Window>& negatives) const;

  /// Sum over real slots of the binary cross-entropy of target and n negatives; divide by (1 + n) * slots for
  /// the mean.
  Tensor loss_sum(const Logits& logits, const Tensor& mask) const;

  /// e(v, c) with the input hook and the mask, [B, L, d].
  Tensor embed(Pass& pass, const backbone::Window& window, backbone::Sequence::Role role) const;

  /// decoder input o [B, C, d] and attention output y [B, C, d] -> logits [B, C]
  Tensor logit(const Tensor& o, const Tensor& y) const;
  const Tensor& logit_weight() const { return logit_weight_; }  ///< [1, d]
  const Tensor& logit_bias() const { return logit_bias_; }      ///< [1]

  /// The slots a training query may see: all, or those up to its own (causal). bool [1, 1, L, L]; of one
  /// target, which sees all, [1, 1, 1, 1].
  Tensor training_visibility(std::int64_t length) const;

 private:
  Tensor cross_attention_loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness);
  Tensor dot_product_loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness);
  Tensor attend(Pass& pass, const Profile& profile, const Tensor& o, const backbone::Window& candidates,
                const Tensor& visible) const;

  const Config config_;
  tensor::ParameterSet& parameters_;
  ItemEmbedding items_;
  std::vector<Block> blocks_;
  backbone::Norm norm_;
  std::optional<Attention> decoder_;  ///< with the last layer behind it; none where dot products score
  Tensor logit_weight_, logit_bias_;
  backbone::Encoding* encoding_ = nullptr;
};

}  // namespace pebench::carca
