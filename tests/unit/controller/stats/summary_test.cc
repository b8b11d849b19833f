#include "host/controller/stats/summary.h"

#include <gmock/gmock.h>

#include <cmath>

namespace pebench::stats {
namespace {

using testing::ElementsAre;

// R 4.2: a <- c(.412,.398,.431,.405,.420,.389,.415,.402,.427,.410)
const std::vector<double> a = {.412, .398, .431, .405, .420, .389, .415, .402, .427, .410};

TEST(Summary, AgreesWithR) {
  EXPECT_NEAR(mean(a), 0.4109, 1e-15);                            // mean(a)
  EXPECT_NEAR(standard_deviation(a), 0.0130166559965812, 1e-15);  // sd(a)
  EXPECT_NEAR(median(a), 0.411, 1e-15);                           // median(a)
  EXPECT_NEAR(trimmed_mean(a, 0.2), 0.410666666666667, 1e-14);    // mean(a, trim = .2)
  EXPECT_NEAR(quantile(a, 0.025), 0.391025, 1e-14);               // quantile(a, .025)
  EXPECT_NEAR(quantile(a, 0.25), 0.40275, 1e-14);                 // quantile(a, .25)
  EXPECT_NEAR(quantile(a, 0.9), 0.4274, 1e-14);                   // quantile(a, .9)
}

TEST(Summary, EqualValuesHaveExactlyNoDeviation) {
  const std::vector<double> equal(7, 0.1);
  EXPECT_EQ(mean(equal), 0.1);
  EXPECT_EQ(standard_deviation(equal), 0.0);
}

TEST(Summary, MedianOfOddAndEvenCounts) {
  EXPECT_EQ(median({3, 1, 2}), 2);
  EXPECT_EQ(median({4, 1, 3, 2}), 2.5);
  EXPECT_EQ(median({5}), 5);
}

TEST(Summary, TrimmingHalfOfEachTailLeavesTheMedian) {
  EXPECT_EQ(trimmed_mean({9, 1, 3, 4}, 0.5), 3.5);
  EXPECT_EQ(trimmed_mean({9, 1, 3, 4, 5}, 0.5), 4);
}

TEST(Summary, FailedTrialsAreLeftOut) { EXPECT_THAT(without_failed({1, NAN, 3}), ElementsAre(1, 3)); }

}  // namespace
}  // namespace pebench::stats
