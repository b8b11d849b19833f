#pragma once

#include <vector>

#include "host/controller/stats/interval.h"

namespace pebench::stats {

/// How much larger one sample is than another, whatever the shape of their distributions.
struct Shift {
  double estimate = 0;  ///< Hodges and Lehmann (1963): the median of all differences value - other
  Interval interval;    ///< of Mann and Whitney's test turned round (Moses), by its normal approximation
};

/// Of two independent samples of at least 5 values each, none of them NaN. The interval covers `confidence`
/// where the two differ by a shift alone.
Shift shift(const std::vector<double>& values, const std::vector<double>& others, double confidence = 0.95);

}  // namespace pebench::stats
