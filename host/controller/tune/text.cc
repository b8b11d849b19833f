#include "host/controller/tune/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/contract/fields.h"
#include "host/controller/report/metric_names.h"
#include "host/controller/tune/curve.h"
#include "host/terminal/duration.h"

namespace pebench::tune {
namespace {

std::string number(double value) { return std::isnan(value) ? "failed" : fmt::format("{:.4f}", value); }

/// "1 epoch", "2 epochs"
std::string epochs_text(std::int64_t epochs) {
  return fmt::format("{} epoch{}", epochs, epochs == 1 ? "" : "s");
}

/// "train.lr = 0.003, options.base = 500"
std::string configuration_text(const Configuration& configuration, const std::string& encoding) {
  std::vector<std::string> parts;
  for (const suite::Chosen& one : configuration.settings)
    parts.push_back(fmt::format("{} = {}", one.setting, contract::dump(one.value)));
  if (const auto own = configuration.options.find(encoding); own != configuration.options.end())
    for (const suite::Option& one : own->second)
      parts.push_back(fmt::format("options.{} = {}", one.key, contract::dump(one.value)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

report::TableBlock rounds_table(const Subject& subject, const Search& search) {
  report::TableBlock table{
      fmt::format("{}: {} encodings on {}, by {}, each with the same budget of {} epochs; seeds {}",
                  subject.name, subject.encodings.size(), subject.dataset.name, subject.metric(),
                  epochs_of(search.rounds, subject.suite.tuning.seeds), fmt::join(subject.seeds, ", ")),
      {{"round"}, {"configurations"}, {"epochs each"}},
      {}};
  for (std::size_t r = 0; r < search.rounds.size(); ++r)
    table.rows.push_back({{std::to_string(r + 1), std::to_string(search.rounds[r].configurations),
                           std::to_string(search.rounds[r].epochs)}});
  return table;
}

report::TableBlock best_table(const Subject& subject, const Search& search) {
  report::TableBlock table{
      "Best validation after each round, and what it was reached with", {{"encoding", true}}, {}};
  for (const Round& round : search.rounds) table.columns.push_back({epochs_text(round.epochs)});
  for (const report::Column& column :
       std::vector<report::Column>{{"trained"}, {"time"}, {"failed"}, {"configuration"}, {"settings", true}})
    table.columns.push_back(column);
  for (std::size_t e = 0; e < subject.encodings.size(); ++e) {
    report::Row row;
    row.cells.push_back(subject.encodings[e].name);
    for (const double value : best_after_rounds(search, e)) row.cells.push_back(number(value));
    std::int64_t epochs = 0, failed = 0;
    double seconds = 0;
    for (const auto& round : search.tried[e])
      for (const Tried& one : round) {
        epochs += one.epochs;
        seconds += one.seconds;
        failed += std::isnan(one.value);
      }
    const Tried* best = search.best(e);
    for (const std::string& cell :
         {epochs_text(epochs), terminal::duration_text(seconds), std::to_string(failed),
          best == nullptr ? "none" : std::to_string(best->configuration + 1),
          best == nullptr
              ? "as written, since every configuration failed"
              : configuration_text(search.configurations[best->configuration], subject.encodings[e].name)})
      row.cells.push_back(cell);
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// 1, 2, 4, ... and all.
std::vector<std::size_t> shown_budgets(std::size_t configurations) {
  std::vector<std::size_t> shown;
  for (std::size_t n = 1; n < configurations; n *= 2) shown.push_back(n);
  shown.push_back(configurations);
  return shown;
}

using Curves = std::vector<std::vector<stats::ExpectedBest>>;

report::TableBlock curve_table(const Subject& subject, const Search& search, const Curves& curves) {
  report::TableBlock table{
      fmt::format("Best validation expected of n random configurations of {} and its spread (SD)",
                  epochs_text(search.rounds.front().epochs) + ","),
      {{"encoding", true}},
      {}};
  const auto budgets = shown_budgets(search.configurations.size());
  for (const std::size_t n : budgets) table.columns.push_back({fmt::format("n = {}", n)});
  for (std::size_t e = 0; e < curves.size(); ++e) {
    report::Row row;
    row.cells.push_back(subject.encodings[e].name);
    for (const std::size_t n : budgets)
      row.cells.push_back(
          {number(curves[e][n - 1].mean), fmt::format(" ± {:.4f}", curves[e][n - 1].deviation)});
    table.rows.push_back(std::move(row));
  }
  return table;
}

report::Figure curve_figure(const Subject& subject, const Search& search, const Curves& curves) {
  report::Figure figure{
      "The same, drawn: budget grows downwards",
      "small points: configurations; large point: the best expected of so many; line: its spread",
      {report::measure_name(subject.metric()), "best validation"},
      {}};
  for (std::size_t e = 0; e < curves.size(); ++e)
    for (const std::size_t n : shown_budgets(search.configurations.size())) {
      const stats::ExpectedBest& best = curves[e][n - 1];
      report::Series series{fmt::format("{}, n = {}", subject.encodings[e].name, n),
                            {},
                            best.mean,
                            stats::Interval{best.mean - best.deviation, best.mean + best.deviation}};
      if (n == 1)
        for (const Tried& one : search.tried[e].front())
          if (!std::isnan(one.value)) series.points.push_back(one.value);
      figure.series.push_back(std::move(series));
    }
  return figure;
}

void add_turns(const Subject& subject, const Curves& curves, report::Document& document) {
  std::vector<std::vector<double>> means(curves.size());
  for (std::size_t e = 0; e < curves.size(); ++e)
    for (const stats::ExpectedBest& best : curves[e]) means[e].push_back(best.mean);
  const std::size_t most = means.front().size();
  const auto found = turns(means);
  for (const Turn& turn : found) {
    const std::string &before = subject.encodings[turn.before].name,
                      &after = subject.encodings[turn.after].name;
    document.push_back(report::Paragraph{fmt::format(
        "The ranking turns with the budget: {} is ahead of {} up to n = {}, {} from n = {} on, by "
        "{:.4f} there and {:.4f} at n = {}, where the spreads are {:.4f} and {:.4f}.",
        before, after, turn.at, after, turn.at + 1, means[turn.after][turn.at] - means[turn.before][turn.at],
        means[turn.after].back() - means[turn.before].back(), most, curves[turn.after].back().deviation,
        curves[turn.before].back().deviation)});
  }
  if (found.empty() && curves.size() > 1)
    document.push_back(report::Paragraph{
        fmt::format("The ranking of the encodings is the same for every n from 1 to {}.", most)});
}

void add_turns_of_rounds(const Subject& subject, const Search& search, report::Document& document) {
  if (search.rounds.size() < 2 || subject.encodings.size() < 2) return;
  std::vector<std::vector<double>> best;
  for (std::size_t e = 0; e < subject.encodings.size(); ++e) best.push_back(best_after_rounds(search, e));
  const auto found = turns(best);
  for (const Turn& turn : found)
    document.push_back(report::Paragraph{
        fmt::format("The ranking of the best turns between rounds: {} is ahead of {} before the round of {} "
                    "epochs, behind it "
                    "from there on, by {:.4f}.",
                    subject.encodings[turn.before].name, subject.encodings[turn.after].name,
                    search.rounds[turn.at].epochs, best[turn.after][turn.at] - best[turn.before][turn.at])});
  if (found.empty())
    document.push_back(report::Paragraph{"The ranking of the best is the same after every round."});
}

}  // namespace

report::Document compose(const Subject& subject, const Search& search) {
  Curves curves;
  for (std::size_t e = 0; e < subject.encodings.size(); ++e) curves.push_back(expected_curve(search, e));
  report::Document document = {rounds_table(subject, search), best_table(subject, search),
                               curve_table(subject, search, curves), curve_figure(subject, search, curves)};
  add_turns(subject, curves, document);
  add_turns_of_rounds(subject, search, document);
  return document;
}

}  // namespace pebench::tune
