#include <fmt/format.h>

#include <functional>

#include "host/controller/report/sections.h"
#include "host/controller/stats/summary.h"

namespace pebench::report {
namespace {

using contract::Record;

bool tells(const std::optional<Record>& record) {
  return record && record->result.status == contract::Status::ok && !record->result.epochs.empty() &&
         record->result.epochs.front().encoding_gradient;
}

double mean_over_epochs(const Record& record, const std::function<double(const contract::Epoch&)>& value) {
  double sum = 0;
  for (const contract::Epoch& epoch : record.result.epochs) sum += value(epoch);
  return sum / static_cast<double>(record.result.epochs.size());
}

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0.0; }

/// A column of the table: a number of a trial.
struct Measure {
  const char* title;
  const char* format;
  std::function<double(const Record&)> of;
};

const std::vector<Measure>& measures() {
  static const std::vector<Measure> all = {
      {"epochs", "{:.1f}", [](const Record& r) { return static_cast<double>(r.result.epochs.size()); }},
      {"last loss", "{:.4f}", [](const Record& r) { return r.result.epochs.back().loss; }},
      {"jumps/loss", "{:.4f}",
       [](const Record& r) {
         return mean_over_epochs(r, [](const contract::Epoch& e) { return ratio(e.oscillation, e.loss); });
       }},
      {"gradient", "{:.4g}",
       [](const Record& r) {
         return mean_over_epochs(r, [](const contract::Epoch& e) { return e.gradient_norm; });
       }},
      {"in the encoding", "{:.4f}",
       [](const Record& r) {
         return mean_over_epochs(r, [](const contract::Epoch& e) {
           return ratio(e.encoding_gradient.value_or(0), e.gradient_norm);
         });
       }},
  };
  return all;
}

Cell cell_of(const EncodingTrials& trials, const Measure& measure) {
  std::vector<double> values;
  for (const auto& record : trials.records)
    if (tells(record)) values.push_back(measure.of(*record));
  if (values.empty()) return {"n/a"};
  const auto number = [&](double value) { return fmt::format(fmt::runtime(measure.format), value); };
  return {number(stats::mean(values)),
          values.size() < 2 ? "" : " ± " + number(stats::standard_deviation(values))};
}

}  // namespace

Document training_section(const SuiteReport& report) {
  Document document;
  for (const TrialTable& table : report.study.tables) {
    TableBlock block;
    block.title = "how training went: " + title_of(table.dataset, table.sweep);
    block.columns = {{"encoding", true}};
    for (const Measure& measure : measures()) block.columns.push_back({measure.title});
    bool any = false;
    for (const EncodingTrials& trials : table.encodings) {
      Row row;
      row.cells = {{trials.encoding}};
      for (const Measure& measure : measures()) row.cells.push_back(cell_of(trials, measure));
      if (trials.encoding == report.study.lock.baseline) row.tone = Row::Tone::reference;
      for (const auto& record : trials.records) any = any || tells(record);
      block.rows.push_back(std::move(row));
    }
    if (any) document.push_back(std::move(block));
  }
  if (!document.empty())
    document.push_back(
        Paragraph{"Mean over a trial's epochs, then mean ± SD over seeds; jumps/loss: how much the loss "
                  "changes from one step to "
                  "the next, as a share of it; gradient: its norm; in the encoding: the norm of the gradient "
                  "of the encoding's own "
                  "parameters over that of all"});
  return document;
}

}  // namespace pebench::report
