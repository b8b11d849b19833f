#include "host/controller/stats/verdict.h"

#include "host/controller/stats/interval.h"
#include "host/controller/stats/summary.h"

namespace pebench::stats {

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
