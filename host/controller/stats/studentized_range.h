#pragma once

namespace pebench::stats {

/// P(range of k independent standard normals <= q) = k int phi(z) (Phi(z) - Phi(z - q))^(k-1) dz: the
/// studentised range with infinitely many degrees of freedom. k >= 2.
double studentized_range_probability(double q, int k);

/// The q with that probability, 0 < probability < 1.
double studentized_range_quantile(double probability, int k);

}  // namespace pebench::stats
