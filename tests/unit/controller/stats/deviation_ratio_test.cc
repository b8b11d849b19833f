#include "host/controller/stats/deviation_ratio.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace pebench::stats {
namespace {

// R: dev <- function(v) mean(abs(v - median(v))); rr <- function(u, v) max(dev(u), dev(v)) / min(dev(u),
// dev(v))
//    u <- x - median(x); v <- y - median(y); S <- as.matrix(expand.grid(rep(list(c(TRUE, FALSE)), 7)))
//    R <- apply(S, 1, function(s) rr(ifelse(s, u, v), ifelse(s, v, u))); mean(R >= rr(u, v) * (1 - 1e-12))
const std::vector<double> x = {.30, .34, .29, .36, .27, .33, .31};
const std::vector<double> y = {.50, .51, .495, .505, .52, .50, .498};

TEST(MeanDeviation, AgreesWithItsDefinition) {
  EXPECT_NEAR(mean_deviation(x), (.01 + .03 + .02 + .05 + .04 + .02) / 7, 1e-15);
  EXPECT_NEAR(mean_deviation({1, 2, 4, 8}), (2 + 1 + 1 + 5) / 4.0, 1e-15);
}

TEST(DeviationRatio, AgreesWithEnumerationInR) {
  const TestResult result = deviation_ratio_test({{x, y}}, {{0, 1}}, 0)[0][0];
  EXPECT_NEAR(result.statistic, 4.04761904761904, 1e-12);
  EXPECT_EQ(result.p, 0.03125);
}

TEST(DeviationRatio, AGapOfMeansDoesNotMatter) {
  std::vector<double> shifted = y;
  for (double& value : shifted) value += 16;
  const TestResult result = deviation_ratio_test({{x, shifted}}, {{0, 1}}, 0)[0][0];
  EXPECT_NEAR(result.statistic, 4.04761904761904, 1e-9);
  EXPECT_EQ(result.p, 0.03125);
}

TEST(DeviationRatio, StepsDownOverPairsWithOneSwapVector) {
  // R: as above for the pairs xv, xw, vw, one column each; in falling order of the observed ratio, the
  // running maximum of
  //    mean(apply(R[, this pair and those after it], 1, max) >= observed * (1 - 1e-12))
  const std::vector<double> v = {.50, .53, .48, .505, .49, .50, .515};
  const std::vector<double> w = {.40, .45, .41, .37, .38, .40, .44};
  const auto results = deviation_ratio_test({{x, v, w}}, {{0, 1}, {0, 2}, {1, 2}}, 0)[0];
  EXPECT_NEAR(results[0].statistic, 2.125, 1e-12);
  EXPECT_NEAR(results[1].statistic, 1.13333333333333, 1e-12);
  EXPECT_NEAR(results[2].statistic, 1.875, 1e-12);
  EXPECT_EQ(results[0].p, 0.1875);
  EXPECT_EQ(results[1].p, 0.796875);
  EXPECT_EQ(results[2].p, 0.1875);
  EXPECT_EQ(results[0].adjusted_p, 0.234375);
  EXPECT_EQ(results[1].adjusted_p, 0.796875);
  EXPECT_EQ(results[2].adjusted_p, 0.234375);
}

TEST(DeviationRatio, NothingDeviatesIsNoEvidence) {
  const std::vector<double> constant(6, 0.3);
  const TestResult result = deviation_ratio_test({{constant, constant}}, {{0, 1}}, 0)[0][0];
  EXPECT_EQ(result.statistic, 1);
  EXPECT_EQ(result.p, 1);
}

TEST(DeviationRatio, OnlyOneDeviatesIsAnInfiniteRatio) {
  const std::vector<double> constant(7, 0.3);
  const TestResult result = deviation_ratio_test({{x, constant}}, {{0, 1}}, 0)[0][0];
  EXPECT_EQ(result.statistic, std::numeric_limits<double>::infinity());
  EXPECT_LE(result.p, 0.125);
}

TEST(DeviationRatio, SeedsThatEitherFailedAreLeftOut) {
  std::vector<double> longer_x = x, longer_y = y;
  longer_x.push_back(NAN);
  longer_y.push_back(0.9);
  EXPECT_EQ(deviation_ratio_test({{longer_x, longer_y}}, {{0, 1}}, 0)[0][0].p, 0.03125);
  EXPECT_EQ(deviation_ratio_test({{{NAN, .2, NAN}, {.1, NAN, .3}}}, {{0, 1}}, 0)[0][0].p, 1);
}

}  // namespace
}  // namespace pebench::stats
