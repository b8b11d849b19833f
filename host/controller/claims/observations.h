#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/controller/claims/sentence.h"

namespace pebench::claims {

/// What one trial gave.
struct Trial {
  bool failed = false;  ///< it has no values because of its encoding
  /// By name, as in "test.full.ndcg@10"; of a failed trial the chance levels, at which it counts.
  std::map<std::string, double> metrics;
};

/// The trials on one data set under one point of the sweep.
struct Observations {
  std::string dataset;
  std::size_t seeds = 0;
  /// [encoding][seed], the seeds in the same order for all; nothing where a trial has no values for other
  /// reasons.
  std::map<std::string, std::vector<std::optional<Trial>>> trials;
};

/// One number per seed, whose mean, SD or CV `quantity` is: the metric; or for failure_rate 1 where the trial
/// failed, else 0. NaN where there is none. Throws base::InputError naming the metric when a finished trial
/// lacks it.
std::vector<double> series(const Quantity& quantity, const std::string& metric,
                           const Observations& observations);

/// Names of all metrics that a claim about `metric` reads, for checking that the suite measures them.
std::set<std::string> metrics_of(const Sentence& claim, const std::string& metric);

}  // namespace pebench::claims
