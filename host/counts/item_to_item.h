#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/counts/recommender.h"

namespace pebench::counts {

/// Item-to-item counts: what was chosen by the users who chose what is in the profile (Deshpande and Karypis
/// 2004, 10.1145/963770.963776). The score of c is the sum, over the distinct items h != c of the profile, of
/// cos(h, c) = users with both / sqrt(users with h * users with c), counted on training events; between items
/// that come out equal, popularity decides.
class ItemToItem : public Recommender {
 public:
  /// Of the items that an item was chosen with, those of the highest cosines are kept: what bounds the
  /// memory, at 8 bytes each.
  static constexpr std::size_t most_neighbours = 1000;

  ItemToItem(const data::Dataset& data, const data::Split& split, std::size_t neighbours = most_neighbours);
  void score(base::Span<const data::Item> profile, base::Span<double> scores) const override;

 private:
  struct Neighbour {
    data::Item item;
    std::int32_t both;  ///< users who chose it too
  };

  std::vector<double> back_off_;       ///< [N+1], less than any cosine
  std::vector<double> scale_;          ///< [N+1]: 1 / sqrt(users with the item); 0 for none
  std::vector<std::int64_t> offsets_;  ///< [N+2] into neighbours_
  std::vector<Neighbour> neighbours_;  ///< of an item, by item
};

}  // namespace pebench::counts
