#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/base/random.h"
#include "host/controller/data/synthetic.h"

namespace pebench::data {

/// A number for each group.
using GroupShares = std::array<double, synthetic_groups>;

/// What one may know of a generated history besides which items are in it and by which rule it was made. Who
/// knows no times does not know when the next event happens; who knows times but no order knows when events
/// happened and not which.
struct Knowledge {
  bool order = true;
  bool times = true;
};

/// How probable each group is for the next event of a generated history, to one who knows the generator.
class NextGroup {
 public:
  NextGroup(const SyntheticSettings& settings, Knowledge knowledge);

  /// `groups` [n] of the history's items as they are seen, oldest first; `times` [n + 1], the next event's
  /// last. Sums to 1. `stream` is drawn from where there is no exact answer.
  GroupShares of(const std::vector<int>& groups, const std::vector<std::int64_t>& times,
                 base::Stream stream) const;

  /// Whether of() is exact for a history of these groups. Where it is not, it is the mean over samples
  /// of what is not known (sequential importance resampling), and a recommender that goes by it falls
  /// short of the best, if anything.
  bool is_exact(const std::vector<int>& groups) const;

  /// How many samples: 1,000, and fewer of histories beyond 20 events, so that their cost does not grow.
  static std::int64_t samples_for(std::size_t events);

 private:
  using Transition = std::array<GroupShares, synthetic_groups>;  ///< [from][to]
  class Particles;

  Transition transition(const Moment& moment) const;
  /// Of the event at `index`, the next one's being groups' size.
  Transition transition(const std::vector<std::int64_t>& times, std::size_t index) const;
  Moment moment(const std::vector<std::int64_t>& times, std::size_t index) const;
  /// How probable it is to see each group, of an event whose own groups have these shares.
  GroupShares seen(const GroupShares& own) const;
  /// Of seeing `group` if the event's own is each of them.
  GroupShares likelihood(int group) const;

  GroupShares filtered(const std::vector<int>& groups, const std::vector<std::int64_t>& times) const;
  GroupShares over_all_orders(const std::vector<int>& groups, const std::vector<std::int64_t>& times) const;

  SyntheticSettings settings_;
  const Signal& signal_;
  Knowledge knowledge_;
  Cycle successor_;
  std::size_t lag_;
  GroupShares share_of_items_{};  ///< of all items, by group
  Transition unknown_moment_{};   ///< mean over the moments that an event may have
};

}  // namespace pebench::data
