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

enum class Answer { supported, refuted, inconclusive };
std::string_view name_of(Answer answer);

struct DatasetVerdict {
  std::string dataset;
  Answer answer = Answer::inconclusive;
  double p = 1;  ///< of the answer, Holm's over data sets; where inconclusive, the smaller of both answers'
  Strength strength = Strength::none;
  std::vector<Finding> findings;  ///< one per comparison, as written
};

struct Verdict {
  Answer answer = Answer::inconclusive;
  double p = 1;  ///< likewise
  Strength strength = Strength::none;
  bool approximate = false;               ///< whether a comparison had to be tested by the jackknife
  std::optional<std::size_t> more_seeds;  ///< the most that a comparison would take to be decided and firm
  std::vector<DatasetVerdict> datasets;
};

/// Judges a claim about `metric` on all data sets given.
///
/// A comparison is supported when its two-sided p <= alpha and the difference has the sign claimed, refuted
/// when p <= alpha and it has the other; p of the opposite answer is 1. Comparisons combine as in Kleene's
/// logic: `and` is supported when all its m parts are, with the largest of their p (intersection-union), and
/// refuted when one is, with m times the smallest (Bonferroni); `or` the other way round; `not` exchanges the
/// answers. Data sets: Holm on the p of each answer; overall supported when supported on all, refuted when
/// refuted on one. So a false `supported` comes with probability <= alpha, and so does a false `refuted`, as
/// exactly as the tests keep alpha.
///
/// Strength is the least of the comparisons that the seed policy lets speak at all. Throws base::InputError
/// when a finished trial lacks a metric.
Verdict judge(const Sentence& claim, const std::string& metric, const std::vector<Observations>& datasets,
              const JudgeOptions& options);

}  // namespace pebench::claims
