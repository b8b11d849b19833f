#include "host/controller/stats/sign_flip.h"

#include <gtest/gtest.h>

#include <cmath>

namespace pebench::stats {
namespace {

// R: signs <- as.matrix(expand.grid(rep(list(c(1,-1)), 10)))
//    q <- function(d) as.vector((signs %*% d)^2 / sum(d^2)); q0 <- sum(d)^2 / sum(d^2)
//    mean(q(d) >= q0 * (1 - 1e-12))
const std::vector<double> clear = {.011, -.001, .019, .005, .009, -.003, .013, .004, .018, .005};
const std::vector<double> weak = {.003, -.002, .004, .001, -.001, .002, .005, -.003, .001, .002};
const std::vector<double> six_seeds = {.010, .004, .007, -.001, .006, .009};

TEST(SignFlip, AgreesWithEnumerationInR) {
  const TestResult first = sign_flip_test({{clear}}, 0)[0][0];
  EXPECT_NEAR(first.statistic, 5.65371024734982, 1e-12);
  EXPECT_EQ(first.p, 0.009765625);
  EXPECT_EQ(first.adjusted_p, 0.009765625);
  const TestResult second = sign_flip_test({{weak}}, 0)[0][0];
  EXPECT_NEAR(second.statistic, 1.94594594594595, 1e-12);
  EXPECT_EQ(second.p, 0.212890625);
}

TEST(SignFlip, DifferencesThatAreEqualButForRoundingTie) {
  // R: exactRankTests::perm.test(c(-2, 3, -1, 6, 3, 2, 6, 2), paired = FALSE) of hundredths: 20 of 256 sign
  // vectors
  const std::vector<double> plain = {5001.57, 5001.71, 5000.03, 5000.23, 5001.05, 5000.29, 5000.10, 5000.48},
                            other = {5001.55, 5001.74, 5000.02, 5000.29, 5001.08, 5000.31, 5000.16, 5000.50};
  std::vector<double> differences;
  for (std::size_t i = 0; i < plain.size(); ++i) differences.push_back(other[i] - plain[i]);
  EXPECT_EQ(sign_flip_test({{differences}}, 0)[0][0].p, 0.078125);
  // Differences that sum to 0 are as far from it as can be.
  EXPECT_EQ(sign_flip_test({{{0.1, 0.2, -0.3, 0.4, -0.1, -0.3}}}, 0)[0][0].p, 1);
}

TEST(SignFlip, StepsDownOverEncodingsWithOneSignVector) {
  // R: max(mean(pmax(q(clear), q(weak)) >= q0(clear) * (1 - 1e-12)))
  const auto results = sign_flip_test({{weak, clear}}, 0)[0];
  EXPECT_EQ(results[1].adjusted_p, 0.017578125);
  EXPECT_EQ(results[0].adjusted_p, 0.212890625);
}

TEST(SignFlip, DataSetsAreFlippedIndependently) {
  // R: all 1024 * 64 combinations, g <- expand.grid(1:1024, 1:64); max over the remaining of cbind(q1[g$1],
  // q2[g$1], q3[g$2])
  const auto results = sign_flip_test({{clear, weak}, {six_seeds}}, 0);
  EXPECT_NEAR(results[0][0].adjusted_p, 0.017578125, 1e-15);
  EXPECT_NEAR(results[1][0].adjusted_p, 0.102783203125, 1e-15);
  EXPECT_NEAR(results[0][1].adjusted_p, 0.212890625, 1e-15);
  EXPECT_EQ(results[1][0].p, 0.0625);
}

TEST(SignFlip, SmallestPossiblePNeedsOnlyTheSignsToAgree) {
  EXPECT_EQ(sign_flip_test({{{.1, .2, .1, .3, .2, .1}}}, 0)[0][0].p, 0.03125);
  EXPECT_EQ(smallest_p(6), 0.03125);
  EXPECT_EQ(smallest_p(0), 1);
}

TEST(SignFlip, NoDifferencesGiveOne) {
  const auto results = sign_flip_test({{{0, 0, 0, 0, 0, 0, 0}, {NAN, NAN, NAN, NAN, NAN, NAN, NAN}}}, 0)[0];
  for (const TestResult& result : results) {
    EXPECT_EQ(result.statistic, 0);
    EXPECT_EQ(result.p, 1);
    EXPECT_EQ(result.adjusted_p, 1);
  }
}

TEST(SignFlip, EqualStatisticsCountDespiteRounding) {
  // Any signs of which four agree give the same sum; adding in another order rounds differently.
  const double p = sign_flip_test({{{.1, .1, .1, .1, -.1}}}, 0)[0][0].p;
  EXPECT_EQ(p, 12.0 / 32);  // choose(5,0) + choose(5,1) + choose(5,4) + choose(5,5) of 2^5
}

TEST(SignFlip, MissingSeedsAreLeftOut) {
  std::vector<double> with_failures = {NAN};
  with_failures.insert(with_failures.end(), clear.begin(), clear.end());
  with_failures.push_back(NAN);
  EXPECT_EQ(sign_flip_test({{with_failures}}, 0)[0][0].p, 0.009765625);
}

TEST(SignFlip, BeyondTwentySeedsFlipsAreDrawn) {
  std::vector<double> differences(25);
  for (std::size_t s = 0; s < differences.size(); ++s)
    differences[s] = 0.4 + std::sin(2.0 * static_cast<double>(s));
  const double drawn = sign_flip_test({{differences}}, 3)[0][0].p;
  // All 2^25 in R, as sums of 2^12 and of 2^12 with the last sign fixed: 0.01042777. Its deviation over
  // 100,000 draws is .0003.
  EXPECT_NEAR(drawn, 0.01042777, 0.0012);
  EXPECT_NEAR(drawn * 100001, std::round(drawn * 100001), 1e-6);
  EXPECT_EQ(sign_flip_test({{differences}}, 3)[0][0].p, drawn);
  EXPECT_NE(sign_flip_test({{differences}}, 4)[0][0].p, drawn);
}

TEST(SignFlip, DrawnFlipsNeverGiveZero) {
  EXPECT_EQ(sign_flip_test({{std::vector<double>(40, 0.1)}}, 0)[0][0].p, 1 / 100001.0);
}

}  // namespace
}  // namespace pebench::stats
