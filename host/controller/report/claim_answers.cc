#include "host/controller/report/claim_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "host/base/error.h"
#include "host/controller/claims/parser.h"
#include "host/controller/report/outcome.h"

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

/// Chance levels of a table, at which failed trials count.
contract::Metrics chance_levels(const TrialTable& table) {
  contract::Metrics levels;
  for (const EncodingTrials& trials : table.encodings)
    for (const auto& record : trials.records)
      if (record)
        for (const auto& [name, value] : record->result.chance) levels[name] = 0;
  for (auto& [name, value] : levels) value = chance_of(table, name).value_or(value);
  return levels;
}

/// The same metrics without their values.
contract::Metrics hidden(contract::Metrics metrics) {
  for (auto& [name, value] : metrics) value = std::numeric_limits<double>::quiet_NaN();
  return metrics;
}

/// No values of an encoding with failures that no chance level stands for, since what is left says too much
/// for it; how often it failed is known all the same.
claims::Observations observations_of(const TrialTable& table, const std::string& metric) {
  claims::Observations observations;
  observations.dataset = title_of(table.dataset, table.sweep);
  observations.seeds = table.seeds.size();
  const contract::Metrics chance = chance_levels(table);
  for (const EncodingTrials& trials : table.encodings) {
    auto& observed = observations.trials[trials.encoding];
    const bool copies = copies_among(trials.records, metric) > 0;
    const bool withheld = !chance_of(table, metric) && trials.has_failed();
    bool measured = false;
    for (const auto& record : trials.records) {
      observed.emplace_back();
      const Outcome outcome = outcome_of(record);
      if (outcome == Outcome::failed) observed.back() = claims::Trial{true, chance};
      if (outcome != Outcome::measured || (copies && measured)) continue;
      const contract::Metrics& metrics = record->result.metrics;
      observed.back() = claims::Trial{false, withheld ? hidden(metrics) : metrics};
      measured = true;
    }
  }
  return observations;
}

ClaimAnswer answer(const results::LockedClaim& claim, const Study& study) {
  std::vector<std::string> encodings;
  std::vector<claims::Observations> observations;
  for (const TrialTable& table : study.tables) {
    for (const EncodingTrials& trials : table.encodings)
      if (std::find(encodings.begin(), encodings.end(), trials.encoding) == encodings.end())
        encodings.push_back(trials.encoding);
    if (is_about(claim, table)) observations.push_back(observations_of(table, claim.metric));
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
  std::vector<claims::Answer*> family;
  for (ClaimAnswer& answer : answers) family.push_back(&answer.answer);
  claims::correct_together(family, study.lock.judgement.alpha);
  return answers;
}

}  // namespace pebench::report
