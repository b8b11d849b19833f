#pragma once

#include "host/worker/backbone/scorer.h"

namespace pebench::train {

/// The baseline that ranks by how often an item was trained on, whoever the user is.
class PopularityScorer : public backbone::Scorer {
 public:
  /// counts f64 [N+1]
  explicit PopularityScorer(Tensor counts) : counts_(std::move(counts)) {}
  Tensor all(const backbone::Users& users) override {
    return counts_.unsqueeze(0).repeat({users.window.rows(), 1});
  }
  Tensor lists(const backbone::Users&, const Tensor& candidates) override {
    return counts_.index_select(0, candidates.flatten()).view(candidates.sizes());
  }

 private:
  Tensor counts_;
};

}  // namespace pebench::train
