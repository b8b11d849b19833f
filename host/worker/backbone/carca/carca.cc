#include "host/worker/backbone/carca/carca.h"

#include "host/worker/backbone/carca/ranker.h"
#include "host/worker/backbone/catalogue.h"

namespace pebench::carca {
namespace {

std::vector<Block> make_blocks(const Config& config, tensor::ParameterSet& parameters) {
  std::vector<Block> blocks;
  for (std::int64_t i = 0; i < config.blocks; ++i) blocks.emplace_back(config, parameters, i);
  return blocks;
}

using backbone::masked;

/// The windows' rows below one another, [(1 + n) B, L].
backbone::Window stack_rows(const std::vector<backbone::Window>& windows) {
  const auto all = [&](Tensor backbone::Window::*part) {
    std::vector<Tensor> parts;
    for (const auto& window : windows) parts.push_back(window.*part);
    return at::cat(parts, 0);
  };
  const backbone::Window& first = windows.front();
  backbone::Window stacked;
  stacked.item = all(&backbone::Window::item);
  stacked.context = all(&backbone::Window::context);
  stacked.mask = all(&backbone::Window::mask);
  stacked.position = first.position.size(0) == 1 ? first.position : all(&backbone::Window::position);
  if (first.time.defined()) stacked.time = all(&backbone::Window::time);
  return stacked;
}

/// [n B, L, ...] -> [B, n L, ...]: the slots of a row's first window, then those of its second.
Tensor side_by_side(const Tensor& stacked, std::int64_t windows) {
  return at::cat(stacked.chunk(windows, 0), 1);
}

}  // namespace

Carca::Carca(const Config& config, tensor::ParameterSet& parameters, backbone::ItemAttributes attributes)
    : config_(config),
      parameters_(parameters),
      items_(config, parameters, std::move(attributes)),
      blocks_(make_blocks(config, parameters)),
      norm_(config.normalization, config.width, parameters, "norm") {
  if (config.scored_by == ScoredBy::dot_product) return;
  decoder_.emplace(config, parameters, "decoder");
  logit_weight_ =
      parameters.declare("decoder.logit.weight", {1, config.width}, tensor::Initial::xavier()).value;
  logit_bias_ = parameters.declare("decoder.logit.bias", {1}, tensor::Initial::constant(0.0)).value;
}

Pass Carca::begin(const Tensor& distinct, tensor::Randomness randomness) const {
  return {items_.embed(distinct), std::move(randomness)};
}

Tensor Carca::embed(Pass& pass, const backbone::Window& window, backbone::Sequence::Role role) const {
  const Tensor x =
      backbone::encoded(config_, encoding_, window, role, pass.items().at(window.item, window.context),
                        pass.randomness().training());
  return masked(x, window.mask);
}

Tensor Carca::training_visibility(std::int64_t length) const {
  Tensor all = at::ones({1, 1, length, length}, parameters_.options().dtype(at::kBool));
  return config_.causal ? all.tril() : all;
}

Profile Carca::profile(Pass& pass, const backbone::Window& window) const {
  if (encoding_ != nullptr) encoding_->begin(pass.randomness());
  Tensor x = embed(pass, window, backbone::Sequence::Role::profile);
  x = masked(pass.randomness().dropout(x, config_.dropout), window.mask);

  const Layout layout = backbone::layout_of(config_, window);
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
  return decoder_->forward(o, profile.states, layout, config_.blocks, /*cross=*/true, encoding,
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
                           const std::vector<backbone::Window>& negatives) const {
  // The encoding sees targets and negatives as rows of one batch at the same positions: nothing tells them
  // apart.
  std::vector<backbone::Window> windows = {targets};
  windows.insert(windows.end(), negatives.begin(), negatives.end());
  const auto count = static_cast<std::int64_t>(windows.size());
  const backbone::Window stacked = stack_rows(windows);
  Tensor o =
      side_by_side(embed(pass, stacked, backbone::Sequence::Role::candidates), count);  // [B, count T, d]
  backbone::Window all;
  all.position = targets.position.repeat({1, count});
  if (targets.time.defined()) all.time = side_by_side(stacked.time, count);
  Tensor y = attend(pass, profile, o, all, training_visibility(targets.length()).repeat({1, 1, count, 1}));
  y = masked(y, side_by_side(stacked.mask, count));
  auto logits = logit(o, y).chunk(count, 1);
  return {logits[0], {logits.begin() + 1, logits.end()}};
}

Tensor Carca::loss_sum(const Logits& logits, const Tensor& mask) const {
  Tensor each;
  if (config_.published.loss_on_probabilities) {
    each = published::loss_of_probabilities(logits.target, logits.negatives.at(0));
  } else {
    each = at::softplus(-logits.target);
    for (const Tensor& negative : logits.negatives) each = each + at::softplus(negative);
  }
  return (each * mask.to(each.scalar_type())).sum();
}

bool Carca::trims_padding() const {
  // The second softmax that is not masked gives padding a weight.
  const bool padding_matters =
      config_.published.softmax_twice && !config_.causal && encoding_ != nullptr && encoding_->has_value();
  return config_.fast && !padding_matters;
}

Tensor Carca::loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) {
  return config_.scored_by == ScoredBy::dot_product ? dot_product_loss(batch, std::move(randomness))
                                                    : cross_attention_loss(batch, std::move(randomness));
}

Tensor Carca::cross_attention_loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) {
  items_.limit_norms(batch.distinct);
  Pass pass = begin(batch.distinct, std::move(randomness));
  const bool binary = config_.objective.kind == backbone::Objective::Kind::binary;
  Tensor sum;
  std::int64_t entries = 1;  // of a target
  for (const auto& bucket : batch.buckets) {
    const Profile encoded = profile(pass, bucket.profile);
    std::vector<backbone::Window> negatives;
    for (std::int64_t k = 0; k < bucket.negative_items.size(2); ++k) negatives.push_back(bucket.negatives(k));
    const Logits logits = train(pass, encoded, bucket.targets, negatives);
    Tensor part;
    if (binary) {
      entries = 1 + bucket.negative_items.size(2);
      part = loss_sum(logits, bucket.targets.mask);
    } else {
      part = backbone::sum_with_negatives(config_, config_.objective, batch, backbone::targets_of(bucket),
                                          backbone::of_real_targets(bucket, logits.target),
                                          backbone::of_real_targets(bucket, at::stack(logits.negatives, 2)));
    }
    sum = sum.defined() ? sum + part : part;
  }
  return sum / static_cast<double>(entries * batch.slots);
}

