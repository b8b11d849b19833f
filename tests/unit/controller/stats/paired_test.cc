#include "host/controller/stats/paired.h"

#include <gtest/gtest.h>

#include <cmath>

namespace pebench::stats {
namespace {

const std::vector<double> a = {.412, .398, .431, .405, .420, .389, .415, .402, .427, .410};
const std::vector<double> b = {.401, .399, .412, .400, .411, .392, .402, .398, .409, .405};

TEST(Paired, AgreesWithR) {
  const PairedComparison result = compare_paired(a, b).value();
  EXPECT_EQ(result.seeds, 10u);
  EXPECT_NEAR(result.mean, 0.008, 1e-14);                        // mean(a - b)
  EXPECT_NEAR(result.interval.low, 0.00271087207948016, 1e-13);  // t.test(a, b, paired = TRUE)$conf.int
  EXPECT_NEAR(result.interval.high, 0.0132891279205198, 1e-13);
  EXPECT_NEAR(result.effect_size.value(), 1.08200356160092, 1e-11);  // mean(a - b) / sd(a - b)
  EXPECT_EQ(result.superiority.value, 0.8);                          // mean(a > b)
}

TEST(Paired, SeedsThatEitherFailedAreLeftOut) {
  const PairedComparison result = compare_paired({1, NAN, 3, 5}, {0, 0, NAN, 3}).value();
  EXPECT_EQ(result.seeds, 2u);
  EXPECT_EQ(result.mean, 1.5);
  EXPECT_FALSE(compare_paired({1, NAN}, {0, 0}));
}

TEST(Paired, TiesCountHalf) { EXPECT_EQ(compare_paired({1, 2, 3, 4}, {1, 2, 2, 5})->superiority.value, 0.5); }

TEST(Paired, EffectSizeNeedsVariation) { EXPECT_FALSE(compare_paired({2, 3}, {1, 2})->effect_size); }

}  // namespace
}  // namespace pebench::stats
