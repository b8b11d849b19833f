#pragma once

#include <functional>
#include <vector>

#include "host/worker/backbone/batch.h"
#include "host/worker/backbone/block.h"
#include "host/worker/backbone/objective.h"
#include "host/worker/backbone/scorer.h"

namespace pebench::backbone {

// What backbones share whose score of an item is the dot product of a row of the item, w wide, with a state.

/// Sizes and choices of a transformer that scores so.
struct CatalogueConfig : BlockConfig {
  Objective objective;
};

/// Of a trial on a data set of `items` items.
CatalogueConfig catalogue_config_of(const contract::Settings& settings, std::int64_t items);

/// Targets with the states that predict them, T in all.
struct Targets {
  Tensor states;      ///< [T, w]; undefined where their logits are known
  Tensor target;      ///< i64 [T], rows of the batch's distinct items
  Tensor negatives;   ///< i64 [T, n], likewise
  Tensor drawn_from;  ///< [T]
};

/// The real entries of x [B, T, ...], one for each slot of the bucket's targets -> [real, ...]
Tensor of_real_targets(const Bucket& bucket, const Tensor& x);
/// The real targets of a bucket, without states.
Targets targets_of(const Bucket& bucket);
/// states [B, L, w] of its profile: the newest of them, as many as there are slots of targets, predict what
/// stands in these.
Targets targets_of(const Bucket& bucket, const Tensor& states);
/// Those of all buckets, one after the other.
Targets joined(const std::vector<Targets>& buckets);

/// Rows of items.
struct ItemRows {
  Tensor all;    ///< [N+1 or more, w], by item id; only softmax over all items looks at it
  Tensor batch;  ///< [U, w], of the batch's distinct items
};

/// The objective, averaged over the targets of the batch: a scalar with a gradient.
Tensor catalogue_loss(const Sizes& sizes, const Objective& objective, const TrainingBatch& batch,
                      const ItemRows& items, const Targets& targets);
/// Its sum over T targets that have negatives of their own, whose logits are known: of_target [T],
/// of_negatives [T, n]. Not for softmax over all items.
Tensor sum_with_negatives(const Sizes& sizes, const Objective& objective, const TrainingBatch& batch,
                          const Targets& targets, const Tensor& of_target, const Tensor& of_negatives);

/// A state of each user against the rows of items.
class DotProducts : public Scorer {
 public:
  /// `state` gives [B, w]; rows [N+1, w].
  DotProducts(std::function<Tensor(const Users&)> state, Tensor rows)
      : state_(std::move(state)), rows_(std::move(rows)) {}
  Tensor all(const Users& users) override;
  Tensor lists(const Users& users, const Tensor& candidates) override;

 private:
  std::function<Tensor(const Users&)> state_;
  Tensor rows_;
};

}  // namespace pebench::backbone
