#include "host/controller/stats/means.h"

#include <gtest/gtest.h>

#include <cmath>

namespace pebench::stats {
namespace {

const std::vector<double> a = {.412, .398, .431, .405, .420, .389, .415, .402, .427, .410};
const std::vector<double> b = {.401, .399, .412, .400, .411, .392, .402, .398, .409, .405};

TEST(Paired, AgreesWithR) {
  const MeanComparison result = compare_paired(a, b).value();
  EXPECT_EQ(result.seeds, 10u);
  EXPECT_NEAR(result.difference, 0.008, 1e-14);                  // mean(a - b)
  EXPECT_NEAR(result.interval.low, 0.00271087207948016, 1e-13);  // t.test(a, b, paired = TRUE)$conf.int
  EXPECT_NEAR(result.interval.high, 0.0132891279205198, 1e-13);
  EXPECT_NEAR(result.effect_size.value(), 1.08200356160092, 1e-11);  // mean(a - b) / sd(a - b)
  EXPECT_EQ(result.superiority, 0.8);                                // mean(a > b)
}

TEST(Paired, SeedsThatEitherFailedAreLeftOut) {
  const MeanComparison result = compare_paired({1, NAN, 3, 5}, {0, 0, NAN, 3}).value();
  EXPECT_EQ(result.seeds, 2u);
  EXPECT_EQ(result.difference, 1.5);
  EXPECT_FALSE(compare_paired({1, NAN}, {0, 0}));
}

TEST(Paired, TiesCountHalf) { EXPECT_EQ(compare_paired({1, 2, 3, 4}, {1, 2, 2, 5})->superiority, 0.5); }

TEST(Paired, EffectSizeNeedsVariation) { EXPECT_FALSE(compare_paired({2, 3}, {1, 2})->effect_size); }

TEST(Paired, DifferencesOfRoundingAloneAreNone) {
  const MeanComparison result = compare_paired({0.1 + 0.2, 0.7}, {0.3, 0.1 * 7}).value();
  EXPECT_EQ(result.difference, 0);
  EXPECT_EQ(result.superiority, 0.5);
}

TEST(Unpaired, AgreesWithR) {
  const std::vector<double> few = {.401, .399, .412, .400, .411, .392};
  const MeanComparison result = compare_unpaired(a, few).value();
  EXPECT_EQ(result.seeds, 6u);
  EXPECT_NEAR(result.difference, 0.00840000000000002, 1e-14);  // mean(a) - mean(few)
  EXPECT_NEAR(result.interval.low, -0.00268844350163, 1e-10);  // t.test(a, few)$conf.int
  EXPECT_NEAR(result.interval.high, 0.01948844350163, 1e-10);
  EXPECT_NEAR(result.superiority, 0.708333333333333,
              1e-12);  // mean(outer(a, few, ">") + outer(a, few, "==") / 2)
}

TEST(Unpaired, PermutationAgreesWithEnumeration) {
  // Of the 20 choices of 3 among 6, only the observed one and its mirror separate the groups.
  EXPECT_NEAR(permutation_test({1, 2, 3}, {7, 8, 9.5}, 0).value(), 0.1, 1e-12);
  EXPECT_EQ(permutation_test({1, 1, 1}, {1, 1, 1}, 0).value(), 1);
  EXPECT_FALSE(permutation_test({1, NAN}, {1, 2}, 0));
}

TEST(Design, IsPairedFromTwoCommonSeedsOn) {
  EXPECT_EQ(design_of({1, 2, NAN}, {1, 2, 3}), Design::paired);
  EXPECT_EQ(design_of({1, NAN, NAN}, {1, 2, 3}), Design::unpaired);
}

}  // namespace
}  // namespace pebench::stats
