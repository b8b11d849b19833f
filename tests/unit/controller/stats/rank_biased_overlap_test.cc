#include "host/controller/stats/rank_biased_overlap.h"

#include <gtest/gtest.h>

#include <numeric>

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

TEST(Overlap, CountsTheFirstInAnyOrder) {
  EXPECT_EQ(overlap({1, 2, 3, 4}, {2, 1, 9, 3}, 2), 1);
  EXPECT_EQ(overlap({1, 2, 3, 4}, {2, 1, 9, 3}, 4), 0.75);
  EXPECT_EQ(overlap({1, 2}, {1, 2}, 10), 1) << "there are no more";
}

}  // namespace
}  // namespace pebench::stats
