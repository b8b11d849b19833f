#pragma once

#include <cstddef>

namespace pebench::stats {

/// p of the hypothesis that a ranking is random, against one that hits more often: P(X >= share * users) for
/// X of the binomial distribution with `users` trials and probability `chance`, a share that ties made
/// fractional rounded down. `share` and `chance` are HR@k of the same candidates, 0 to 1.
double above_chance_p(double share, double chance, std::size_t users);

/// Whether a trial is at chance: not above it at 1 %.
inline bool at_chance(double share, double chance, std::size_t users) {
  return above_chance_p(share, chance, users) > 0.01;
}

}  // namespace pebench::stats
