#include "host/worker/backbone/catalogue.h"

#include <limits>

namespace pebench::backbone {
namespace {

/// Dot products of states [T, w] with n rows each of items, index i64 [T, n] -> [T, n].
Tensor scores_of(const Tensor& states, const Tensor& items, const Tensor& index) {
  return at::matmul(at::embedding(items, index), states.unsqueeze(2)).squeeze(2);
}

/// log q of the items that these rows of the batch's distinct items are, of any shape.
Tensor log_probability(const TrainingBatch& batch, const Tensor& rows) {
  const Tensor items = at::embedding(batch.distinct.to(rows.device()).unsqueeze(1), rows).squeeze(-1);
  return at::embedding(batch.probabilities.unsqueeze(1), items).squeeze(-1).log();
}

/// The same negatives for all targets.
Tensor sum_with_shared(const Sizes& sizes, const Objective& objective, const TrainingBatch& batch,
                       const Tensor& rows, const Targets& targets, const Tensor& of_target) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Tensor& negatives = batch.shared_negatives;
  const Tensor logits = at::matmul(targets.states, at::embedding(rows, negatives).t());
  // One that is the target itself is none.
  const Tensor hit = negatives.unsqueeze(0).eq(targets.target.unsqueeze(1));
  if (objective.kind == Objective::Kind::sampled_softmax)
    return sampled_softmax_sum(of_target, logits,
                               log_probability(batch, negatives.unsqueeze(0)).masked_fill(hit, infinity));
  return binary_sum(objective, sizes.items, of_target, logits.masked_fill(hit, -infinity));
}

}  // namespace

CatalogueConfig catalogue_config_of(const contract::Settings& settings, std::int64_t items) {
  return {block_config_of(settings, items), objective_of(settings.train)};
}

Tensor of_real_targets(const Bucket& bucket, const Tensor& x) {
  return x.flatten(0, 1).index_select(0, bucket.targets.mask.flatten().nonzero().squeeze(1));
}

Targets targets_of(const Bucket& bucket) {
  const Tensor drawn_from = bucket.drawn_from.unsqueeze(1).expand({-1, bucket.targets.length()});
  return {{},
          of_real_targets(bucket, bucket.targets.item),
          of_real_targets(bucket, bucket.negative_items),
          of_real_targets(bucket, drawn_from)};
}

Targets targets_of(const Bucket& bucket, const Tensor& states) {
  const std::int64_t length = bucket.targets.length();
  Targets targets = targets_of(bucket);
  targets.states = of_real_targets(bucket, states.narrow(1, states.size(1) - length, length));
  return targets;
}

Targets joined(const std::vector<Targets>& buckets) {
  std::vector<Tensor> states, target, negatives, drawn_from;
  for (const Targets& bucket : buckets) {
    states.push_back(bucket.states);
    target.push_back(bucket.target);
    negatives.push_back(bucket.negatives);
    drawn_from.push_back(bucket.drawn_from);
  }
  return {at::cat(states), at::cat(target), at::cat(negatives), at::cat(drawn_from)};
}

Tensor sum_with_negatives(const Sizes& sizes, const Objective& objective, const TrainingBatch& batch,
                          const Targets& targets, const Tensor& of_target, const Tensor& of_negatives) {
  if (objective.kind == Objective::Kind::sampled_softmax)
    return sampled_softmax_sum(
        of_target, of_negatives,
        log_probability(batch, targets.negatives) - targets.drawn_from.log().unsqueeze(1));
  return binary_sum(objective, sizes.items, of_target, of_negatives);
}

Tensor catalogue_loss(const Sizes& sizes, const Objective& objective, const TrainingBatch& batch,
                      const ItemRows& items, const Targets& targets) {
  const auto mean = [&](const Tensor& sum) { return sum / static_cast<double>(batch.slots); };
  if (objective.kind == Objective::Kind::softmax) {
    const Tensor all = items.all.narrow(0, 1, sizes.items);
    const Tensor target = batch.distinct.to(all.device()).index_select(0, targets.target) - 1;
    return mean((sizes.fast ? softmax_sum : plain_softmax_sum)(targets.states, all, target));
  }
  const Tensor of_target = scores_of(targets.states, items.batch, targets.target.unsqueeze(1)).squeeze(1);
  if (batch.shared_negatives.defined())
    return mean(sum_with_shared(sizes, objective, batch, items.batch, targets, of_target));
  return mean(sum_with_negatives(sizes, objective, batch, targets, of_target,
                                 scores_of(targets.states, items.batch, targets.negatives)));
}

Tensor DotProducts::all(const Users& users) {
  at::NoGradGuard no_grad;
  return at::matmul(state_(users), rows_.t());
}

Tensor DotProducts::lists(const Users& users, const Tensor& candidates) {
  at::NoGradGuard no_grad;
  return scores_of(state_(users), rows_, candidates);
}

}  // namespace pebench::backbone
