#pragma once

#include <vector>

#include "host/contract/rank_file.h"

namespace pebench::examiner {

/// A metric of a trial user by user, in the order of `ranks.users`; their mean is the metric of the record,
/// unless protocol.evaluation_users = "draws" counts some users several times and others not.
/// Throws InputError for one that the ranks do not tell.
std::vector<double> user_values(const contract::Ranks& ranks, const contract::Metric& metric);

}  // namespace pebench::examiner
