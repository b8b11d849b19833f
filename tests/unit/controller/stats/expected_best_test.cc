#include "host/controller/stats/expected_best.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace pebench::stats {
namespace {

/// Over all N^n ways to draw.
ExpectedBest enumerated(const std::vector<double>& values, std::size_t n) {
  std::vector<double> largest = {-INFINITY};
  for (std::size_t draw = 0; draw < n; ++draw) {
    std::vector<double> longer;
    for (const double so_far : largest)
      for (const double value : values) longer.push_back(std::max(so_far, value));
    largest = std::move(longer);
  }
  double sum = 0, squares = 0;
  for (const double value : largest) {
    sum += value;
    squares += value * value;
  }
  const auto count = static_cast<double>(largest.size());
  return {sum / count, std::sqrt(squares / count - sum * sum / count / count)};
}

TEST(ExpectedBest, IsWhatAllDrawsGive) {
  for (const std::vector<double>& values : std::vector<std::vector<double>>{
           {0.3, 0.1, 0.25, 0.02, 0.11}, {0.2, 0.2, 0.1}, {0.5, 0.5, 0.5, 0.0}, {0.4}})
    for (std::size_t n = 1; n <= 6; ++n) {
      const ExpectedBest closed = expected_best(values, n), brute = enumerated(values, n);
      EXPECT_NEAR(closed.mean, brute.mean, 1e-12) << values.size() << " values, n = " << n;
      EXPECT_NEAR(closed.deviation, brute.deviation, 1e-7) << values.size() << " values, n = " << n;
    }
}

TEST(ExpectedBest, OfOneDrawIsTheMean) {
  const ExpectedBest one = expected_best({1, 2, 6}, 1);
  EXPECT_DOUBLE_EQ(one.mean, 3);
  EXPECT_DOUBLE_EQ(one.deviation, std::sqrt(14.0 / 3));
}

TEST(ExpectedBest, OfManyDrawsIsTheLargest) { EXPECT_NEAR(expected_best({1, 2, 6}, 200).mean, 6, 1e-12); }

}  // namespace
}  // namespace pebench::stats
