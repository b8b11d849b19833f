#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pebench::stats {

/// What a number of seeds can show, from least to most.
enum class Evidence {
  spread,      ///< n < 6: values and their spread, no verdict
  weak_means,  ///< 6 to 9: verdicts on means, flagged as weak
  means,       ///< 10 to 19: verdicts on means; stability is exploratory
  stability,   ///< n >= 20: verdicts on means and on stability
};

Evidence evidence(std::size_t seeds);

/// The fewest seeds for that much evidence.
std::size_t seeds_for(Evidence evidence);

/// How much the seeds behind a verdict let it say (docs/statistics.md, Strength), from least to most.
enum class Strength {
  none,         ///< too few seeds: no verdict
  weak,         ///< on means, from 6 to 9 seeds
  exploratory,  ///< on stability, from 10 to 19 seeds
  firm,
};
std::string_view name_of(Strength strength);

Strength strength_on_means(std::size_t seeds);
Strength strength_on_stability(std::size_t seeds);

/// Whether Holm's correction over a family of `members` can reject any hypothesis: 2^(1-n) * m <=
/// alpha.
bool holm_can_reject(std::size_t seeds, std::size_t members, double alpha = 0.05);

/// The policy in words, for `plan` and `report`: what n seeds can show, the smallest two-sided p, and which
/// families corrected by Holm (the deviations of `comparisons` encodings against the baseline's, the suite's
/// `claims`) have so many members that nothing can be rejected.
std::string seed_policy(std::size_t seeds, std::size_t comparisons, std::size_t claims, double alpha = 0.05);

}  // namespace pebench::stats
