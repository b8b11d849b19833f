#include "host/controller/stats/rank_biased_overlap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "host/base/random.h"

namespace pebench::stats {
namespace {

RankedList from(std::uint32_t first, std::size_t length) {
  RankedList list(length);
  std::iota(list.begin(), list.end(), first);
  return list;
}

TEST(RankBiasedOverlap, OfEqualListsIsOneAndOfForeignOnesZero) {
  EXPECT_NEAR(rank_biased_overlap(from(1, 20), from(1, 20)), 1, 1e-12);
  EXPECT_EQ(rank_biased_overlap(from(1, 20), from(21, 20)), 0);
  EXPECT_EQ(rank_biased_overlap({}, {}), 1);
}

TEST(RankBiasedOverlap, ByHand) {
  // X = 0, 2, 3: 3/3 p^3 + (1-p)/p (0 + 2/2 p^2 + 3/3 p^3)
  const double p = 0.9;
  EXPECT_NEAR(rank_biased_overlap({1, 2, 3}, {2, 1, 3}, p), p * p * p + (1 - p) / p * (p * p + p * p * p),
              1e-12);
  // X = 1, 1, 2 with a stranger in each
  EXPECT_NEAR(rank_biased_overlap({1, 2, 3}, {1, 4, 2}, .5),
              2.0 / 3 * .125 + (1 * .5 + .5 * .25 + 2.0 / 3 * .125), 1e-12);
}

TEST(RankBiasedOverlap, TheTopWeighsMost) {
  RankedList at_top = from(1, 20), at_end = from(1, 20);
  at_top[0] = 99;
  at_end[19] = 99;
  EXPECT_LT(rank_biased_overlap(from(1, 20), at_top), rank_biased_overlap(from(1, 20), at_end));
  EXPECT_EQ(rank_biased_overlap(from(1, 20), at_top), rank_biased_overlap(at_top, from(1, 20)));
}

TEST(RankBiasedOverlap, OfRandomListsIsWhatChanceSays) {
  base::Stream random(1, "test", "lists");
  constexpr int pairs = 4000;
  for (const std::size_t pool : {6u, 30u}) {
    double alike = 0, shared = 0;
    for (int i = 0; i < pairs; ++i) {
      RankedList first = from(1, pool), second = from(1, pool);
      base::shuffle(first, random);
      base::shuffle(second, random);
      first.resize(std::min<std::size_t>(pool, 20));
      second.resize(std::min<std::size_t>(pool, 20));
      alike += rank_biased_overlap(first, second) / pairs;
      shared += overlap(first, second, 10) / pairs;
    }
    EXPECT_NEAR(rank_biased_overlap_by_chance(pool, 20), alike, 0.01) << pool;
    EXPECT_NEAR(overlap_by_chance(pool, 10), shared, 0.01) << pool;
  }
}

TEST(Overlap, CountsTheFirstInAnyOrder) {
  EXPECT_EQ(overlap({1, 2, 3, 4}, {2, 1, 9, 3}, 2), 1);
  EXPECT_EQ(overlap({1, 2, 3, 4}, {2, 1, 9, 3}, 4), 0.75);
  EXPECT_EQ(overlap({1, 2}, {1, 2}, 10), 1) << "there are no more";
}

}  // namespace
}  // namespace pebench::stats
