#include "host/controller/stats/interval.h"

#include <gtest/gtest.h>

namespace pebench::stats {
namespace {

const std::vector<double> a = {.412, .398, .431, .405, .420, .389, .415, .402, .427, .410};

void expect_interval(const Interval& interval, double low, double high) {
  EXPECT_NEAR(interval.low, low, 1e-12);
  EXPECT_NEAR(interval.high, high, 1e-12);
}

TEST(TInterval, AgreesWithR) {
  expect_interval(t_interval(a).value(), 0.401588445240201, 0.420211554759799);  // t.test(a)$conf.int
  expect_interval(t_interval(a, 0.9).value(), 0.403354489133633,
                  0.418445510866367);  // t.test(a, conf.level = .9)
}

TEST(TInterval, NeedsTwoValues) { EXPECT_FALSE(t_interval({0.4})); }

TEST(TTest, AgreesWithR) {
  EXPECT_NEAR(t_test(a, 0.40).value(), 0.0265607234532849, 1e-12);  // t.test(a, mu = .40)$p.value
  EXPECT_NEAR(t_test(a, 0.42).value(), 0.0543776105897788, 1e-12);
}

TEST(TTest, EqualValuesAreTheExpectedOrNot) {
  EXPECT_EQ(t_test({0.4, 0.4, 0.4}, 0.4), 1);
  EXPECT_EQ(t_test({0.4, 0.4, 0.4}, 0.3), 0);
  EXPECT_FALSE(t_test({0.4}, 0.3));
}

TEST(Wilson, AgreesWithR) {
  // prop.test(k, 10, correct = FALSE)$conf.int
  expect_interval(wilson(0, 10).interval, 0, 0.277532799862889);
  expect_interval(wilson(3, 10).interval, 0.107791267406301, 0.603221852538855);
  expect_interval(wilson(9, 10).interval, 0.595849973204762, 0.982123786904927);
  expect_interval(wilson(10, 10).interval, 0.722467200137111, 1);
  // z <- qnorm(.975); k <- 9.5; n <- 10; (k+z^2/2+c(-1,1)*z*sqrt(k*(n-k)/n+z^2/4))/(n+z^2)
  expect_interval(wilson(9.5, 10).interval, 0.655462781693077, 0.994757698430322);
  EXPECT_EQ(wilson(3, 10).value, 0.3);
}

}  // namespace
}  // namespace pebench::stats
