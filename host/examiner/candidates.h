#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/random.h"
#include "host/contract/candidate_set.h"
#include "host/data/dataset.h"
#include "host/data/split.h"
#include "host/examiner/given_negatives.h"

namespace pebench::examiner {

/// Which of the user's own items pools leave out; the target always stays.
/// history: every event before the evaluated one; train: the training events; none: nothing but the target.
enum class ExcludeSeen { history, train, none };
ExcludeSeen parse_exclude_seen(std::string_view word);

/// Draws negatives without replacement: uniformly, or in proportion to training counts (`popular`; items
/// never trained on are never drawn). Build once per (data, split, set); drawing is thread-safe.
class CandidateSampler {
 public:
  /// Throws InputError for given negatives where the data set has none.
  CandidateSampler(const data::Dataset& data, const data::Split& split, contract::CandidateSet set,
                   ExcludeSeen exclude);

  /// The negatives for the event at `index` of `user`'s history, without the target, in drawing order. Fewer
  /// than `count` only if the data set has fewer eligible items. For Kind::full: every eligible item,
  /// ascending. For Kind::given: those given, the user's own among them, in their order; throws InputError
  /// where there are none.
  std::vector<data::Item> draw(data::User user, std::int64_t index, base::Stream stream) const;

  /// The user's items that are left out for that event, ascending and distinct, the target never among them.
  std::vector<data::Item> excluded(data::User user, std::int64_t index) const;

 private:
  const data::Dataset* data_;
  const data::Split* split_;
  contract::CandidateSet set_;
  ExcludeSeen exclude_;
  std::vector<std::int64_t> cumulative_;         ///< [N+1], running training counts for `popular`, else empty
  std::int64_t drawable_;                        ///< items that can be drawn at all
  std::shared_ptr<const GivenNegatives> given_;  ///< of Kind::given
};

}  // namespace pebench::examiner
