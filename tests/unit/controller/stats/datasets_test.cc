#include <gmock/gmock.h>

#include <cmath>

#include "host/controller/stats/aggregate.h"
#include "host/controller/stats/critical_difference.h"
#include "host/controller/stats/studentized_range.h"

namespace pebench::stats {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

TEST(StudentizedRange, QuantilesAgreeWithR) {
  // uniroot(function(q) ptukey(q, k, Inf) - p, c(1, 10), tol = 1e-14)$root; qtukey itself stops at about 1e-6
  // of it.
  EXPECT_NEAR(studentized_range_quantile(.95, 2), 2.77180764869935, 1e-8);
  EXPECT_NEAR(studentized_range_quantile(.95, 3), 3.31449315540645, 1e-8);
  EXPECT_NEAR(studentized_range_quantile(.95, 5), 3.85765551038426, 1e-8);
  EXPECT_NEAR(studentized_range_quantile(.95, 9), 4.38650911540349, 1e-8);
  EXPECT_NEAR(studentized_range_quantile(.95, 20), 5.01168879308819, 1e-8);
  EXPECT_NEAR(studentized_range_quantile(.90, 9), 4.03702313058979, 1e-8);
  EXPECT_NEAR(studentized_range_quantile(.99, 4), 4.40280086144645, 1e-8);
  EXPECT_NEAR(studentized_range_quantile(.95, 9), 4.38650927983432, 1e-6);  // qtukey(.95, 9, Inf)
}

TEST(StudentizedRange, ProbabilitiesAgreeWithR) {
  EXPECT_NEAR(studentized_range_probability(3.2, 6), 0.790511324079884, 1e-10);   // ptukey(3.2, 6, Inf)
  EXPECT_NEAR(studentized_range_probability(0.5, 3), 0.0665780548646956, 1e-10);  // ptukey(.5, 3, Inf)
  EXPECT_EQ(studentized_range_probability(0, 3), 0);
}

const std::vector<std::vector<double>> six_datasets = {{.30, .25, .28, .20}, {.41, .40, .35, .33},
                                                       {.22, .22, .20, .15}, {.51, .45, .47, .44},
                                                       {.33, .30, .31, .25}, {.61, .62, .55, .50}};

TEST(Ranks, OneIsBestAndTiesShare) {
  const auto ranks = ranks_by_dataset(six_datasets);
  EXPECT_THAT(ranks[0], ElementsAre(1, 3, 2, 4));
  EXPECT_THAT(ranks[2], ElementsAre(1.5, 1.5, 3, 4));
}

TEST(CriticalDifference, AgreesWithR) {
  const CriticalDifference result = critical_difference(six_datasets).value();
  EXPECT_THAT(result.mean_ranks, ElementsAre(DoubleNear(1.25, 1e-12), DoubleNear(2.25, 1e-12),
                                             DoubleNear(2.5, 1e-12), DoubleNear(4, 1e-12)));
  EXPECT_NEAR(result.friedman, 14.1864406779661, 1e-10);  // friedman.test(m)
  EXPECT_NEAR(result.p, 0.00266205214543874, 1e-12);      // the same
  EXPECT_NEAR(result.difference, 1.91484323022329,
              1e-8);  // qtukey(.95, 4, Inf) / sqrt(2) * sqrt(4 * 5 / (6 * 6))
  EXPECT_THAT(result.groups, ElementsAre(ElementsAre(0, 1, 2), ElementsAre(1, 2, 3)));
}

TEST(CriticalDifference, NeedsFiveDataSets) {
  EXPECT_TRUE(critical_difference({six_datasets.begin(), six_datasets.begin() + 5}));
  EXPECT_FALSE(critical_difference({six_datasets.begin(), six_datasets.begin() + 4}));
}

TEST(CriticalDifference, NothingDiffersWhenAllAreTied) {
  const CriticalDifference result = critical_difference(std::vector(5, std::vector(3, 0.2))).value();
  EXPECT_EQ(result.p, 1);
  EXPECT_THAT(result.groups, ElementsAre(ElementsAre(0, 1, 2)));
}

TEST(Normalized, ChanceIsZeroAndWhatHasNoValueIsLeftOut) {
  EXPECT_THAT(normalized({0.2, 1, 0.6, 0.1, NAN}, 0.2),
              ElementsAre(0, 1, DoubleNear(0.5, 1e-15), DoubleNear(-0.125, 1e-15)));
}

const std::vector<std::vector<double>> two_datasets = {{.1, .2, .5, .4, .3}, {.9, .7, .8, .05, .6, .65}};

TEST(InterquartileMean, AgreesWithR) {
  // mean(c(.1,.2,.5,.4,.3,.9,.7,.8,.05,.6,.65), trim = .25)
  const Estimate result = interquartile_mean(two_datasets, {});
  EXPECT_NEAR(result.value, 0.478571428571429, 1e-14);
  EXPECT_LT(result.interval.low, result.value);
  EXPECT_GT(result.interval.high, result.value);
}

TEST(InterquartileMean, RedrawsWithinDataSetsOnly) {
  // Every data set is constant, so a stratified resample never differs.
  const Estimate result = interquartile_mean({{.1, .1, .1}, {.7, .7, .7}, {.9, .9, .9}}, {});
  EXPECT_EQ(result.interval.low, result.value);
  EXPECT_EQ(result.interval.high, result.value);
}

TEST(InterquartileMean, IsSeeded) {
  const auto interval = [](std::uint64_t seed) {
    BootstrapOptions options;
    options.seed = seed;
    options.resamples = 200;
    return interquartile_mean({{.13, .21, .52, .48, .37, .31}}, options).interval;
  };
  EXPECT_EQ(interval(1).low, interval(1).low);
  EXPECT_NE(interval(1).low + interval(1).high, interval(2).low + interval(2).high);
}

TEST(PerformanceProfile, IsTheShareAboveEachThresholdAveragedOverDataSets) {
  const auto profile = performance_profile(two_datasets, {-1, .25, .6, 1}, {});
  ASSERT_EQ(profile.size(), 4u);
  EXPECT_EQ(profile[0].share.value, 1);
  EXPECT_NEAR(profile[1].share.value, (3 / 5.0 + 5 / 6.0) / 2, 1e-15);
  EXPECT_NEAR(profile[2].share.value, (0 + 4 / 6.0) / 2, 1e-15);
  EXPECT_EQ(profile[3].share.value, 0);
  EXPECT_LT(profile[1].share.interval.low, profile[1].share.value);
}

}  // namespace
}  // namespace pebench::stats
