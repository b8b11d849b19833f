#include "host/report/overview.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "host/base/error.h"
#include "host/stats/summary.h"

namespace pebench::report {
namespace {

using Samples = std::map<std::string, std::vector<double>>;

void collect(const record::Metrics& metrics, Samples& samples) {
  for (const auto& [key, value] : metrics)
    if (std::isfinite(value)) samples[key].push_back(value);
}

// The trials of one row, in the plan's order, each with its record if it has one.
struct Cell {
  std::string encoding;
  std::vector<std::optional<record::Record>> records;
};

EncodingRow summarised(const Cell& cell) {
  EncodingRow row;
  row.encoding = cell.encoding;
  Samples samples;
  std::vector<double> seconds;
  for (const auto& record : cell.records) {
    if (!record) {
      ++row.missing;
    } else if (record->result.status != record::Status::ok) {
      ++row.failed;
    } else {
      ++row.ok;
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
std::vector<ReferenceRow> references_of(const std::vector<Cell>& cells) {
  std::map<std::string, Samples> samples;
  std::set<nlohmann::json> seeds;
  for (const Cell& cell : cells)
    for (const auto& record : cell.records) {
      if (!record || record->result.status != record::Status::ok) continue;
      if (!seeds.insert(record->identity.value("seed", nlohmann::json())).second) continue;
      for (const auto& [name, metrics] : record->result.baselines) collect(metrics, samples[name]);
      collect(record->result.chance, samples["chance"]);
    }
  std::vector<ReferenceRow> rows;
  for (const char* name : {"popularity", "random", "chance"}) {
    auto found = samples.find(name);
    if (found == samples.end()) continue;
    ReferenceRow row{name, {}};
    for (const auto& [key, values] : found->second) row.metrics[key] = stats::mean(values);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<record::Record> record_of(const record::LockedTrial& trial, const record::SuiteFolder& folder) {
  std::filesystem::path path = folder.record(trial.id);
  if (!std::filesystem::exists(path)) return std::nullopt;
  record::Record record = record::read(path);
  if (record.id != trial.id)
    throw base::InputError(
        fmt::format("{} is the record of another trial, {}; delete it and run the suite again", path.string(),
                    record.id));
  return record;
}

}  // namespace

Overview read_overview(const record::SuiteFolder& folder) {
  record::SuiteLock lock = record::read_lock(folder.lock());
  Overview overview{lock.suite, lock.baseline, lock.primary, {}, {}};
  std::vector<std::vector<Cell>> cells;  // per group, per encoding
  for (const record::LockedTrial& trial : lock.trials) {
    auto group = std::find_if(overview.groups.begin(), overview.groups.end(), [&](const Group& other) {
      return other.dataset == trial.dataset && other.sweep == trial.sweep;
    });
    std::size_t index = static_cast<std::size_t>(group - overview.groups.begin());
    if (group == overview.groups.end()) {
      overview.groups.push_back({trial.dataset, trial.sweep, {}, {}});
      cells.emplace_back();
    }
    auto cell = std::find_if(cells[index].begin(), cells[index].end(),
                             [&](const Cell& other) { return other.encoding == trial.encoding; });
    if (cell == cells[index].end()) cell = cells[index].insert(cell, {trial.encoding, {}});
    cell->records.push_back(record_of(trial, folder));
    const auto& record = cell->records.back();
    if (record && record->result.status != record::Status::ok)
      overview.failures.push_back({trial, record->result.status, record->result.reason});
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (const Cell& cell : cells[i]) overview.groups[i].encodings.push_back(summarised(cell));
    overview.groups[i].references = references_of(cells[i]);
  }
  return overview;
}

std::string title_of(const std::string& dataset, const nlohmann::json& sweep) {
  std::string title = dataset;
  for (const auto& item : sweep.items()) title += fmt::format(", {} = {}", item.key(), item.value().dump());
  return title;
}

}  // namespace pebench::report
