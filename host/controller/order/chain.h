#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/controller/order/histories.h"
#include "host/examiner/metrics.h"

namespace pebench::order {

/// How many of the newest events guess the next one: the last alone, a first-order Markov chain, or the last
/// five.
constexpr std::array<std::int64_t, 2> guesses_by = {1, 5};
using Ranks = std::array<examiner::Rank, guesses_by.size()>;

/// How often an item was trained on, whatever the order, and what that makes of the places of items nothing
/// else is known of.
class Popularity {
 public:
  explicit Popularity(const Histories& histories);
  std::int64_t of(data::Item item) const { return counts_[item]; }
  std::int64_t items_above(data::Item item) const { return above_[counts_[item]]; }
  std::int64_t items_beside(data::Item item) const { return beside_[counts_[item]]; }  ///< itself included

 private:
  std::vector<std::int64_t> counts_;          ///< [N+1]
  std::vector<std::int64_t> above_, beside_;  ///< by count
};

/// What an item was followed by, one to five events later, counted in all profiles. The score of item c is
/// the sum over the newest events, the j-th newest being l_j, of 1/j times how often c came j events behind
/// l_j; of equal ones the more popular comes first. With one event that is counts::Markov.
class Chain {
 public:
  /// `items` are those of `histories` in this or another order, which outlives the chain.
  Chain(const Histories& histories, const std::vector<data::Item>& items);

  /// Room for ranking, one per thread.
  struct Room {
    explicit Room(const Histories& histories)
        : scores(histories.catalogue + 1, 0), left_out(histories.catalogue + 1, false) {}
    std::vector<std::int64_t> scores;
    std::vector<char> left_out;
    std::vector<data::Item> touched;
  };
  /// Of the user's target among all items; `exclude`: but those of the profile.
  Ranks ranks(std::int64_t user, const Popularity& popularity, bool exclude, Room& room) const;

 private:
  struct Followers {
    std::vector<std::int64_t> offsets;  ///< [N+2]
    std::vector<data::Item> items;
  };
  void add_scores(data::Item item, std::int64_t lag, Room& room) const;

  const Histories& histories_;
  const std::vector<data::Item>& items_;
  std::array<Followers, guesses_by.back()> followers_;  ///< by lag
};

}  // namespace pebench::order
