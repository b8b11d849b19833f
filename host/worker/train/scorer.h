#pragma once

#include "host/worker/backbone/ranker.h"
#include "host/worker/backbone/tensor.h"

namespace pebench::train {

/// Gives candidates scores, higher being better.
class Scorer {
 public:
  virtual ~Scorer() = default;
  /// All items, [B, N+1]; column 0 is meaningless.
  virtual Tensor all(const backbone::Ranker::Users& users) = 0;
  /// candidates i64 [B, C], 0 for an empty place -> [B, C]
  virtual Tensor lists(const backbone::Ranker::Users& users, const Tensor& candidates) = 0;
};

/// The model.
class ModelScorer : public Scorer {
 public:
  explicit ModelScorer(const backbone::Carca& model) : ranker_(model) {}
  Tensor all(const backbone::Ranker::Users& users) override { return ranker_.all(users); }
  Tensor lists(const backbone::Ranker::Users& users, const Tensor& candidates) override {
    return ranker_.lists(users, candidates);
  }

 private:
  backbone::Ranker ranker_;
};

/// The baseline that ranks by how often an item was trained on, whoever the user is.
class PopularityScorer : public Scorer {
 public:
  /// counts f64 [N+1]
  explicit PopularityScorer(Tensor counts) : counts_(std::move(counts)) {}
  Tensor all(const backbone::Ranker::Users& users) override {
    return counts_.unsqueeze(0).repeat({users.window.rows(), 1});
  }
  Tensor lists(const backbone::Ranker::Users&, const Tensor& candidates) override {
    return counts_.index_select(0, candidates.flatten()).view(candidates.sizes());
  }

 private:
  Tensor counts_;
};

}  // namespace pebench::train
