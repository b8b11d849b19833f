#include "host/controller/order/chain.h"

#include <algorithm>
#include <numeric>

namespace pebench::order {
namespace {

constexpr std::int64_t sixty = 60;  // a multiple of 1 to 5: weights are whole numbers, and so ties are ties

/// Of a target among touched items and others, of which those in `excluded` do not compete.
examiner::Rank rank_of(data::Item target, const std::vector<data::Item>& excluded,
                       const Popularity& popularity, const Chain::Room& room) {
  examiner::Rank rank;
  const std::int64_t score = room.scores[target], count = popularity.of(target);
  const auto meet = [&](std::int64_t others_score, std::int64_t others_count, std::int64_t times) {
    if (others_score != score)
      rank.better += others_score > score ? times : 0;
    else if (others_count != count)
      rank.better += others_count > count ? times : 0;
    else
      rank.tied += times;
  };
  for (const data::Item item : room.touched)
    if (item != target && !room.left_out[item]) meet(room.scores[item], popularity.of(item), 1);
  if (score > 0) return rank;
  // The target is among the items that nothing is known of but how popular they are.
  rank.better += popularity.items_above(target);
  rank.tied += popularity.items_beside(target) - 1;
  const auto leaves = [&](data::Item item) {
    rank.better -= popularity.of(item) > count;
    rank.tied -= popularity.of(item) == count;
  };
  for (const data::Item item : excluded) leaves(item);
  for (const data::Item item : room.touched)
    if (item != target && !room.left_out[item]) leaves(item);
  return rank;
}

}  // namespace

Popularity::Popularity(const Histories& histories) : counts_(histories.catalogue + 1, 0) {
  for (const data::Item item : histories.items) ++counts_[item];
  const std::int64_t most = *std::max_element(counts_.begin(), counts_.end());
  beside_.assign(most + 1, 0);
  above_.assign(most + 1, 0);
  for (std::int64_t item = 1; item <= histories.catalogue; ++item) ++beside_[counts_[item]];
  for (std::int64_t count = most - 1; count >= 0; --count)
    above_[count] = above_[count + 1] + beside_[count + 1];
}

Chain::Chain(const Histories& histories, const std::vector<data::Item>& items)
    : histories_(histories), items_(items) {
  for (std::int64_t lag = 1; lag <= guesses_by.back(); ++lag) {
    auto& followers = followers_[lag - 1];
    const auto for_pairs = [&](const auto& use) {
      for (std::int64_t user = 0; user < histories.users(); ++user)
        for (std::int64_t i = histories.offsets[user] + lag; i < histories.offsets[user + 1]; ++i)
          use(items[i - lag], items[i]);
    };
    followers.offsets.assign(histories.catalogue + 2, 0);
    for_pairs([&](data::Item item, data::Item) { ++followers.offsets[item + 1]; });
    std::partial_sum(followers.offsets.begin(), followers.offsets.end(), followers.offsets.begin());
    followers.items.resize(followers.offsets.back());
    std::vector<std::int64_t> next = followers.offsets;
    for_pairs([&](data::Item item, data::Item follower) { followers.items[next[item]++] = follower; });
  }
}

void Chain::add_scores(data::Item item, std::int64_t lag, Room& room) const {
  const auto& followers = followers_[lag - 1];
  for (std::int64_t i = followers.offsets[item]; i < followers.offsets[item + 1]; ++i) {
    std::int64_t& score = room.scores[followers.items[i]];
    if (score == 0) room.touched.push_back(followers.items[i]);
    score += sixty / lag;
  }
}

Ranks Chain::ranks(std::int64_t user, const Popularity& popularity, bool exclude, Room& room) const {
  const std::int64_t begin = histories_.offsets[user], end = histories_.offsets[user + 1];
  const data::Item target = histories_.targets[user];
  std::vector<data::Item> excluded;
  if (exclude)
    for (std::int64_t i = begin; i < end; ++i)
      if (items_[i] != target && !room.left_out[items_[i]]) {
        room.left_out[items_[i]] = true;
        excluded.push_back(items_[i]);
      }
  Ranks ranks;
  std::int64_t lag = 1;
  for (std::size_t by = 0; by < guesses_by.size(); ++by) {
    for (; lag <= std::min(guesses_by[by], end - begin); ++lag) add_scores(items_[end - lag], lag, room);
    ranks[by] = rank_of(target, excluded, popularity, room);
  }
  for (const data::Item item : excluded) room.left_out[item] = false;
  for (const data::Item item : room.touched) room.scores[item] = 0;
  room.touched.clear();
  return ranks;
}

}  // namespace pebench::order
