// How often intervals cover and tests reject, in seeded simulations. Bounds are 4 binomial deviations wide.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "host/base/random.h"
#include "host/controller/stats/deviation.h"
#include "host/controller/stats/deviation_ratio.h"
#include "host/controller/stats/interval.h"
#include "host/controller/stats/sign_flip.h"

namespace pebench::stats {
namespace {

std::vector<double> normals(std::size_t n, base::Stream& stream) {
  std::vector<double> values(n);
  for (double& value : values) value = stream.normal();
  return values;
}

// The share of `repetitions` in which `happens`.
double frequency(int repetitions, const char* name, const std::function<bool(base::Stream&)>& happens) {
  base::Stream stream(1, "test", name);
  int count = 0;
  for (int i = 0; i < repetitions; ++i) count += happens(stream);
  return static_cast<double>(count) / repetitions;
}

double four_deviations(double probability, int repetitions) {
  return 4 * std::sqrt(probability * (1 - probability) / repetitions);
}

bool contains(const Interval& interval, double value) {
  return interval.low <= value && value <= interval.high;
}

TEST(Coverage, OfTheTIntervalOfNormalValues) {
  constexpr int repetitions = 20000;
  for (const std::size_t n : {3u, 6u, 10u}) {
    const double covered = frequency(repetitions, "t", [n](base::Stream& stream) {
      return contains(t_interval(normals(n, stream)).value(), 0);
    });
    EXPECT_NEAR(covered, 0.95, four_deviations(0.95, repetitions)) << n;
  }
}

TEST(Coverage, OfBonettsIntervalOfTenNormalValues) {
  // The interval is approximate. R, 200,000 samples of rnorm(10): .9617.
  constexpr int repetitions = 20000;
  const double covered = frequency(repetitions, "bonett", [](base::Stream& stream) {
    return contains(bonett_interval(normals(10, stream)).value(), 1);
  });
  EXPECT_NEAR(covered, 0.9617, four_deviations(0.9617, repetitions));
}

TEST(Size, OfTheSignFlipTestIsExact) {
  // With 8 seeds p is a multiple of 2/256, so that P(p <= .05) = 12/256 for continuous values, here skewed in
  // size.
  constexpr int repetitions = 4000;
  const double rejected = frequency(repetitions, "sign flip", [](base::Stream& stream) {
    std::vector<double> differences = normals(8, stream);
    for (double& difference : differences) difference = difference * difference * difference;
    return sign_flip_test({{differences}}, 0)[0][0].p <= 0.05;
  });
  EXPECT_NEAR(rejected, 12.0 / 256, four_deviations(0.05, repetitions));
}

TEST(Size, OfMaxTOverEncodingsAndDataSetsHolds) {
  // Four encodings share a baseline on two data sets: the chance that anything is rejected must not exceed
  // .05.
  constexpr int repetitions = 1500;
  const double rejected = frequency(repetitions, "max-T", [](base::Stream& stream) {
    std::vector<std::vector<std::vector<double>>> differences(2);
    for (auto& dataset : differences) {
      const std::vector<double> baseline = normals(8, stream);
      for (int e = 0; e < 4; ++e) {
        dataset.push_back(normals(8, stream));
        for (std::size_t s = 0; s < 8; ++s) dataset.back()[s] -= baseline[s];
      }
    }
    for (const auto& dataset : sign_flip_test(differences, 0))
      for (const TestResult& result : dataset)
        if (result.adjusted_p <= 0.05) return true;
    return false;
  });
  EXPECT_LE(rejected, 0.05 + four_deviations(0.05, repetitions));
  EXPECT_GE(rejected,
            0.05 - 0.01 - four_deviations(0.05, repetitions));  // and it must not be needlessly weak
}

double size_of_deviation_ratio(double gap_of_means, const char* name, int repetitions) {
  return frequency(repetitions, name, [gap_of_means](base::Stream& stream) {
    const std::vector<double> first = normals(10, stream);
    std::vector<double> second = normals(10, stream);
    for (double& value : second) value += gap_of_means;
    return test_deviations(first, second, Design::paired, 0)->p <= 0.05;
  });
}

TEST(Size, OfTheDeviationRatioWithAGapOfThreeDeviations) {
  constexpr int repetitions = 3000;
  EXPECT_NEAR(size_of_deviation_ratio(3, "gap", repetitions), 0.05,
              0.01 + four_deviations(0.05, repetitions));
}

TEST(Power, OfTheDeviationRatioSeesThreefoldDeviation) {
  constexpr int repetitions = 300;
  const double rejected = frequency(repetitions, "threefold", [](base::Stream& stream) {
    const std::vector<double> first = normals(14, stream);
    std::vector<double> second = normals(14, stream);
    for (double& value : second) value *= 3;
    return test_deviations(first, second, Design::paired, 0)->p <= 0.05;
  });
  EXPECT_GT(rejected, 0.8);
}

}  // namespace
}  // namespace pebench::stats
