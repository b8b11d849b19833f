#include "host/controller/report/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "host/base/file.h"
#include "host/base/parallel.h"
#include "host/contract/damaged.h"
#include "host/contract/rank_file.h"
#include "host/contract/whole_record.h"
#include "host/controller/report/outcome.h"
#include "host/examiner/user_values.h"

namespace pebench::report {
namespace {

/// What a trial has left: a record, or what is wrong with it, or nothing yet.
struct Left {
  std::optional<contract::Record> record;
  std::optional<std::string> damage;
};

Left left_by(const results::LockedTrial& trial, const contract::SuiteFolder& folder) {
  if (!base::exists(folder.record(trial.id))) return {};
  try {
    return {contract::read_whole_record(folder, trial.id), std::nullopt};
  } catch (const contract::Damaged& damage) {
    return {std::nullopt, damage.what()};
  }
}

/// In the order of the trials.
std::vector<Left> left_by(const std::vector<results::LockedTrial>& trials,
                          const contract::SuiteFolder& folder) {
  std::vector<Left> left(trials.size());
  base::parallel_for(trials.size(), [&](std::size_t i) { left[i] = left_by(trials[i], folder); });
  return left;
}

std::optional<UserValues> ranked_users(const contract::SuiteFolder& folder, const contract::Record& record,
                                       const std::string& metric) {
  const auto ranks = contract::read_ranks(folder.record(record.id).parent_path(), record);
  if (!ranks) return std::nullopt;
  const std::vector<double> values = examiner::user_values(*ranks, contract::Metric::parse(metric));
  return UserValues{ranks->users, {values.begin(), values.end()}};
}

std::vector<std::uint32_t> pools(const contract::SuiteFolder& folder, const contract::Record& record,
                                 const contract::Column& users) {
  const auto ranks = contract::read_ranks(folder.trial(record.id), record);
  std::vector<std::uint32_t> pools;
  if (!ranks) return pools;
  const auto full = std::find_if(ranks->sets.begin(), ranks->sets.end(),
                                 [](const contract::RankedSet& set) { return set.candidates == "full"; });
  if (full == ranks->sets.end()) return pools;
  for (const std::uint32_t user : users) {
    const auto found = std::lower_bound(ranks->users.begin(), ranks->users.end(), user);
    if (found == ranks->users.end() || *found != user) return {};
    pools.push_back(full->pool[static_cast<std::size_t>(found - ranks->users.begin())]);
  }
  return pools;
}

TrialTable& table_of(const results::LockedTrial& trial, std::vector<TrialTable>& tables) {
  for (TrialTable& table : tables)
    if (table.dataset == trial.dataset && table.sweep == trial.sweep) return table;
  tables.push_back({trial.dataset, trial.sweep, {}, {}, {}});
  return tables.back();
}

EncodingTrials& trials_of(const std::string& encoding, TrialTable& table) {
  for (EncodingTrials& trials : table.encodings)
    if (trials.encoding == encoding) return trials;
  table.encodings.push_back({encoding, {}, 0});
  return table.encodings.back();
}

std::size_t seed_index(std::uint64_t seed, TrialTable& table) {
  auto found = std::find(table.seeds.begin(), table.seeds.end(), seed);
  if (found == table.seeds.end()) found = table.seeds.insert(found, seed);
  return static_cast<std::size_t>(found - table.seeds.begin());
}

bool is_planned(const contract::SpeedRecord& measured, const results::SuiteLock& lock) {
  return std::all_of(measured.trials.begin(), measured.trials.end(), [&](const auto& trial) {
    return std::any_of(lock.trials.begin(), lock.trials.end(),
                       [&](const results::LockedTrial& planned) { return planned.id == trial.second; });
  });
}

void add_speed(const std::filesystem::path& file, Study& study) {
  const contract::SpeedRecord read = contract::read_speed_record(file);
  if (!is_planned(read, study.lock)) return;
  SpeedMeasurement measured{read.run, read.clock, read.timings(file.string())};
  for (SpeedMeasurement& other : study.speeds)
    if (other.run.dataset == measured.run.dataset && other.run.sweep == measured.run.sweep &&
        other.run.host == measured.run.host) {
      if (other.run.finished < measured.run.finished) other = std::move(measured);
      return;
    }
  study.speeds.push_back(std::move(measured));
}

}  // namespace

bool EncodingTrials::has_failed() const {
  return std::any_of(records.begin(), records.end(),
                     [](const auto& record) { return outcome_of(record) == Outcome::failed; });
}

std::size_t EncodingTrials::missing() const {
  std::size_t missing = planned;
  for (const auto& record : records)
    if (record) --missing;
  return missing;
}

Study read_study(const contract::SuiteFolder& folder) {
  Study study;
  study.lock = results::read_lock(folder.lock());
  std::vector<Left> left = left_by(study.lock.trials, folder);
  for (std::size_t i = 0; i < left.size(); ++i) {
    const results::LockedTrial& trial = study.lock.trials[i];
    TrialTable& table = table_of(trial, study.tables);
    const std::size_t index = seed_index(trial.seed, table);
    EncodingTrials& trials = trials_of(trial.encoding, table);
    if (trials.records.size() <= index) trials.records.resize(index + 1);
    if (left[i].damage) study.damaged.push_back({trial, *left[i].damage});
    trials.records[index] = std::move(left[i].record);
    ++trials.planned;
  }
  for (TrialTable& table : study.tables)
    for (EncodingTrials& trials : table.encodings) trials.records.resize(table.seeds.size());
  for (const auto& file : contract::speed_files(folder)) {
    try {
      add_speed(file, study);
    } catch (const contract::Damaged& damage) {
      study.damaged_speeds.emplace_back(damage.what());
    }
  }
  study.ranked_users = [folder](const contract::Record& record, const std::string& metric) {
    return ranked_users(folder, record, metric);
  };
  study.recommendations = [folder](const contract::Record& record) {
    return contract::read_recommendations(folder.trial(record.id), record);
  };
  study.traits = [folder](const contract::Record& record) {
    return contract::read_user_traits(folder, record);
  };
  study.pools = [folder](const contract::Record& record, const contract::Column& users) {
    return pools(folder, record, users);
  };
  return study;
}

std::map<std::string, const contract::Record*> records_of(const Study& study) {
  std::map<std::string, const contract::Record*> records;
  for (const TrialTable& table : study.tables)
    for (const EncodingTrials& trials : table.encodings)
      for (const auto& record : trials.records)
        if (record) records[record->id] = &*record;
  return records;
}

std::vector<double> series(const EncodingTrials& trials, const std::string& metric,
                           std::optional<double> chance, Failed failed) {
  const bool copies = copies_among(trials.records, metric) > 0;
  bool measured = false;
  std::vector<double> values;
  for (const auto& record : trials.records) {
    double value = std::numeric_limits<double>::quiet_NaN();
    const Outcome outcome = outcome_of(record);
    if (outcome == Outcome::measured && !(copies && measured)) {
      const auto found = record->result.metrics.find(metric);
      if (found != record->result.metrics.end() && std::isfinite(found->second)) value = found->second;
      measured = true;
    } else if (outcome == Outcome::failed && failed == Failed::at_chance && chance) {
      value = *chance;
    }
    values.push_back(value);
  }
  return values;
}

std::optional<double> chance_of(const TrialTable& table, const std::string& metric) {
  double sum = 0;
  int count = 0;
  for (const EncodingTrials& trials : table.encodings)
    for (const auto& record : trials.records) {
      if (!record) continue;
      const auto found = record->result.chance.find(metric);
      if (found == record->result.chance.end() || !std::isfinite(found->second)) continue;
      sum += found->second;
      ++count;
    }
  if (count == 0) return std::nullopt;
  return sum / count;
}

std::string title_of(const std::string& dataset, const nlohmann::json& sweep) {
  std::string title = dataset;
  for (const auto& item : sweep.items()) title += fmt::format(", {} = {}", item.key(), item.value().dump());
  return title;
}

}  // namespace pebench::report
