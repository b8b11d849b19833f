#pragma once

#include <vector>

#include "host/controller/report/analysis.h"
#include "host/controller/results/suite_lock.h"

namespace pebench::report {

/// Two encodings of a table, to be compared.
struct Pair {
  std::size_t first = 0;
  std::size_t second = 0;
};

/// What is compared on one data set.
struct Comparisons {
  std::vector<std::vector<double>> values;  ///< [encoding][seed], NaN where there is none
  std::vector<bool> withheld;               ///< [encoding]: admits no verdict, see PairAnalysis::withheld
  std::vector<Pair> pairs;
};

struct FamilyOptions {
  double alpha = 0.05;
  std::optional<double> equivalence_share;
  bool lower_is_better = false;
  bool deviation_intervals = false;  ///< which cost most of the time
};

/// Compares all these pairs as one family, [data set]; pairs of which one encoding has fewer than two values
/// are left out.
std::vector<std::vector<PairAnalysis>> compare(const std::vector<Comparisons>& datasets,
                                               const FamilyOptions& options);

}  // namespace pebench::report
