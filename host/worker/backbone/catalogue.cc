#include "host/worker/backbone/catalogue.h"

#include <limits>

namespace pebench::backbone {
namespace {

/// Dot products of states [T, w] with n rows each of items, index i64 [T, n] -> [T, n].
Tensor scores_of(const Tensor& states, const Tensor& items, const Tensor& index) {
  return at::matmul(at::embedding(items, index), states.unsqueeze(2)).squeeze(2);
}

Tensor loss_sum(const CatalogueConfig& config, const TrainingBatch& batch, const ItemRows& items,
                const Targets& targets) {
  const Objective& objective = config.objective;
  const auto ids = [&] { return batch.distinct.to(items.all.device()); };
  if (objective.kind == Objective::Kind::softmax) {
    const Tensor target = ids().index_select(0, targets.target) - 1,
                 all = items.all.narrow(0, 1, config.items);
    return config.fast ? softmax_sum(targets.states, all, target)
                       : plain_softmax_sum(targets.states, all, target);
  }
  const bool shared = batch.shared_negatives.defined();
  const Tensor of_target = scores_of(targets.states, items.batch, targets.target.unsqueeze(1)).squeeze(1);
  Tensor of_negatives =
      shared ? at::matmul(targets.states, at::embedding(items.batch, batch.shared_negatives).t())
             : scores_of(targets.states, items.batch, targets.negatives);
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
    return sampled_softmax_sum(of_target, of_negatives, log_q);
  }
  if (shared) of_negatives = of_negatives.masked_fill(hit, -std::numeric_limits<double>::infinity());
  return binary_sum(objective, config.items, of_target, of_negatives);
}

}  // namespace

CatalogueConfig catalogue_config_of(const contract::Settings& settings, std::int64_t items) {
  return {block_config_of(settings, items), objective_of(settings.train)};
}

Targets targets_of(const Bucket& bucket, const Tensor& states) {
  const std::int64_t length = bucket.targets.length();
  const Tensor real = bucket.targets.mask.flatten().nonzero().squeeze(1);
  const auto of_real = [&](const Tensor& x) { return x.flatten(0, 1).index_select(0, real); };
  return {of_real(states.narrow(1, states.size(1) - length, length)), of_real(bucket.targets.item),
          of_real(bucket.negative_items), of_real(bucket.drawn_from.unsqueeze(1).expand({-1, length}))};
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

Tensor catalogue_loss(const CatalogueConfig& config, const TrainingBatch& batch, const ItemRows& items,
                      const Targets& targets) {
  return loss_sum(config, batch, items, targets) / static_cast<double>(batch.slots);
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
