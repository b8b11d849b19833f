#include "host/controller/stats/shift.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "host/base/random.h"

namespace pebench::stats {
namespace {

const std::vector<double> x = {1.021, 1.052, 1.013, 1.104, 1.075, 1.036, 1.047, 1.068, 1.029};
const std::vector<double> y = {1.0001, 0.9902, 1.0303, 1.0104, 0.9805, 1.0206, 1.0057, 1.0158};

TEST(Shift, AgreesWithR) {
  // d <- sort(as.vector(outer(x, y, "-"))); median(d)
  // k <- floor(36 - qnorm(.975) * sqrt(72 * 18 / 12)); c(d[k], d[72 - k + 1])
  const Shift found = shift(x, y);
  EXPECT_NEAR(found.estimate, 0.03965, 1e-12);
  EXPECT_NEAR(found.interval.low, 0.0153, 1e-12);
  EXPECT_NEAR(found.interval.high, 0.0693, 1e-12);
  // wilcox.test(x, y, conf.int = TRUE, exact = TRUE)$conf.int lies within, by one place at either end.
  EXPECT_LE(found.interval.low, 0.0154);
  EXPECT_GE(found.interval.high, 0.0679);
}

TEST(Shift, OfTheSmallestSamplesAndTheOtherWayRound) {
  const Shift found = shift({1, 2, 3, 4, 5}, {1, 2, 3, 4, 5});
  EXPECT_EQ(found.estimate, 0);
  EXPECT_EQ(found.interval.low, -found.interval.high);
  const Shift forth = shift(x, y), back = shift(y, x);
  EXPECT_NEAR(forth.estimate, -back.estimate, 1e-15);
  EXPECT_NEAR(forth.interval.low, -back.interval.high, 1e-15);
}

TEST(Shift, CoversWhatItSaysOfSkewedTimes) {
  base::Stream random(1, "test", "shift");
  const auto sample = [&](std::size_t n) {
    std::vector<double> values(n);
    for (double& value : values) value = -std::log(1 - random.uniform());
    return values;
  };
  int covered = 0;
  constexpr int repetitions = 2000;
  for (int i = 0; i < repetitions; ++i) {
    const Shift found = shift(sample(20), sample(20));
    covered += found.interval.low <= 0 && found.interval.high >= 0 ? 1 : 0;
  }
  EXPECT_GE(covered, 0.935 * repetitions);
  EXPECT_LE(covered, 0.97 * repetitions);
}

}  // namespace
}  // namespace pebench::stats
