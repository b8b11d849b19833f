#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/controller/claims/observations.h"
#include "host/controller/claims/sentence.h"
#include "host/controller/stats/seed_policy.h"

namespace pebench::claims {

/// How a comparison was tested; `left - right` is 0 under the hypothesis. All are two-sided.
enum class Method {
  t,          ///< a mean with a number: Student's t
  sign_flip,  ///< means (or failure rates) of encodings, weighted and added: sign flips of the per-seed value
              ///< of left - right
  permutation,  ///< two means of encodings that share no seeds: permutation of labels
  bonett,       ///< an SD with a number: inverted Bonett interval
  exchange,     ///< two deviations: exchanges of centred residuals (stats::test_deviations)
  binomial,     ///< a failure rate with a number: exact
  jackknife,    ///< everything else: jackknife over seeds, an approximation
};
std::string_view name_of(Method method);

struct JudgeOptions {
  double alpha = 0.05;
  std::uint64_t seed = 0;  ///< of random flips, where there are too many to take all
};

/// One comparison on one data set.
struct Finding {
  std::string text;              ///< as written
  std::optional<Method> method;  ///< nothing for fewer than 3 seeds
  std::size_t seeds = 0;         ///< that were used: those on which all its encodings have a
                                 ///< value; where they share none, those of the one with fewest
  double difference = 0;         ///< left - right on these seeds; NaN when that cannot be computed
  double p = 1;                  ///< two-sided, of no difference; 1 where nothing may be concluded
  bool holds = false;            ///< whether `difference` has the sign that was claimed
  stats::Strength strength = stats::Strength::none;
  /// Seeds that a verdict (where p > alpha) or a firm one would take, from stats::seeds_for_power and the
  /// seed policy. Nothing when the verdict is firm, or when no affordable number would do.
  std::optional<std::size_t> more_seeds;
};

/// Throws base::InputError when a finished trial lacks a metric.
Finding judge(const Comparison& comparison, const std::string& metric, const Observations& observations,
              const JudgeOptions& options);

}  // namespace pebench::claims
