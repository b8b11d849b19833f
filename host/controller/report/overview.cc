#include "host/controller/report/overview.h"

#include <cmath>
#include <set>
#include <utility>

#include "host/controller/stats/summary.h"

namespace pebench::report {
namespace {

using Samples = std::map<std::string, std::vector<double>>;

void collect(const contract::Metrics& metrics, Samples& samples) {
  for (const auto& [key, value] : metrics)
    if (std::isfinite(value)) samples[key].push_back(value);
}

void count_outcome(Outcome outcome, EncodingRow& row) {
  switch (outcome) {
    case Outcome::measured:
      ++row.measured;
      break;
    case Outcome::failed:
      ++row.failed;
      break;
    case Outcome::stopped:
      ++row.stopped;
      break;
    case Outcome::missing:
      break;
  }
}

EncodingRow summarised(const EncodingTrials& trials, const TrialTable& table) {
  EncodingRow row;
  row.encoding = trials.encoding;
  std::set<std::string> names;
  std::vector<double> seconds;
  row.missing = static_cast<int>(trials.missing());
  for (const auto& record : trials.records) {
    const Outcome outcome = outcome_of(record);
    count_outcome(outcome, row);
    if (outcome != Outcome::measured) continue;
    for (const auto& [name, value] : record->result.metrics) names.insert(name);
    if (record->result.parameters.total > 0) row.parameters = record->result.parameters.total;
    if (record->run.seconds.total > 0) seconds.push_back(record->run.seconds.total);
  }
  for (const std::string& name : names) {
    const auto values =
        stats::without_failed(series(trials, name, chance_of(table, name), Failed::at_chance));
    if (values.empty()) continue;
    Spread spread{static_cast<int>(values.size()), stats::mean(values), std::nullopt};
    if (values.size() > 1) spread.deviation = stats::standard_deviation(values);
    row.metrics[name] = spread;
  }
  if (!seconds.empty()) row.seconds = stats::mean(seconds);
  return row;
}

// References do not depend on the encoding, so each seed counts once. Records of older versions lack some.
std::vector<ReferenceRow> references_of(const TrialTable& table) {
  std::map<std::string, Samples> samples;
  std::set<std::pair<std::string, nlohmann::json>> known;  // names with seeds
  for (const EncodingTrials& trials : table.encodings)
    for (const auto& record : trials.records) {
      if (!record || record->result.status != contract::Status::ok) continue;
      auto references = record->result.baselines;
      references["chance"] = record->result.chance;
      for (const auto& [name, metrics] : references)
        if (known.insert({name, record->identity.value("seed", nlohmann::json())}).second)
          collect(metrics, samples[name]);
    }
  std::vector<ReferenceRow> rows;
  for (const char* name : {"popularity", "item-to-item", "markov", "chance"}) {
    auto found = samples.find(name);
    if (found == samples.end() || found->second.empty()) continue;
    ReferenceRow row{name, {}};
    for (const auto& [key, values] : found->second) row.metrics[key] = stats::mean(values);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Overview overview_of(const Study& study) {
  Overview overview{study.lock.suite, study.lock.baseline, study.lock.primary, {}, {}};
  for (const TrialTable& table : study.tables) {
    Group group{table.dataset, table.sweep, {}, references_of(table)};
    for (const EncodingTrials& trials : table.encodings) group.encodings.push_back(summarised(trials, table));
    overview.groups.push_back(std::move(group));
  }
  const auto records = records_of(study);
  for (const results::LockedTrial& trial : study.lock.trials) {
    const auto found = records.find(trial.id);
    if (found == records.end()) continue;
    const contract::Result& result = found->second->result;
    if (const Outcome outcome = outcome_of(result); outcome != Outcome::measured)
      overview.failures.push_back({trial, outcome, result.status, result.reason});
  }
  return overview;
}

}  // namespace pebench::report
