#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "host/controller/stats/interval.h"

namespace pebench::stats {

/// Share of trials that failed (crash, non-finite value, or best validation not above chance) with Wilson's
/// interval. `values` has one entry per trial, NaN for a failed one. Nothing without trials.
std::optional<Proportion> failure_rate(const std::vector<double>& values, double confidence = 0.95);

/// Two-sided p of the hypothesis that trials fail with probability `rate` (0 to 1) when `failed` of `trials`
/// did: twice the smaller tail of the binomial distribution, exact.
double failure_rate_test(std::size_t failed, std::size_t trials, double rate);

}  // namespace pebench::stats
