#include "host/controller/stats/verdict.h"

namespace pebench::stats {

std::string_view name_of(Direction direction) {
  switch (direction) {
    case Direction::better:
      return "better";
    case Direction::worse:
      return "worse";
    case Direction::undecided:
      return "undecided";
  }
  return "";
}

std::string_view name_of(Stability stability) {
  switch (stability) {
    case Stability::deviates_more:
      return "deviates more";
    case Stability::deviates_less:
      return "deviates less";
    case Stability::undecided:
      return "undecided";
  }
  return "";
}

std::string_view name_of(Equivalence equivalence) {
  switch (equivalence) {
    case Equivalence::yes:
      return "yes";
    case Equivalence::no:
      return "no";
    case Equivalence::undecided:
      return "undecided";
  }
  return "";
}

Direction direction(double mean_difference, double p, double alpha) {
  if (!(p <= alpha) || mean_difference == 0) return Direction::undecided;
  return mean_difference > 0 ? Direction::better : Direction::worse;
}

Stability stability(double ratio, double p, double alpha) {
  if (!(p <= alpha) || ratio == 1) return Stability::undecided;
  return ratio > 1 ? Stability::deviates_more : Stability::deviates_less;
}

Equivalence equivalence(const Interval& ninety_percent, double delta) {
  if (ninety_percent.low > -delta && ninety_percent.high < delta) return Equivalence::yes;
  if (ninety_percent.low > delta || ninety_percent.high < -delta) return Equivalence::no;
  return Equivalence::undecided;
}

}  // namespace pebench::stats
