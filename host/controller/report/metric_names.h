#pragma once

#include <string>
#include <vector>

#include "host/controller/report/study.h"

namespace pebench::report {

// What is said of a metric. A name that is not contract::Metric's, as that of a number which no trial here
// measured, is one all the same: it is shown as it stands, and nothing is claimed about it.

/// "test.uniform:100.ndcg@10" as "NDCG@10".
std::string measure_name(const std::string& metric);

/// What one number of it is, "mean over test users"; empty where the name does not tell.
std::string measure_unit(const std::string& metric);

/// "test.full: the target against all other items"; empty where the name does not tell.
std::string ranked_text(const std::string& metric);

/// Those that people look for first: HR@k and NDCG@k of the primary metric's k, or of 10 if it has none, and
/// that metric itself. Of numbers that were not run here: the primary metric and the first others, so many
/// that a line holds them.
std::vector<std::string> shown_metrics(const Study& study);

}  // namespace pebench::report
