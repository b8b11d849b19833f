#include "host/controller/stats/likeness.h"

#include <gtest/gtest.h>

#include <cmath>

#include "host/base/random.h"

namespace pebench::stats {
namespace {

/// Pairs of seeds that are `mean` alike, but for what is each seed's own and each pair's own.
PairMatrix drawn(std::size_t seeds, double mean, double of_seed, double of_pair, base::Stream& random) {
  std::vector<double> own(seeds);
  for (double& value : own) value = of_seed * random.normal();
  PairMatrix alike(seeds, std::vector<double>(seeds, 1));
  for (std::size_t i = 0; i < seeds; ++i)
    for (std::size_t j = 0; j < i; ++j)
      alike[i][j] = alike[j][i] = mean + own[i] + own[j] + of_pair * random.normal();
  return alike;
}

TEST(Likeness, IsTheMeanOverPairs) {
  const PairMatrix alike{{1, .2, .4}, {.2, 1, .9}, {.4, .9, 1}};
  EXPECT_NEAR(likeness(alike).estimate, .5, 1e-12);
  EXPECT_NEAR(mean_over_pairs(alike, {0, 2}), .4, 1e-12);
  // Without a seed: .9, .4, .2, whose standard deviation times (n-1)/sqrt(n) is the error.
  EXPECT_NEAR(likeness(alike).standard_error, std::sqrt(.13) * 2 / std::sqrt(3.0), 1e-12);
}

TEST(Likeness, IntervalsHoldTheTruthAndVerdictsErrAsRarelyAsTheySay) {
  base::Stream random(1, "test", "likeness");
  constexpr int repetitions = 2000;
  for (const double of_pair : {0.0, 0.02}) {
    int outside = 0, rejected = 0;
    for (int r = 0; r < repetitions; ++r) {
      const PairMatrix first = drawn(10, .4, .02, of_pair, random),
                       second = drawn(10, .4, .02, of_pair, random);
      const Interval interval = interval_of(likeness(first), 10);
      outside += interval.low > .4 || interval.high < .4;
      rejected += likeness_verdict(1, likeness_difference(first, second).p) != Likeness::undecided;
    }
    // 5 %, with four standard errors of 2,000 repetitions.
    EXPECT_LT(outside, .07 * repetitions) << of_pair;
    EXPECT_LT(rejected, .07 * repetitions) << of_pair;
    EXPECT_GT(outside, .01 * repetitions) << of_pair;
  }
}

TEST(Likeness, SeedsInTwoEqualGroupsAreNoCertainty) {
  // Whichever seed is left out, the same mean is left: the jackknife alone would be sure of it.
  PairMatrix alike(6, std::vector<double>(6, .3));
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j)
      if (i / 3 == j / 3) alike[i][j] = .6;
  const Jackknife found = likeness(alike);
  EXPECT_NEAR(found.estimate, .42, 1e-12);
  const Interval interval = interval_of(found, 6);
  EXPECT_LT(interval.low, .35);
  EXPECT_GT(interval.high, .45) << "two seeds are of one group as often as not: .45";
}

TEST(Likeness, VerdictsHaveADirection) {
  EXPECT_EQ(likeness_verdict(.1, .04), Likeness::more_alike);
  EXPECT_EQ(likeness_verdict(-.1, .04), Likeness::less_alike);
  EXPECT_EQ(likeness_verdict(.1, .06), Likeness::undecided);
  EXPECT_EQ(likeness_verdict(.1, .06, .1), Likeness::more_alike);
}

}  // namespace
}  // namespace pebench::stats
