#include "host/controller/report/overview.h"

#include <cmath>
#include <set>

#include "host/controller/stats/summary.h"

namespace pebench::report {
namespace {

using Samples = std::map<std::string, std::vector<double>>;

void collect(const contract::Metrics& metrics, Samples& samples) {
  for (const auto& [key, value] : metrics)
    if (std::isfinite(value)) samples[key].push_back(value);
}

EncodingRow summarised(const EncodingTrials& trials, const results::Judgement& judgement) {
  EncodingRow row;
  row.encoding = trials.encoding;
  Samples samples;
  std::vector<double> seconds;
  for (const auto& record : trials.records) {
    if (!record) {
      ++row.missing;
    } else if (record->result.status != contract::Status::ok) {
      ++row.failed;
    } else {
      ++row.ok;
      if (counts_as_failed(*record, judgement))
        ++row.at_chance;
      else
        collect(record->result.metrics, samples);
      row.parameters = record->result.parameters.total;
      seconds.push_back(record->run.seconds.total);
    }
  }
  for (const auto& [key, values] : samples) {
    Spread spread{static_cast<int>(values.size()), stats::mean(values), std::nullopt};
    if (values.size() > 1) spread.deviation = stats::standard_deviation(values);
    row.metrics[key] = spread;
  }
  if (!seconds.empty()) row.seconds = stats::mean(seconds);
  return row;
}

// References do not depend on the encoding, so each seed counts once.
std::vector<ReferenceRow> references_of(const TrialTable& table) {
  std::map<std::string, Samples> samples;
  std::set<nlohmann::json> seeds;
  for (const EncodingTrials& trials : table.encodings)
    for (const auto& record : trials.records) {
      if (!record || record->result.status != contract::Status::ok) continue;
      if (!seeds.insert(record->identity.value("seed", nlohmann::json())).second) continue;
      for (const auto& [name, metrics] : record->result.baselines) collect(metrics, samples[name]);
      collect(record->result.chance, samples["chance"]);
    }
  std::vector<ReferenceRow> rows;
  for (const char* name : {"popularity", "chance"}) {
    auto found = samples.find(name);
    if (found == samples.end()) continue;
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
    for (const EncodingTrials& trials : table.encodings)
      group.encodings.push_back(summarised(trials, study.lock.judgement));
    overview.groups.push_back(std::move(group));
  }
  const auto records = records_of(study);
  for (const results::LockedTrial& trial : study.lock.trials) {
    const auto found = records.find(trial.id);
    if (found != records.end() && found->second->result.status != contract::Status::ok)
      overview.failures.push_back({trial, found->second->result.status, found->second->result.reason});
  }
  return overview;
}

}  // namespace pebench::report
