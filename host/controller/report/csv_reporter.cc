#include <fmt/format.h>

#include <cmath>
#include <set>

#include "host/base/csv_cell.h"
#include "host/controller/report/reporter.h"

namespace pebench::report {
namespace {

std::string line(const std::vector<std::string>& fields) {
  std::string text;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) text += ',';
    base::add_csv_cell(text, fields[i]);
  }
  return text + "\r\n";
}

std::string plain(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// The shortest text that reads back as the same number; empty for one that is not finite.
std::string number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : ""; }

struct Columns {
  std::set<std::string> swept, metrics;
  bool origin = false;  ///< whether some trials were not run here
};

Columns columns_of(const std::vector<SuiteReport>& reports) {
  Columns columns;
  for (const SuiteReport& report : reports) {
    columns.origin = columns.origin || report.study.origin;
    for (const TrialTable& table : report.study.tables) {
      for (const auto& item : table.sweep.items()) columns.swept.insert(item.key());
      for (const EncodingTrials& trials : table.encodings)
        for (const auto& record : trials.records)
          if (record)
            for (const auto& [name, value] : record->result.metrics) columns.metrics.insert(name);
    }
  }
  return columns;
}

// What a trial tells of its run; numbers that were not run here have none of it.
const std::vector<std::string> run_columns = {"chosen_epoch",        "epochs",  "parameters",
                                              "encoding_parameters", "seconds", "seconds_per_epoch",
                                              "memory_peak_bytes",   "attempts"};

std::vector<std::string> run_fields(const contract::Record& record) {
  const contract::Result& result = record.result;
  return {result.chosen_epoch ? std::to_string(*result.chosen_epoch) : "",
          std::to_string(result.epochs.size()),
          std::to_string(result.parameters.total),
          std::to_string(result.parameters.encoding),
          number(record.run.seconds.total),
          number(record.run.seconds.per_epoch),
          std::to_string(record.run.memory_peak_bytes),
          std::to_string(record.run.attempts)};
}

std::string header(const Columns& columns) {
  std::vector<std::string> fields = {"suite", "dataset"};
  fields.insert(fields.end(), columns.swept.begin(), columns.swept.end());
  for (const char* name : {"encoding", "seed", "id"}) fields.emplace_back(name);
  if (columns.origin) fields.emplace_back("origin");
  for (const char* name : {"status", "reason"}) fields.emplace_back(name);
  fields.insert(fields.end(), run_columns.begin(), run_columns.end());
  fields.insert(fields.end(), columns.metrics.begin(), columns.metrics.end());
  return line(fields);
}

/// What is damaged of a trial; empty if nothing is.
std::string damage_of(const std::string& id, const Study& study) {
  for (const DamagedTrial& damaged : study.damaged)
    if (damaged.trial.id == id) return damaged.what;
  return {};
}

std::string row(const Columns& columns, const results::LockedTrial& trial, const SuiteReport& report,
                const contract::Record* record, const std::string& damage) {
  std::vector<std::string> fields = {report.overview.suite, trial.dataset};
  for (const std::string& setting : columns.swept)
    fields.push_back(trial.sweep.contains(setting) ? plain(trial.sweep.at(setting)) : "");
  fields.insert(fields.end(), {trial.encoding, std::to_string(trial.seed), trial.id});
  if (columns.origin) fields.emplace_back(report.study.origin ? "read, not run here" : "run");
  if (record == nullptr) {
    fields.insert(fields.end(), {damage.empty() ? "missing" : "damaged", damage});
    fields.resize(fields.size() + run_columns.size() + columns.metrics.size());
    return line(fields);
  }
  const contract::Result& result = record->result;
  fields.insert(fields.end(), {std::string(contract::name_of(result.status)), result.reason});
  const std::vector<std::string> run =
      report.study.origin ? std::vector<std::string>(run_columns.size()) : run_fields(*record);
  fields.insert(fields.end(), run.begin(), run.end());
  for (const std::string& metric : columns.metrics) {
    const auto found = result.metrics.find(metric);
    fields.push_back(found == result.metrics.end() ? "" : number(found->second));
  }
  return line(fields);
}

}  // namespace

Reporter csv_reporter() {
  return [](const std::vector<SuiteReport>& reports) {
    const Columns columns = columns_of(reports);
    std::string text = header(columns);
    for (const SuiteReport& report : reports) {
      const auto records = records_of(report.study);
      for (const results::LockedTrial& trial : report.study.lock.trials) {
        const auto found = records.find(trial.id);
        text += row(columns, trial, report, found == records.end() ? nullptr : found->second,
                    damage_of(trial.id, report.study));
      }
    }
    return text;
  };
}

}  // namespace pebench::report
