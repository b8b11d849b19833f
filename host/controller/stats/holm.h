#pragma once

#include <vector>

namespace pebench::stats {

/// Holm's (1979) adjusted p values, in the order given: running maximum over rising p of min(1, (m - i) p), i
/// from 0.
std::vector<double> holm(const std::vector<double>& p);

}  // namespace pebench::stats
