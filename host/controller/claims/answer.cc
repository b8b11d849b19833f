#include "host/controller/claims/answer.h"

#include <algorithm>
#include <utility>

#include "host/controller/stats/holm.h"

namespace pebench::claims {
namespace {

// What speaks for each conclusion on one data set.
struct Support {
  double supported = 1;  // p values
  double refuted = 1;
  stats::Strength strength = stats::Strength::none;
};

Support support_of(const Finding& finding) {
  return {finding.holds ? finding.p : 1, finding.holds ? 1 : finding.p, finding.strength};
}

stats::Strength weaker(stats::Strength a, stats::Strength b) {
  if (a == stats::Strength::none || b == stats::Strength::none) return std::max(a, b);
  return std::min(a, b);
}

Support opposite(const Support& support) { return {support.refuted, support.supported, support.strength}; }

Support all_of(const std::vector<Support>& parts) {
  Support all{0, 1, stats::Strength::none};
  for (const Support& part : parts) {
    all.supported = std::max(all.supported, part.supported);
    all.refuted = std::min(all.refuted, static_cast<double>(parts.size()) * part.refuted);
    all.strength = weaker(all.strength, part.strength);
  }
  return all;
}

class DatasetJudge {
 public:
  DatasetJudge(const std::string& metric, const Observations& observations, const JudgeOptions& options)
      : metric_(metric), observations_(observations), options_(options) {}

  Support judge(const Sentence& sentence) {
    if (const auto* comparison = std::get_if<Comparison>(&sentence.value)) {
      findings_.push_back(claims::judge(*comparison, metric_, observations_, options_));
      return support_of(findings_.back());
    }
    const auto& combination = std::get<Combination>(sentence.value);
    std::vector<Support> parts;
    for (const Sentence& part : combination.parts) parts.push_back(judge(part));
    if (combination.kind == Combination::Kind::negation) return opposite(parts.front());
    if (combination.kind == Combination::Kind::all) return all_of(parts);
    // De Morgan: any of them holds unless all do not.
    std::transform(parts.begin(), parts.end(), parts.begin(), opposite);
    return opposite(all_of(parts));
  }

  std::vector<Finding> take_findings() { return std::move(findings_); }

 private:
  const std::string& metric_;
  const Observations& observations_;
  const JudgeOptions& options_;
  std::vector<Finding> findings_;
};

template <class Judged>
void conclude(Judged& judged, double supported, double refuted, double alpha) {
  judged.p = std::min(supported, refuted);
  if (judged.p > alpha) return;
  judged.conclusion = supported < refuted ? Conclusion::supported : Conclusion::refuted;
}

void add_to_whole(Answer& answer, const DatasetAnswer& dataset) {
  answer.strength = weaker(answer.strength, dataset.strength);
  for (const Finding& finding : dataset.findings) {
    answer.approximate = answer.approximate || finding.method == Method::jackknife;
    if (finding.more_seeds) answer.more_seeds = std::max(answer.more_seeds.value_or(0), *finding.more_seeds);
  }
}

}  // namespace

std::string_view name_of(Conclusion conclusion) {
  switch (conclusion) {
    case Conclusion::supported:
      return "supported";
    case Conclusion::refuted:
      return "refuted";
    case Conclusion::inconclusive:
      return "inconclusive";
  }
  return "";
}

Answer judge(const Sentence& claim, const std::string& metric, const std::vector<Observations>& datasets,
             const JudgeOptions& options) {
  Answer answer;
  std::vector<double> supported, refuted;
  for (const Observations& observations : datasets) {
    DatasetJudge judge(metric, observations, options);
    const Support support = judge.judge(claim);
    supported.push_back(support.supported);
    refuted.push_back(support.refuted);
    DatasetAnswer dataset;
    dataset.dataset = observations.dataset;
    dataset.strength = support.strength;
    dataset.findings = judge.take_findings();
    add_to_whole(answer, dataset);
    answer.datasets.push_back(std::move(dataset));
  }
  if (datasets.empty()) return answer;

  supported = stats::holm(supported);
  refuted = stats::holm(refuted);
  for (std::size_t d = 0; d < datasets.size(); ++d)
    conclude(answer.datasets[d], supported[d], refuted[d], options.alpha);
  answer.p_supported = *std::max_element(supported.begin(), supported.end());
  answer.p_refuted = *std::min_element(refuted.begin(), refuted.end());
  conclude(answer, answer.p_supported, answer.p_refuted, options.alpha);
  answer.adjusted_p = answer.p;
  return answer;
}

void correct_together(std::vector<Answer*> answers, double alpha) {
  std::vector<double> supported, refuted;
  for (const Answer* answer : answers) {
    supported.push_back(answer->p_supported);
    refuted.push_back(answer->p_refuted);
  }
  supported = stats::holm(supported);
  refuted = stats::holm(refuted);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const double alone = answers[i]->p;
    answers[i]->conclusion = Conclusion::inconclusive;
    conclude(*answers[i], supported[i], refuted[i], alpha);
    answers[i]->adjusted_p = answers[i]->p;
    answers[i]->p = alone;
  }
}

}  // namespace pebench::claims
