#include "host/worker/train/counts_scorer.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pebench::train {
namespace {

/// Scores an item by how often it is in the profile.
class Echo : public counts::Recommender {
 public:
  void score(base::Span<const data::Item> profile, base::Span<double> scores) const override {
    std::fill(scores.begin(), scores.end(), 0.0);
    for (const data::Item item : profile) scores[item] += 1.0;
  }
};

TEST(CountsScorer, IsToldTheEventsOfAWindowAndNeitherPaddingNorMasks) {
  constexpr std::int64_t items = 4, mask = items + 1;
  const Echo echo;
  CountsScorer scorer(echo, items);
  backbone::Users users;
  users.window.item = at::tensor(std::vector<std::int64_t>{0, 2, mask, 3, 2, mask}, at::kLong).view({2, 3});
  const Tensor expected =
      at::tensor(std::vector<double>{0, 0, 1, 0, 0, 0, 0, 1, 1, 0}, at::kDouble).view({2, 5});
  EXPECT_TRUE(at::equal(scorer.all(users), expected));
  const Tensor candidates = at::tensor(std::vector<std::int64_t>{2, 4, 1, 3}, at::kLong).view({2, 2});
  EXPECT_TRUE(at::equal(scorer.lists(users, candidates), expected.gather(1, candidates)));
}

}  // namespace
}  // namespace pebench::train
