#include "host/worker/backbone/carca/carca.h"

#include "host/worker/backbone/carca/ranker.h"

namespace pebench::carca {
namespace {

std::vector<Block> make_blocks(const Config& config, tensor::ParameterSet& parameters) {
  std::vector<Block> blocks;
  for (std::int64_t i = 0; i < config.blocks; ++i) blocks.emplace_back(config, parameters, i);
  return blocks;
}

/// x [B, L, d] with the rows of padding set to zero.
Tensor masked(const Tensor& x, const Tensor& mask) { return x * mask.unsqueeze(-1).to(x.scalar_type()); }

backbone::Window stack_rows(const backbone::Window& a, const backbone::Window& b) {
  backbone::Window both;
  both.item = at::cat({a.item, b.item}, 0);
  both.context = at::cat({a.context, b.context}, 0);
  both.mask = at::cat({a.mask, b.mask}, 0);
  both.position = a.position.size(0) == 1 ? a.position : at::cat({a.position, b.position}, 0);
  if (a.time.defined()) both.time = at::cat({a.time, b.time}, 0);
  return both;
}

/// [2B, L, ...] -> [B, 2L, ...]: the targets of a row, then its negatives.
Tensor side_by_side(const Tensor& stacked) {
  auto halves = stacked.chunk(2, 0);
  return at::cat({halves[0], halves[1]}, 1);
}

}  // namespace

Carca::Carca(const Config& config, tensor::ParameterSet& parameters, backbone::ItemAttributes attributes)
    : config_(config),
      parameters_(parameters),
      items_(config, parameters, std::move(attributes)),
      blocks_(make_blocks(config, parameters)),
      norm_(config, parameters, "norm"),
      decoder_(config, parameters, "decoder") {
  logit_weight_ =
      parameters.declare("decoder.logit.weight", {1, config.width}, tensor::Initial::xavier()).value;
  logit_bias_ = parameters.declare("decoder.logit.bias", {1}, tensor::Initial::constant(0.0)).value;
}

Pass Carca::begin(const Tensor& distinct, tensor::Randomness randomness) const {
  return {items_.embed(distinct), std::move(randomness)};
}

Tensor Carca::embed(Pass& pass, const backbone::Window& window, backbone::Sequence::Role role) const {
  Tensor x = pass.items().at(window.item, window.context);
  if (encoding_ != nullptr) {
    backbone::Sequence sequence;
    sequence.role = role;
    sequence.causal = config_.causal;
    sequence.training = pass.randomness().training();
    sequence.position = window.position;
    sequence.time = window.time;
    sequence.mask = window.mask;
    x = encoding_->input(sequence, x);
  }
  return masked(x, window.mask);
}

Tensor Carca::training_visibility(std::int64_t length) const {
  Tensor all = at::ones({1, 1, length, length}, logit_weight_.options().dtype(at::kBool));
  return config_.causal ? all.tril() : all;
}

Profile Carca::profile(Pass& pass, const backbone::Window& window) const {
  if (encoding_ != nullptr) encoding_->begin(pass.randomness());
  Tensor x = embed(pass, window, backbone::Sequence::Role::profile);
  x = masked(pass.randomness().dropout(x, config_.dropout), window.mask);

  Layout layout;
  layout.query_position = layout.key_position = window.position;
  layout.rotation = window.batch_row;
  layout.query_time = layout.key_time = window.time;
  layout.visible = window.mask.unsqueeze(1).unsqueeze(1);  // [B, 1, 1, L]
  if (config_.causal) layout.visible = layout.visible.logical_and(training_visibility(window.length()));
  for (const Block& block : blocks_)
    x = masked(block.forward(x, layout, encoding_, pass.randomness()), window.mask);
  return {norm_.forward(x), window};
}

Tensor Carca::attend(Pass& pass, const Profile& profile, const Tensor& o, const backbone::Window& candidates,
                     const Tensor& visible) const {
  Layout layout;
  layout.query_position = candidates.position;
  layout.key_position = profile.window.position;
  layout.query_time = candidates.time;
  layout.key_time = profile.window.time;
  layout.visible = visible.logical_and(profile.window.mask.unsqueeze(1).unsqueeze(1));
  backbone::Encoding* encoding = config_.encode_cross_attention ? encoding_ : nullptr;
  return decoder_.forward(o, profile.states, layout, config_.blocks, /*cross=*/true, encoding,
                          pass.randomness());
}

Tensor Carca::logit(const Tensor& o, const Tensor& y) const {
  switch (config_.decoder_residual) {
    case Residual::multiply:
      return at::linear(y * o, logit_weight_, logit_bias_).squeeze(-1);
    case Residual::add:
      return at::linear(y + o, logit_weight_, logit_bias_).squeeze(-1);
    case Residual::none:
      break;
  }
  return at::linear(y, logit_weight_, logit_bias_).squeeze(-1);
}

Tensor Carca::score(Pass& pass, const Profile& profile, const backbone::Window& candidates,
                    const Tensor& visible) const {
  Tensor o = embed(pass, candidates, backbone::Sequence::Role::candidates);
  Tensor y = masked(attend(pass, profile, o, candidates, visible), candidates.mask);
  return logit(o, y);
}

Carca::Logits Carca::train(Pass& pass, const Profile& profile, const backbone::Window& targets,
                           const backbone::Window& negatives) const {
  // The encoding sees targets and negatives as rows of one batch at the same positions: nothing tells them
  // apart.
  Tensor o = side_by_side(
      embed(pass, stack_rows(targets, negatives), backbone::Sequence::Role::candidates));  // [B, 2L, d]
  backbone::Window both;
  both.position = at::cat({targets.position, negatives.position}, 1);
  if (targets.time.defined()) both.time = at::cat({targets.time, negatives.time}, 1);
  Tensor visible = training_visibility(targets.length());
  Tensor y = attend(pass, profile, o, both, at::cat({visible, visible}, 2));
  y = masked(y, at::cat({targets.mask, negatives.mask}, 1));
  auto halves = logit(o, y).chunk(2, 1);
  return {halves[0], halves[1]};
}

Tensor Carca::loss_sum(const Logits& logits, const Tensor& mask) const {
  Tensor each = config_.published.loss_on_probabilities
                    ? published::loss_of_probabilities(logits.target, logits.negative)
                    : at::softplus(-logits.target) + at::softplus(logits.negative);
  return (each * mask.to(each.scalar_type())).sum();
}

bool Carca::trims_padding() const {
  // The second softmax that is not masked gives padding a weight.
  const bool padding_matters =
      config_.published.softmax_twice && !config_.causal && encoding_ != nullptr && encoding_->has_value();
  return config_.fast && !padding_matters;
}

Tensor Carca::loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) {
  items_.limit_norms(batch.distinct);
  Pass pass = begin(batch.distinct, std::move(randomness));
  Tensor sum;
  for (const auto& bucket : batch.buckets) {
    const Profile encoded = profile(pass, bucket.profile);
    const Logits logits = train(pass, encoded, bucket.targets, bucket.negatives);
    Tensor part = loss_sum(logits, bucket.targets.mask);
    sum = sum.defined() ? sum + part : part;
  }
  return sum / static_cast<double>(2 * batch.slots);
}

Tensor Carca::states(const backbone::Users& users) const {
  at::NoGradGuard no_grad;
  Pass pass = begin(at::arange(config_.items + 1, at::kLong), tensor::Randomness::in_evaluation());
  return profile(pass, users.window).states;
}

std::unique_ptr<backbone::Scorer> Carca::scorer() const { return std::make_unique<Ranker>(*this); }

}  // namespace pebench::carca
