#include "host/controller/stats/deviation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "host/controller/stats/failure.h"
#include "host/controller/stats/summary.h"

namespace pebench::stats {
namespace {

const std::vector<double> a = {.412, .398, .431, .405, .420, .389, .415, .402, .427, .410};

TEST(Deviation, RelatesTheSdToMeanAndChance) {
  const Deviation result = deviation(a, 0.1);
  EXPECT_NEAR(result.sd.value(), 0.0130166559965812, 1e-15);  // R: sd(a)
  EXPECT_NEAR(result.cv.value(), 0.0130166559965812 / 0.4109, 1e-14);
  EXPECT_NEAR(result.relative_to_chance.value(), 0.0130166559965812 / 0.3109, 1e-14);
}

TEST(Deviation, RatiosNeedAPositiveDenominator) {
  EXPECT_FALSE(deviation(a, 0.5).relative_to_chance);
  EXPECT_FALSE(deviation({-1, 0, 1}, -1).cv);
  EXPECT_TRUE(deviation({-1, 0, 1}, -1).relative_to_chance);
  EXPECT_FALSE(deviation({0.3}, 0).sd);
}

TEST(Bonett, AgreesWithTheFormulaInR) {
  // n <- length(x); z <- qnorm((1+conf)/2); c <- n/(n-z); m <- mean(x, trim = 1/(2*sqrt(n-4)))
  // g <- n*sum((x-m)^4)/sum((x-mean(x))^2)^2; se <- c*sqrt((g-(n-3)/n)/(n-1)); sqrt(exp(log(c*var(x)) +
  // c(-1,1)*z*se))
  const auto expect = [](const std::vector<double>& values, double confidence, double low, double high) {
    const Interval interval = bonett_interval(values, confidence).value();
    EXPECT_NEAR(interval.low, low, 1e-12);
    EXPECT_NEAR(interval.high, high, 1e-12);
  };
  expect(a, 0.95, 0.00888144879569304, 0.0237277765854002);
  expect({a.begin(), a.begin() + 5}, 0.95, 0.00596706567408852, 0.0456723087881091);
  expect({a.begin(), a.begin() + 6}, 0.95, 0.00843946521261648, 0.0405035896529884);
  expect(a, 0.9, 0.00957627500902706, 0.0211762074481183);
}

TEST(Bonett, NeedsFiveValuesThatDiffer) {
  EXPECT_FALSE(bonett_interval({.1, .2, .3, .4}));
  EXPECT_FALSE(bonett_interval({.1, .1, .1, .1, .1, .1}));
}

TEST(Bonett, TestInvertsTheInterval) {
  // R: z <- uniroot(function(z) interval(a, z)[1] - .01, c(0, 6), tol = 1e-13)$root; 2 * pnorm(-z), and [2] -
  // .03
  EXPECT_NEAR(bonett_test(a, 0.01).value(), 0.146861211522118, 1e-9);
  EXPECT_NEAR(bonett_test(a, 0.03).value(), 0.0109243444825674, 1e-9);
  EXPECT_NEAR(bonett_test(a, bonett_interval(a)->high).value(), 0.05, 1e-9);
  EXPECT_NEAR(bonett_test(a, standard_deviation(a)).value(), 1, 1e-12);
  EXPECT_EQ(bonett_test(a, 0), 0);
  EXPECT_FALSE(bonett_test({.1, .1, .1, .1, .1, .1}, 0.1));
}

TEST(FailureRate, TestAgreesWithR) {
  // min(1, 2 * min(pbinom(k, n, rate), pbinom(k - 1, n, rate, lower.tail = FALSE)))
  EXPECT_NEAR(failure_rate_test(3, 10, 0.1), 0.1403816528, 1e-12);
  EXPECT_NEAR(failure_rate_test(0, 20, 0.2), 0.0230584300921369, 1e-12);
  EXPECT_NEAR(failure_rate_test(9, 10, 0.3), 0.0002873718, 1e-12);
  EXPECT_EQ(failure_rate_test(0, 10, 0), 1);
  EXPECT_EQ(failure_rate_test(1, 10, 0), 0);
  EXPECT_EQ(failure_rate_test(10, 10, 1), 1);
}

}  // namespace
}  // namespace pebench::stats
