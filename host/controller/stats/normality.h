#pragma once

#include <optional>
#include <vector>

namespace pebench::stats {

/// Whether values are told from a normal sample at 5 %: the Anderson-Darling statistic with estimated mean
/// and SD, corrected for the number of values, exceeds 0.752 (Stephens 1986). Where it does, intervals on an
/// SD promise more than they keep. Nothing for fewer than 8 values, for which the correction was not made, or
/// without deviation.
std::optional<bool> looks_normal(const std::vector<double>& values);

}  // namespace pebench::stats
