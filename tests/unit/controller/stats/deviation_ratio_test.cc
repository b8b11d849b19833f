#include "host/controller/stats/deviation_ratio.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "host/controller/stats/summary.h"

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
  const DeviationRatio result = test_deviations(x, y, Design::paired, 0).value();
  EXPECT_NEAR(result.ratio, 4.04761904761904, 1e-12);
  EXPECT_EQ(result.p, 0.03125);
  EXPECT_NEAR(test_deviations(y, x, Design::paired, 0)->ratio, 1 / 4.04761904761904, 1e-12);
  EXPECT_EQ(test_deviations(y, x, Design::paired, 0)->p, 0.03125);
}

TEST(DeviationRatio, AGapOfMeansDoesNotMatter) {
  std::vector<double> shifted = y;
  for (double& value : shifted) value += 16;
  const DeviationRatio result = test_deviations(x, shifted, Design::paired, 0).value();
  EXPECT_NEAR(result.ratio, 4.04761904761904, 1e-9);
  EXPECT_EQ(result.p, 0.03125);
}

TEST(DeviationRatio, OneOutlierDoesNotTurnTheVerdict) {
  // By its one outlier the SD of `steady` is the larger, while `restless` has the larger mean |x - median|:
  // direction, p and interval are of one statistic.
  std::vector<double> steady, restless;
  for (int s = 0; s < 20; ++s) {
    steady.push_back(0.3 + 0.0001 * ((s * 7) % 20 - 9.5));
    restless.push_back(0.3 + 0.002 * ((s * 11) % 20 - 9.5));
  }
  steady[4] = 0.42;
  ASSERT_GT(standard_deviation(steady), standard_deviation(restless));
  const DeviationRatio result = compare_deviations(restless, steady, Design::paired, 0).value();
  EXPECT_GT(result.ratio, 1);
  EXPECT_EQ(result.p <= 0.05, result.interval.low > 1);
  EXPECT_LT(result.interval.low, result.ratio);
  EXPECT_GT(result.interval.high, result.ratio);
}

TEST(DeviationRatio, TheIntervalIsTheTestInverted) {
  const std::vector<double> long_x = {.30, .34, .29, .36, .27, .33, .31, .28, .35, .32};
  const std::vector<double> long_y = {.50, .511, .495, .505, .52, .501, .498, .515, .49, .507};
  const DeviationRatio result = compare_deviations(long_x, long_y, Design::paired, 0).value();
  const auto p_under = [&](double ratio) {
    std::vector<double> divided = long_x;
    for (double& value : divided) value /= ratio;
    return test_deviations(divided, long_y, Design::paired, 0)->p;
  };
  EXPECT_GT(result.interval.low, 1);
  EXPECT_GT(p_under(result.interval.low), 0.05);
  EXPECT_GT(p_under(result.interval.high), 0.05);
  // Beyond the ends nothing is accepted any more, between them p need not rise evenly.
  for (double factor = 1.02; factor < 4; factor *= 1.02) {
    EXPECT_LE(p_under(result.interval.low / factor), 0.05) << factor;
    EXPECT_LE(p_under(result.interval.high * factor), 0.05) << factor;
  }
}

TEST(DeviationRatio, FewSeedsBoundNothing) {
  // Of 2^4 exchanges none has p <= .05.
  const DeviationRatio result =
      compare_deviations({.1, .2, .4, .3, .9}, {.1, .11, .13, .12, .1}, Design::paired, 0).value();
  EXPECT_EQ(result.interval.low, 0);
  EXPECT_EQ(result.interval.high, std::numeric_limits<double>::infinity());
}

TEST(DeviationRatio, SeedsAtTheMedianBoundNothingAbove) {
  // Two values of y are its median. Exchanging them changes hardly anything once x has shrunk, so p stays at
  // 8 / 128.
  EXPECT_EQ(compare_deviations(x, y, Design::paired, 0)->interval.high,
            std::numeric_limits<double>::infinity());
}

TEST(DeviationRatio, NothingDeviatesIsNoEvidence) {
  const std::vector<double> constant(6, 0.3);
  const DeviationRatio result = test_deviations(constant, constant, Design::paired, 0).value();
  EXPECT_EQ(result.ratio, 1);
  EXPECT_EQ(result.p, 1);
}

TEST(DeviationRatio, RoundingIsNoDeviation) {
  const std::vector<double> third = {0.1 + 0.2, 0.3, 0.1 + 0.2, 0.3};
  EXPECT_EQ(test_deviations(third, {0.3, 0.3, 0.3, 0.3}, Design::paired, 0)->ratio, 1);
}

TEST(DeviationRatio, OnlyOneDeviatesIsAnInfiniteRatio) {
  const std::vector<double> constant(7, 0.3);
  const DeviationRatio result = compare_deviations(x, constant, Design::paired, 0).value();
  EXPECT_EQ(result.ratio, std::numeric_limits<double>::infinity());
  EXPECT_LE(result.p, 0.125);
  EXPECT_EQ(result.interval.low, 0);
}

TEST(DeviationRatio, SeedsThatEitherLacksAreLeftOut) {
  std::vector<double> longer_x = x, longer_y = y;
  longer_x.push_back(NAN);
  longer_y.push_back(0.9);
  EXPECT_EQ(test_deviations(longer_x, longer_y, Design::paired, 0)->p, 0.03125);
  EXPECT_FALSE(test_deviations({NAN, .2, NAN}, {.1, NAN, .3}, Design::paired, 0));
}

TEST(DeviationRatio, UnpairedExchangesAcrossBoth) {
  // R: U <- c(u, v); R <- apply(combn(14, 7), 2, function(i) rr(U[i], U[-i])); sum(R >= rr(u, v) * (1 -
  // 1e-12))
  const DeviationRatio result = test_deviations(x, y, Design::unpaired, 0).value();
  EXPECT_NEAR(result.ratio, 4.04761904761904, 1e-12);
  EXPECT_NEAR(result.p, 60.0 / 3432, 1e-12);
}

}  // namespace
}  // namespace pebench::stats
