#pragma once

#include <functional>
#include <memory>

#include "host/worker/backbone/carca/folded_attention.h"

namespace pebench::carca {

/// Scores candidates for the next event after a profile, all items or lists of them. Everything that depends
/// on an item alone is computed once per Ranker, so make one whenever the parameters have changed. No
/// gradients.
///
/// Why it is cheap: e(v, c) is the sum of an item's part and a context's part, and stays so behind an input
/// hook that is affine; so does the decoder's query projection before its LeakyReLU. All candidates of a user
/// stand at one place, so that what hooks of attention make of it is either the same for all, or, where it is
/// affine in the candidate, a change of the user's keys and values (folded_attention.h).
class Ranker : public backbone::Scorer {
 public:
  explicit Ranker(const Carca& model);

  Tensor all(const backbone::Users& users) override;
  Tensor lists(const backbone::Users& users, const Tensor& candidates) override;

 private:
  /// How candidates are scored. A ranker goes from one to a later one where the encoding does not allow it.
  enum class Way {
    folded,  ///< nothing is called per candidate
    hooked,  ///< attention's hooks are; embeddings and queries are folded
    general  ///< Carca::score
  };
  struct Prepared {
    std::unique_ptr<Pass> pass;  ///< the encoding draws from it in every hook until the next one begins
    Profile profile;
    Tensor context;  ///< [B, d], the part of the decoder's input that the items do not have
    FoldedAttention attention;
  };

  Tensor ranked(const backbone::Users& users, const std::function<Tensor(const Prepared&)>& score);
  /// A pass over the users' profiles and what `way_` needs besides, after which that may be another one.
  Prepared prepare(const backbone::Users& users);
  bool next_way();
  bool hooks_in_decoder() const;

  /// x [R, C, d], candidates at the position after the window, times i64 [R, C] or undefined.
  Tensor encode_candidates(const Tensor& x, const Tensor& time);
  void prepare_items(bool timed);

  Tensor folded_all(const backbone::Users& users, const Prepared& prepared) const;
  Tensor folded_lists(const backbone::Users& users, const Prepared& prepared, const Tensor& candidates) const;
  Tensor hooked_all(const backbone::Users& users, const Prepared& prepared) const;
  Tensor hooked_lists(const backbone::Users& users, const Prepared& prepared, const Tensor& candidates) const;
  Tensor general(const backbone::Users& users, const Prepared& prepared, const Tensor& candidates) const;

  const Carca& model_;
  std::unique_ptr<FoldedItems> items_;
  Way way_;
  bool keeps_parts_ = false;         ///< the encoding wants back what was dropped
  std::int64_t next_position_ = -1;  ///< of candidates: behind the users' windows
  Tensor item_part_;                 ///< F [N+1, d]: the decoder's input is F[v] + context part
  Tensor item_query_;                ///< G [N+1, d]: F through the query projection, without bias
};

}  // namespace pebench::carca
