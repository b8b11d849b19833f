#include "host/controller/stats/seed_policy.h"

#include <gmock/gmock.h>

namespace pebench::stats {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SeedPolicy, EvidenceRisesAtSixTenAndTwenty) {
  EXPECT_EQ(evidence(5), Evidence::spread);
  EXPECT_EQ(evidence(6), Evidence::weak_means);
  EXPECT_EQ(evidence(9), Evidence::weak_means);
  EXPECT_EQ(evidence(10), Evidence::means);
  EXPECT_EQ(evidence(19), Evidence::means);
  EXPECT_EQ(evidence(20), Evidence::stability);
}

TEST(SeedPolicy, VerdictsGainStrengthWithSeedsSoonerOnMeansThanOnStability) {
  EXPECT_EQ(strength_on_means(5), Strength::none);
  EXPECT_EQ(strength_on_means(6), Strength::weak);
  EXPECT_EQ(strength_on_means(10), Strength::firm);
  EXPECT_EQ(strength_on_stability(9), Strength::none);
  EXPECT_EQ(strength_on_stability(10), Strength::exploratory);
  EXPECT_EQ(strength_on_stability(20), Strength::firm);
}

TEST(SeedPolicy, HolmNeedsASmallEnoughP) {
  EXPECT_FALSE(holm_can_reject(6, 9));
  EXPECT_TRUE(holm_can_reject(9, 9));   // 2^-8 * 9 = .035
  EXPECT_FALSE(holm_can_reject(8, 9));  // 2^-7 * 9 = .070
  EXPECT_TRUE(holm_can_reject(6, 1));
}

TEST(SeedPolicy, SaysInWordsWhatSeedsCanShow) {
  EXPECT_THAT(seed_policy(3, 1, 0), HasSubstr("3 seeds show values and their spread, no verdict"));
  EXPECT_THAT(seed_policy(6, 9, 0), HasSubstr("flagged as weak"));
  EXPECT_THAT(seed_policy(6, 9, 0), HasSubstr("smallest two-sided p is 0.0312"));
  EXPECT_THAT(seed_policy(20, 9, 0), HasSubstr("on stability"));
}

TEST(SeedPolicy, NamesFamiliesThatAreTooLargeForHolm) {
  EXPECT_THAT(seed_policy(6, 9, 9), HasSubstr("9 claims can reject nothing at 0.05 (that takes 9 seeds)"));
  EXPECT_THAT(seed_policy(6, 9, 1), Not(HasSubstr("Holm"))) << "no verdict on deviation so or so";
  EXPECT_THAT(seed_policy(10, 40, 1),
              HasSubstr("40 deviations can reject nothing at 0.05 (that takes 11 seeds)"));
  EXPECT_THAT(seed_policy(10, 9, 9), Not(HasSubstr("Holm")));
}

}  // namespace
}  // namespace pebench::stats
