#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/controller/report/study.h"
#include "host/controller/stats/crossed.h"
#include "host/controller/stats/verdict.h"

namespace pebench::report {

/// One encoding against the baseline, seed by seed and user by user, on the seeds that both measured.
struct UserComparison {
  std::string encoding;
  stats::Crossed crossed;
  double adjusted_p = 1;  ///< of a difference of 0 for other users and other seeds, Holm over the family
  stats::Direction direction = stats::Direction::undecided;  ///< there
};

/// Of one table of trials.
struct UserAnalysis {
  std::string dataset;
  nlohmann::json sweep;
  std::vector<UserComparison>
      comparisons;  ///< in the suite's order, without those that have no users' values
};

/// What seeds and users contribute to the differences of the primary metric (docs/statistics.md, Seeds and
/// users), from the tables' users or Study::ranked_users; empty where there is nothing, as for trials that
/// kept no ranks, ranked other users than each other, or are copies. Families are those of the comparisons
/// with the baseline. Reads one seed's trials at a time.
std::vector<UserAnalysis> analyse_users(const Study& study);

}  // namespace pebench::report
