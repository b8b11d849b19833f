#include "host/examiner/ranks.h"

#include <gtest/gtest.h>

#include <limits>

namespace pebench::examiner {
namespace {

using Scores = std::vector<float>;

base::Span<const float> span(const Scores& scores) {
  return {scores.data(), static_cast<std::ptrdiff_t>(scores.size())};
}

void expect_rank(const Rank& rank, std::int64_t better, std::int64_t tied, std::int64_t candidates) {
  EXPECT_EQ(rank.better, better);
  EXPECT_EQ(rank.tied, tied);
  EXPECT_EQ(rank.candidates, candidates);
}

TEST(RankAmongAll, CountsBetterAndTiedItemsButNotPadding) {
  const Scores scores = {9, 1, 2, 3, 2, 2};  // of padding, then of items 1 to 5
  expect_rank(rank_among_all(span(scores), 2, {}), 1, 2, 5);
  expect_rank(rank_among_all(span(scores), 3, {}), 0, 0, 5);
  expect_rank(rank_among_all(span(scores), 1, {}), 4, 0, 5);
}

TEST(RankAmongAll, ItemsLeftOutDoNotCompete) {
  const Scores scores = {9, 1, 2, 3, 2, 2};
  expect_rank(rank_among_all(span(scores), 2, {1, 3, 5}), 0, 1, 2);
  expect_rank(rank_among_all(span(scores), 1, {2, 3, 4, 5}), 0, 0, 1);
}

TEST(RankOfFirst, ComesAmongTheRestOfItsList) {
  expect_rank(rank_of_first(span({2, 1, 2, 3, 2})), 1, 2, 5);
  expect_rank(rank_of_first(span({2})), 0, 0, 1);
}

TEST(AllFinite, SeesEveryKindOfNumberThatIsNot) {
  EXPECT_TRUE(all_finite(span({0, -1, std::numeric_limits<float>::max()})));
  for (float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                    std::numeric_limits<float>::quiet_NaN()})
    EXPECT_FALSE(all_finite(span({0, bad, 1}))) << bad;
}

}  // namespace
}  // namespace pebench::examiner
