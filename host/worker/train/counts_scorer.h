#pragma once

#include "host/counts/recommender.h"
#include "host/worker/backbone/scorer.h"

namespace pebench::train {

/// A recommender that counts in the place of a model: it is told what a model is told, the items of the
/// window.
class CountsScorer : public backbone::Scorer {
 public:
  /// `recommender` must outlive it.
  CountsScorer(const counts::Recommender& recommender, std::int64_t items)
      : recommender_(recommender), items_(items) {}
  /// f64 [B, N+1], on the window's device
  Tensor all(const backbone::Users& users) override;
  Tensor lists(const backbone::Users& users, const Tensor& candidates) override;

 private:
  const counts::Recommender& recommender_;
  std::int64_t items_;
};

}  // namespace pebench::train
