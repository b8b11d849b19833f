#pragma once

#include <cstddef>
#include <optional>

namespace pebench::stats {

/// Seeds at which an effect of the size observed would give a two-sided p <= alpha four times in five, when
/// `seeds` of them gave `p`: n ((z(alpha) + z(power)) / z(p))^2, z growing with sqrt(n), and never fewer than
/// make such a p possible. Rough, since the effect is itself an estimate. Nothing when that is more than
/// 10,000.
std::optional<std::size_t> seeds_for_power(double p, std::size_t seeds, double alpha);

}  // namespace pebench::stats
