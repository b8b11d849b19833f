#pragma once

#include <optional>
#include <vector>

#include "host/stats/interval.h"

namespace pebench::stats {

/// Share of trials that failed (crash, non-finite value, or best validation not above chance) with Wilson's
/// interval. `values` has one entry per trial, NaN for a failed one. Nothing without trials.
std::optional<Proportion> failure_rate(const std::vector<double>& values, double confidence = 0.95);

}  // namespace pebench::stats
