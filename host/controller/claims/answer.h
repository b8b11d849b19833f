#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/controller/claims/finding.h"
#include "host/controller/claims/observations.h"
#include "host/controller/claims/sentence.h"

namespace pebench::claims {

enum class Conclusion { supported, refuted, inconclusive };
std::string_view name_of(Conclusion conclusion);

/// Of one data set.
struct DatasetAnswer {
  std::string dataset;
  Conclusion conclusion = Conclusion::inconclusive;
  double p = 1;  ///< of the conclusion, Holm's over data sets; where inconclusive, the smaller of both
  stats::Strength strength = stats::Strength::none;
  std::vector<Finding> findings;  ///< one per comparison, as written
};

/// To a claim.
struct Answer {
  Conclusion conclusion = Conclusion::inconclusive;
  double p = 1;           ///< likewise, of this claim alone
  double adjusted_p = 1;  ///< of the conclusion, Holm's over all claims of a suite (correct_together)
  double p_supported = 1, p_refuted = 1;  ///< of either conclusion, of this claim alone
  stats::Strength strength = stats::Strength::none;
  bool approximate = false;               ///< whether a comparison had to be tested by the jackknife
  std::optional<std::size_t> more_seeds;  ///< the most that a comparison would take to be decided and firm
  std::vector<DatasetAnswer> datasets;
};

/// Judges a claim about `metric` on all data sets given.
///
/// A comparison is supported when its two-sided p <= alpha and the difference has the sign claimed, refuted
/// when p <= alpha and it has the other; p of the opposite conclusion is 1. Comparisons combine as in
/// Kleene's logic: `and` is supported when all its m parts are, with the largest of their p
/// (intersection-union), and refuted when one is, with m times the smallest (Bonferroni); `or` the other way
/// round; `not` exchanges the two. Data sets: Holm on the p of each conclusion; overall supported when
/// supported on all, refuted when refuted on one. So a false `supported` comes with probability <= alpha, and
/// so does a false `refuted`, as exactly as the tests keep alpha.
///
/// Strength is the least of the comparisons that the seed policy lets speak at all. Throws base::InputError
/// when a finished trial lacks a metric.
Answer judge(const Sentence& claim, const std::string& metric, const std::vector<Observations>& datasets,
             const JudgeOptions& options);

/// Takes the claims of a suite as one family: Holm on the p of each conclusion over all of them, which their
/// overall conclusions then follow. So no false `supported` stands among them, and no false `refuted`, with a
/// probability above alpha each.
void correct_together(std::vector<Answer*> answers, double alpha);

}  // namespace pebench::claims
