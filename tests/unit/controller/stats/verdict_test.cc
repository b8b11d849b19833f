#include "host/controller/stats/verdict.h"

#include <gtest/gtest.h>

#include <cmath>

namespace pebench::stats {
namespace {

TEST(Direction, TakesTheSignOfADecidedDifference) {
  EXPECT_EQ(direction(0.01, 0.05), Direction::better);
  EXPECT_EQ(direction(-0.01, 0.01), Direction::worse);
  EXPECT_EQ(direction(0.01, 0.051), Direction::undecided);
  EXPECT_EQ(direction(0.01, 0.02, 0.01), Direction::undecided);
}

TEST(Equivalence, AsksTheNinetyPercentInterval) {
  // R: t.test(c(.412,.398,...) - ..., conf.level = .9) of these is [.003354, .018446] with mean .0109.
  const std::vector<double> differences = {.012, -.002, .031, .005, .020, -.011, .015, .002, .027, .010};
  const Interval interval = t_interval(differences, 0.90).value();
  EXPECT_EQ(equivalence(interval, 0.0185), Equivalence::yes);
  EXPECT_EQ(equivalence(interval, 0.0184), Equivalence::undecided);
  EXPECT_EQ(equivalence(interval, 0.0034), Equivalence::undecided);
  EXPECT_EQ(equivalence(interval, 0.0033), Equivalence::no);
}

TEST(Stability, TakesTheSideOfADecidedRatio) {
  EXPECT_EQ(stability(2, 0.05), Stability::deviates_more);
  EXPECT_EQ(stability(0.5, 0.01), Stability::deviates_less);
  EXPECT_EQ(stability(2, 0.06), Stability::undecided);
}

}  // namespace
}  // namespace pebench::stats