Tensor Carca::dot_product_loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) {
  const bool of_all = config_.objective.kind == backbone::Objective::Kind::softmax;
  const Tensor every = at::arange(config_.items + 1, at::kLong);
  items_.limit_norms(of_all ? every : batch.distinct);
  Pass pass = begin(batch.distinct, std::move(randomness));
  std::vector<backbone::Targets> targets;
  for (const auto& bucket : batch.buckets) {
    const Tensor states = profile(pass, bucket.profile).states;
    const std::int64_t length = bucket.targets.length();
    const Tensor newest = states.narrow(1, states.size(1) - length, length);
    targets.push_back(backbone::targets_of(bucket, newest + pass.items().of_context(bucket.targets.context)));
  }
  const backbone::ItemRows rows = {of_all ? items_.embed(every)->without_context() : Tensor(),
                                   of_all ? Tensor() : pass.items().without_context()};
  return backbone::catalogue_loss(config_, config_.objective, batch, rows, backbone::joined(targets));
}

Tensor Carca::states(const backbone::Users& users) const {
  at::NoGradGuard no_grad;
  Pass pass = begin(at::arange(config_.items + 1, at::kLong), tensor::Randomness::in_evaluation());
  return profile(pass, users.window).states;
}

std::unique_ptr<backbone::Scorer> Carca::scorer() const {
  if (config_.scored_by == ScoredBy::cross_attention) return std::make_unique<Ranker>(*this);
  at::NoGradGuard no_grad;
  const std::shared_ptr<const EmbeddedItems> items = items_.embed(at::arange(config_.items + 1, at::kLong));
  const auto state = [this, items](const backbone::Users& users) {
    Pass pass(items, tensor::Randomness::in_evaluation());
    return profile(pass, users.window).states.select(1, -1) + items->of_context(users.context);
  };
  return std::make_unique<backbone::DotProducts>(state, items->without_context());
}

}  // namespace pebench::carca
