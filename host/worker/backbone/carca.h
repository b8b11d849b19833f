#pragma once

#include <memory>
#include <vector>

#include "host/worker/backbone/attention.h"
#include "host/worker/backbone/block.h"
#include "host/worker/backbone/embedding.h"
#include "host/worker/backbone/encoding.h"
#include "host/worker/backbone/window.h"

namespace pebench::backbone {

/// An encoded profile: what the decoder attends to.
struct Profile {
  Tensor states;  ///< P [B, L, d]
  Window window;
};

/// One forward pass: the distinct items it embeds and the numbers it draws.
class Pass {
 public:
  Pass(std::unique_ptr<EmbeddedItems> items, Randomness randomness)
      : items_(std::move(items)), randomness_(std::move(randomness)) {}
  const EmbeddedItems& items() const { return *items_; }
  Randomness& randomness() { return randomness_; }

 private:
  std::unique_ptr<EmbeddedItems> items_;
  Randomness randomness_;
};

/// CARCA (arXiv 2204.06519) with one slot for a positional encoding. Shapes: B batch, L window, d width, K
/// context features, C candidates, U distinct items of a pass.
class Carca {
 public:
  /// Declares the backbone's parameters. `encoding` may be null; it is set once, before the first pass.
  Carca(const ModelConfig& config, ParameterSet& parameters, ItemAttributes attributes);
  void set_encoding(Encoding* encoding) { encoding_ = encoding; }

  const ModelConfig& config() const { return config_; }
  Encoding* encoding() const { return encoding_; }
  ItemEmbedding& items() { return items_; }
  const Attention& decoder() const { return decoder_; }

  /// Begins a pass over these distinct items: i64 [U] on the CPU, 0 first.
  Pass begin(const Tensor& distinct, Randomness randomness) const;

  /// Embeds and encodes the users' windows, positions being slots.
  Profile profile(Pass& pass, const Window& window) const;

  /// Logits [B, C] of candidates; column c sees the profile's slots where visible (bool, broadcasts to [B, 1,
  /// C, L]) and its mask allow.
  Tensor score(Pass& pass, const Profile& profile, const Window& candidates, const Tensor& visible) const;

  /// Training logits of the targets and of the negatives of each slot, both [B, L].
  struct Logits {
    Tensor target, negative;
  };
  Logits train(Pass& pass, const Profile& profile, const Window& targets, const Window& negatives) const;

  /// Sum over real slots of the binary cross-entropy of target and negative; divide by 2 * slots for the
  /// mean.
  Tensor loss_sum(const Logits& logits, const Tensor& mask) const;

  /// e(v, c) with the input hook and the mask, [B, L, d].
  Tensor embed(Pass& pass, const Window& window, Sequence::Role role) const;

  /// decoder input o [B, C, d] and attention output y [B, C, d] -> logits [B, C]
  Tensor logit(const Tensor& o, const Tensor& y) const;
  const Tensor& logit_weight() const { return logit_weight_; }  ///< [1, d]
  const Tensor& logit_bias() const { return logit_bias_; }      ///< [1]

  /// The slots a training query may see: all, or those up to its own (causal). bool [1, 1, L, L].
  Tensor training_visibility(std::int64_t length) const;

 private:
  Tensor attend(Pass& pass, const Profile& profile, const Tensor& o, const Window& candidates,
                const Tensor& visible) const;

  const ModelConfig config_;
  ItemEmbedding items_;
  std::vector<Block> blocks_;
  Norm norm_;
  Attention decoder_;
  Tensor logit_weight_, logit_bias_;
  Encoding* encoding_ = nullptr;
};

}  // namespace pebench::backbone
