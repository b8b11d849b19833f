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
  EXPECT_EQ(equivalence(differences, 0.0185), Equivalence::yes);
  EXPECT_EQ(equivalence(differences, 0.0184), Equivalence::undecided);
  EXPECT_EQ(equivalence(differences, 0.0034), Equivalence::undecided);
  EXPECT_EQ(equivalence(differences, 0.0033), Equivalence::no);
}

TEST(Equivalence, IsUndecidedWithoutTwoSeeds) {
  EXPECT_EQ(equivalence({0.0, NAN}, 1), Equivalence::undecided);
}

}  // namespace
}  // namespace pebench::stats
