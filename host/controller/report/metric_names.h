#pragma once

#include <string>
#include <vector>

#include "host/controller/report/study.h"

namespace pebench::report {

// What is said of a metric. A name that is not contract::Metric's, as that of a number which no trial here
// measured, is one all the same: it is shown as it stands, and nothing is claimed about it.

/// "test.uniform:100.ndcg@10" as "NDCG@10".
std::string measure_name(const std::string& metric);

/// Whether it is of lists that were sampled, in which it is biased and may order models otherwise than all
/// items do (Krichene and Rendle 2020, 10.1145/3394486.3403226).
bool is_sampled(const std::string& metric);

/// The same where it stands alone, as the title of a table or a column: "NDCG@10", "NDCG@10 in uniform:100
/// (biased)".
std::string metric_title(const std::string& metric);

/// What one number of it is, "mean over test users"; empty where the name does not tell.
std::string measure_unit(const std::string& metric);

/// "test.full: the target against all other items"; empty where the name does not tell.
std::string ranked_text(const std::string& metric);

/// Those that people look for first: HR@k and NDCG@k of the primary metric's k, or of 10 if it has none,
/// among all items; the primary metric; and its measure in the other candidate sets that records tell of. Of
/// numbers that were not run here: the primary metric and the first others, so many that a line holds them.
/// What is of sampled lists comes last.
std::vector<std::string> shown_metrics(const Study& study);

}  // namespace pebench::report
