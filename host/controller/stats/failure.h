#pragma once

#include <cstddef>

namespace pebench::stats {

/// Two-sided p of the hypothesis that trials fail with probability `rate` (0 to 1) when `failed` of `trials`
/// did: twice the smaller tail of the binomial distribution, exact.
double failure_rate_test(std::size_t failed, std::size_t trials, double rate);

}  // namespace pebench::stats
