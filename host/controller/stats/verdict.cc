#include "host/controller/stats/verdict.h"

#include "host/controller/stats/interval.h"
#include "host/controller/stats/summary.h"

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

Equivalence equivalence(const std::vector<double>& differences, double delta) {
  const auto interval = t_interval(without_failed(differences), 0.90);
  if (!interval) return Equivalence::undecided;
  if (interval->low > -delta && interval->high < delta) return Equivalence::yes;
  if (interval->low > delta || interval->high < -delta) return Equivalence::no;
  return Equivalence::undecided;
}

}  // namespace pebench::stats
