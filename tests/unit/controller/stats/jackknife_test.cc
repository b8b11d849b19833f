#include "host/controller/stats/jackknife.h"

#include <gtest/gtest.h>

#include <limits>

#include "host/controller/stats/interval.h"
#include "host/controller/stats/power.h"
#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

const std::vector<double> a = {.412, .398, .431, .405, .420, .389, .415, .402, .427, .410};

std::vector<double> of_seeds(const std::vector<std::size_t>& seeds) {
  std::vector<double> values;
  for (const std::size_t s : seeds) values.push_back(a[s]);
  return values;
}

TEST(Jackknife, AgreesWithR) {
  // f <- function(x) sd(x) / mean(x) - .02; j <- sapply(1:n, function(i) f(a[-i]))
  // se <- sqrt((n-1)/n * sum((j - mean(j))^2)); 2 * pt(-abs(f(a) / se), n - 1)
  const Jackknife result = jackknife(a.size(), [](const std::vector<std::size_t>& seeds) {
    const std::vector<double> values = of_seeds(seeds);
    return standard_deviation(values) / mean(values) - 0.02;
  });
  EXPECT_NEAR(result.estimate, 0.011678403496182, 1e-13);
  EXPECT_NEAR(result.standard_error, 0.00664994979317344, 1e-13);
  EXPECT_NEAR(result.p, 0.112942532698031, 1e-11);
}

TEST(Jackknife, OfAMeanIsTheTTest) {
  const Jackknife result =
      jackknife(a.size(), [](const std::vector<std::size_t>& seeds) { return mean(of_seeds(seeds)) - 0.4; });
  EXPECT_NEAR(result.p, t_test(a, 0.4).value(), 1e-10);
}

TEST(Jackknife, WhatIsNotFiniteShowsNothing) {
  const Jackknife result =
      jackknife(4, [](const std::vector<std::size_t>&) { return std::numeric_limits<double>::infinity(); });
  EXPECT_EQ(result.p, 1);
}

TEST(SeedsForPower, FollowTheNormalApproximation) {
  EXPECT_EQ(seeds_for_power(0.1, 8, 0.05),
            24u);  // R: ceiling(8 * ((qnorm(.975) + qnorm(.8)) / qnorm(.95))^2)
  EXPECT_FALSE(seeds_for_power(1, 8, 0.05));
  EXPECT_FALSE(seeds_for_power(0.99, 8, 0.05));
}

TEST(SeedsForPower, AreAtLeastThoseThatMakeSuchAPPossible) {
  EXPECT_EQ(seeds_for_power(1e-12, 4, 0.05), 6u);    // 2^-5 = .031
  EXPECT_EQ(seeds_for_power(1e-12, 4, 0.001), 11u);  // 2^-10 = .00098
}

}  // namespace
}  // namespace pebench::stats
