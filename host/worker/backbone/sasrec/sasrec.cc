#include "host/worker/backbone/sasrec/sasrec.h"

#include <limits>

namespace pebench::sasrec {
namespace {

using backbone::masked;
using backbone::Objective;

std::vector<Block> make_blocks(const Config& config, tensor::ParameterSet& parameters) {
  std::vector<Block> blocks;
  for (std::int64_t i = 0; i < config.blocks; ++i) blocks.emplace_back(config, parameters, i);
  return blocks;
}

/// Dot products of states [T, d] with n rows each of items, index i64 [T, n] -> [T, n].
Tensor scores_of(const Tensor& states, const Tensor& items, const Tensor& index) {
  return at::matmul(at::embedding(items, index), states.unsqueeze(2)).squeeze(2);
}

/// The newest event's state against every item.
class DotProducts : public backbone::Scorer {
 public:
  explicit DotProducts(const SasRec& model) : model_(model) {}

  Tensor all(const backbone::Users& users) override {
    at::NoGradGuard no_grad;
    return at::matmul(newest(users), model_.item_table().t());
  }
  Tensor lists(const backbone::Users& users, const Tensor& candidates) override {
    at::NoGradGuard no_grad;
    return scores_of(newest(users), model_.item_table(), candidates);
  }

 private:
  Tensor newest(const backbone::Users& users) const { return model_.states(users).select(1, -1); }

  const SasRec& model_;
};

}  // namespace

SasRec::SasRec(const Config& config, tensor::ParameterSet& parameters)
    : config_(config),
      parameters_(parameters),
      table_(parameters.declare("item_embedding", {config.items + 1, config.width}, config.initial).value),
      norm_(config.normalization, config.width, parameters, "norm"),
      blocks_(make_blocks(config, parameters)) {
  parameters.at("item_embedding").decay = true;
  at::NoGradGuard no_grad;
  table_[0].zero_();
}

bool SasRec::trims_padding() const {
  // The second softmax that is not masked gives padding a weight.
  const bool padding_matters =
      config_.published.softmax_twice && !config_.causal && encoding_ != nullptr && encoding_->has_value();
  return config_.fast && !padding_matters;
}

Tensor SasRec::encode(const Tensor& items, const backbone::Window& window,
                      tensor::Randomness& randomness) const {
  Tensor x = at::embedding(items, window.item, /*padding_idx=*/0);
  if (encoding_ != nullptr) encoding_->begin(randomness);
  x = backbone::encoded(config_, encoding_, window, backbone::Sequence::Role::profile, x,
                        randomness.training());
  if (config_.norm_place == NormPlace::after) x = norm_.forward(x);
  x = masked(randomness.dropout(x, config_.dropout), window.mask);

  const backbone::Layout layout = backbone::layout_of(config_, window);
  for (const Block& block : blocks_) x = masked(block.forward(x, layout, encoding_, randomness), window.mask);
  return config_.norm_place == NormPlace::before ? norm_.forward(x) : x;
}

SasRec::Targets SasRec::targets_of(const backbone::Bucket& bucket, const Tensor& states) const {
  const std::int64_t length = bucket.targets.length();
  const Tensor real = bucket.targets.mask.flatten().nonzero().squeeze(1);
  const auto of_real = [&](const Tensor& x) { return x.flatten(0, 1).index_select(0, real); };
  return {of_real(states.narrow(1, states.size(1) - length, length)), of_real(bucket.targets.item),
          of_real(bucket.negative_items), of_real(bucket.drawn_from.unsqueeze(1).expand({-1, length}))};
}

Tensor SasRec::loss_sum(const backbone::TrainingBatch& batch, const Tensor& items,
                        const Targets& targets) const {
  const auto& objective = config_.objective;
  const auto ids = [&] { return batch.distinct.to(table_.device()); };
  if (objective.kind == Objective::Kind::softmax) {
    const Tensor target = ids().index_select(0, targets.target) - 1, all = table_.narrow(0, 1, config_.items);
    return config_.fast ? backbone::softmax_sum(targets.states, all, target)
                        : backbone::plain_softmax_sum(targets.states, all, target);
  }
  const bool shared = batch.shared_negatives.defined();
  const Tensor of_target = scores_of(targets.states, items, targets.target.unsqueeze(1)).squeeze(1);
  Tensor of_negatives = shared ? at::matmul(targets.states, at::embedding(items, batch.shared_negatives).t())
                               : scores_of(targets.states, items, targets.negatives);
  // A shared negative that is the target itself is none.
  const Tensor hit = shared ? batch.shared_negatives.unsqueeze(0).eq(targets.target.unsqueeze(1)) : Tensor();
  if (objective.kind == Objective::Kind::sampled_softmax) {
    const Tensor rows = shared ? batch.shared_negatives.unsqueeze(0) : targets.negatives;
    Tensor log_q =
        at::embedding(batch.probabilities.unsqueeze(1), at::embedding(ids().unsqueeze(1), rows).squeeze(-1))
            .squeeze(-1)
            .log();
    log_q = shared ? log_q.masked_fill(hit, std::numeric_limits<double>::infinity())
                   : log_q - targets.drawn_from.log().unsqueeze(1);
    return backbone::sampled_softmax_sum(of_target, of_negatives, log_q);
  }
  if (shared) of_negatives = of_negatives.masked_fill(hit, -std::numeric_limits<double>::infinity());
  return backbone::binary_sum(objective, config_.items, of_target, of_negatives);
}

Tensor SasRec::loss(const backbone::TrainingBatch& batch, tensor::Randomness randomness) {
  const Tensor items = at::embedding(table_, batch.distinct.to(table_.device()), /*padding_idx=*/0);
  std::vector<Tensor> states, target, negatives, drawn_from;
  for (const auto& bucket : batch.buckets) {
    const Targets of_bucket = targets_of(bucket, encode(items, bucket.profile, randomness));
    states.push_back(of_bucket.states);
    target.push_back(of_bucket.target);
    negatives.push_back(of_bucket.negatives);
    drawn_from.push_back(of_bucket.drawn_from);
  }
  return loss_sum(batch, items, {at::cat(states), at::cat(target), at::cat(negatives), at::cat(drawn_from)}) /
         static_cast<double>(batch.slots);
}

Tensor SasRec::states(const backbone::Users& users) const {
  at::NoGradGuard no_grad;
  tensor::Randomness randomness = tensor::Randomness::in_evaluation();
  return encode(table_, users.window, randomness);
}

std::unique_ptr<backbone::Scorer> SasRec::scorer() const { return std::make_unique<DotProducts>(*this); }

}  // namespace pebench::sasrec
