#include "host/controller/cli/known_worth.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/contract/folder.h"
#include "host/contract/whole_record.h"
#include "host/controller/report/worth.h"
#include "host/controller/results/suite_lock.h"

namespace pebench::cli {
namespace {

/// What trials have in common that measure the same thing: all of the identity but seeds and the plugin's
/// file.
std::string measured_by(nlohmann::json identity) {
  for (const char* key : {"seed", "base_seed"}) identity.erase(key);
  if (identity.contains("encoder")) identity["encoder"].erase("library");
  return identity.dump();
}

std::vector<contract::SuiteFolder> suites_in(const std::filesystem::path& results) {
  try {
    return contract::find_suites(results);
  } catch (const base::InputError&) {
    return {};  // nothing was run yet
  }
}

std::optional<contract::Record> record_in(const contract::SuiteFolder& suite, const std::string& id) {
  if (!base::exists(suite.record(id))) return std::nullopt;
  try {
    return contract::read_whole_record(suite, id);
  } catch (const base::InputError&) {  // damaged, or of another version
    return std::nullopt;
  }
}

/// The trials of a suite that was run, by its lock.
std::vector<results::LockedTrial> locked_trials(const contract::SuiteFolder& suite) {
  try {
    return results::read_lock(suite.lock()).trials;
  } catch (const base::InputError&) {
    return {};
  }
}

/// The tables of a plan, as yet without records, by what their trials measure.
std::map<std::string, report::TrialTable> empty_tables(const suite::Suite& suite,
                                                       const std::vector<contract::TrialSpec>& trials) {
  std::map<std::string, report::TrialTable> tables;
  for (const contract::TrialSpec& trial : trials)
    if (trial.encoding == suite.baseline)
      tables.try_emplace(measured_by(trial.identity()),
                         report::TrialTable{trial.dataset, trial.sweep, {}, {{trial.encoding, {}, 0}}, {}});
  return tables;
}

}  // namespace

std::optional<std::string> known_worth(const suite::Suite& suite,
                                       const std::vector<contract::TrialSpec>& trials,
                                       const std::filesystem::path& results) {
  auto tables = empty_tables(suite, trials);
  std::set<std::string> datasets, read;
  for (const auto& [measured, table] : tables) datasets.insert(table.dataset);
  for (const contract::SuiteFolder& folder : suites_in(results))
    for (const results::LockedTrial& trial : locked_trials(folder)) {
      if (trial.encoding != suite.baseline || datasets.count(trial.dataset) == 0) continue;
      auto record = record_in(folder, trial.id);
      if (!record || record->result.status != contract::Status::ok || !read.insert(trial.id).second) continue;
      const auto table = tables.find(measured_by(record->identity));
      if (table == tables.end()) continue;
      table->second.seeds.push_back(trial.seed);
      table->second.encodings.front().records.push_back(std::move(record));
    }

  report::Study study;
  study.lock.suite = suite.name;
  study.lock.baseline = suite.baseline;
  study.lock.primary = suite.statistics.primary;
  for (auto& [measured, table] : tables)
    if (!table.seeds.empty()) study.tables.push_back(std::move(table));
  const auto shortfall = report::shortfall_of_baseline(report::overview_of(study));
  if (!shortfall) return std::nullopt;
  return fmt::format("going by the records in {}, {}", results.string(), *shortfall);
}

}  // namespace pebench::cli
