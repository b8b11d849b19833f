#pragma once

#include <memory>

#include "host/worker/backbone/carca/carca.h"

namespace pebench::carca {

/// Scores candidates for the next event after a profile, all items or lists of them. Everything that depends
/// on an item alone is computed once per Ranker, so make one whenever the parameters have changed. No
/// gradients.
///
/// Why it is cheap: e(v, c) is the sum of an item's part and a context's part, and stays so behind an input
/// hook that is affine; so does the decoder's query projection before its LeakyReLU. An encoding whose input
/// hook is not affine or depends on time, hooks in cross-attention, candidates at positions of their own and
/// the plain engine take the general path through Carca::score.
class Ranker : public backbone::Scorer {
 public:
  explicit Ranker(const Carca& model);

  Tensor all(const backbone::Users& users) override;
  Tensor lists(const backbone::Users& users, const Tensor& candidates) override;

 private:
  Tensor folded_all(const backbone::Users& users, const Profile& profile);
  Tensor folded_lists(const backbone::Users& users, const Profile& profile, const Tensor& candidates);
  Tensor general(const backbone::Users& users, const Profile& profile, const Tensor& candidates);
  Tensor encode_candidates(const Tensor& x);
  /// The context's part behind the input hook, [B, d].
  Tensor context_part(const backbone::Users& users);
  Pass new_pass() const;

  const Carca& model_;
  std::unique_ptr<FoldedItems> items_;
  bool foldable_;
  Tensor item_part_;   ///< F [N+1, d]: the decoder's input is F[v] + context part
  Tensor item_query_;  ///< G [N+1, d]: F through the query projection, without bias
};

}  // namespace pebench::carca
