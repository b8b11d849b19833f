#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/random.h"
#include "host/data/dataset.h"
#include "host/data/split.h"

namespace pebench::data {

/// Which items compete with the target: all of them, or `count` drawn ones.
struct CandidateSet {
  enum class Kind { full, uniform, popular };
  Kind kind = Kind::full;
  std::int64_t count = 0;  ///< negatives beside the target; 0 for full
  std::string name;        ///< as written: "full", "uniform:100", "popular:100", "uniform:L-1"

  /// Reads a suite's word; "L" and "L-1" mean the model's max_len. Throws InputError naming the three forms.
  static CandidateSet parse(std::string_view text, std::int64_t max_len);
};

/// Which of the user's own items pools leave out; the target always stays.
/// history: every event before the evaluated one; train: the training events; none: nothing but the target.
enum class ExcludeSeen { history, train, none };
ExcludeSeen parse_exclude_seen(std::string_view word);

/// Draws negatives without replacement: uniformly, or in proportion to training counts (`popular`; items
/// never trained on are never drawn). Build once per (data, split, set); drawing is thread-safe.
class CandidateSampler {
 public:
  CandidateSampler(const Dataset& data, const Split& split, CandidateSet set, ExcludeSeen exclude);

  /// The negatives for the event at `index` of `user`'s history, without the target, in drawing order. Fewer
  /// than `count` only if the data set has fewer eligible items. For Kind::full: every eligible item,
  /// ascending.
  std::vector<Item> draw(User user, std::int64_t index, base::Stream stream) const;

  /// The user's items that are left out for that event, ascending and distinct, the target never among them.
  std::vector<Item> excluded(User user, std::int64_t index) const;

 private:
  const Dataset* data_;
  const Split* split_;
  CandidateSet set_;
  ExcludeSeen exclude_;
  std::vector<std::int64_t> cumulative_;  ///< [N+1], running training counts for `popular`, else empty
  std::int64_t drawable_;                 ///< items that can be drawn at all
};

}  // namespace pebench::data
