#include "host/controller/report/claim_answers.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/controller/claims/parser.h"

namespace pebench::report {
namespace {

bool is_about(const results::LockedClaim& claim, const TrialTable& table) {
  if (claim.dataset && *claim.dataset != table.dataset) return false;
  for (const auto& item : claim.sweep.items()) {
    const auto value = table.sweep.find(item.key());
    if (value == table.sweep.end() || *value != item.value()) return false;
  }
  return true;
}

claims::Observations observations_of(const TrialTable& table, const results::Judgement& judgement) {
  claims::Observations observations;
  observations.dataset = title_of(table.dataset, table.sweep);
  observations.seeds = table.seeds.size();
  for (const EncodingTrials& trials : table.encodings) {
    auto& observed = observations.trials[trials.encoding];
    for (const auto& record : trials.records) {
      observed.emplace_back();
      if (record)
        observed.back() = claims::Trial{counts_as_failed(*record, judgement), record->result.metrics};
    }
  }
  return observations;
}

ClaimAnswer answer(const results::LockedClaim& claim, const Study& study) {
  std::vector<std::string> encodings;
  std::vector<claims::Observations> observations;
  for (const TrialTable& table : study.tables) {
    if (encodings.empty())
      for (const EncodingTrials& trials : table.encodings) encodings.push_back(trials.encoding);
    if (is_about(claim, table)) observations.push_back(observations_of(table, study.lock.judgement));
  }
  claims::JudgeOptions options;
  options.alpha = study.lock.judgement.alpha;
  try {
    return {claim, claims::judge(claims::parse(claim.test, encodings), claim.metric, observations, options)};
  } catch (const base::InputError& error) {
    throw base::InputError(fmt::format("claim \"{}\": {}", claim.text, error.what()));
  }
}

}  // namespace

std::vector<ClaimAnswer> answer_claims(const Study& study) {
  std::vector<ClaimAnswer> answers;
  for (const results::LockedClaim& claim : study.lock.claims) answers.push_back(answer(claim, study));
  return answers;
}

}  // namespace pebench::report
